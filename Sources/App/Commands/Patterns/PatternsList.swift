internal import Output
internal import Packs

/// `taffrail patterns list`: every pattern, in the order in which they are tried.
enum PatternsList {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let library = try PatternsCommand.library(arguments.all("patterns") + arguments.operands)
    let listings = library.listings()
    var text = ""
    guard PatternsCommand.wantsText(arguments, otherwise: true) else {
      for listing in listings {
        var line = JSONLine(kind: "pattern")
        line.pair("pattern", listing.pattern.id)
        line.pair("pack", listing.pattern.pack)
        line.pair("file", listing.pattern.file)
        line.pair("line", listing.pattern.line)
        line.pair("fields", listing.fields)
        line.pair("words", listing.pattern.requiredWords)
        text += line.text()
      }
      Diagnostics.out(text)
      return .success
    }
    let byPack = Dictionary(grouping: listings, by: \.pattern.pack)
    for pack in library.packs {
      text += "\(pack.name)  \(pack.description)  (\(pack.patterns.count) patterns, \(pack.file))\n"
      for listing in byPack[pack.name] ?? [] {
        let fields = listing.fields.isEmpty ? "" : "  \(listing.fields.joined(separator: " "))"
        let words = listing.pattern.requiredWords
        let needs =
          words.isEmpty ? "  (tried on every entry)" : "  needs \(words.joined(separator: ", "))"
        text += "  \(listing.pattern.id)\(fields)\(arguments.has("verbose") ? needs : "")\n"
      }
    }
    Diagnostics.out(text)
    return .success
  }
}
