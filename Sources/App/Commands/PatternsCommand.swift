internal import Model
internal import Packs

/// `taffrail patterns`: what the pattern packs hold, and whether their samples hold.
enum PatternsCommand {
  static let command = Command(
    name: "patterns", summary: "List the pattern packs, or test them by their samples",
    usage: "taffrail patterns list|test [FLAGS] [PACK…]",
    options: OptionTable.packs + [
      Option("config", "c", .value("FILE"), help: "Accepted for symmetry; - reads none"),
      Option("verbose", "v", help: "Also say what is good"),
      Option("help", "h", help: "Show this help"),
    ],
    examples: [
      ("taffrail patterns list", "every pattern, in the order in which they are tried"),
      ("taffrail patterns test my-pack.yaml", "run a pack's samples"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    guard let action = arguments.operands.first, action == "list" || action == "test" else {
      throw UsageError(
        "patterns: say list or test", hint: "taffrail patterns list, taffrail patterns test")
    }
    let own = arguments.all("patterns") + arguments.operands.dropFirst()
    let sources = try PackFolders.sources(own)
    var names = FieldNames()
    let library = try PackLibrary(sources, names: &names, verification: .none)
    return action == "list" ? list(library) : test(library, arguments)
  }

  private static func list(_ library: PackLibrary) -> ExitStatus {
    var text = ""
    for pack in library.packs {
      text += "\(pack.name)  \(pack.description)  (\(pack.patterns.count) patterns, \(pack.file))\n"
      for listing in library.listings() where listing.pattern.pack == pack.name {
        let fields = listing.fields.isEmpty ? "" : "  \(listing.fields.joined(separator: " "))"
        text += "  \(listing.pattern.id)\(fields)\n"
      }
    }
    Diagnostics.out(text)
    return .success
  }

  private static func test(_ library: PackLibrary, _ arguments: Arguments) -> ExitStatus {
    let reports = library.reports()
    var text = ""
    for report in reports {
      if report.isGood, arguments.has("verbose") {
        text += "good  \(report.id)  \(report.samples) samples\n"
      }
      for failure in report.failures {
        text += "FAIL  \(report.id)  \(report.file):\(failure.line): \(failure.problem)\n"
        text += "      sample    \(failure.text.quotedForMessage)\n"
        if let expected = failure.expected { text += "      expected  \(expected)\n" }
        if let got = failure.got { text += "      got       \(got)\n" }
      }
    }
    let bad = reports.count { !$0.isGood }
    let samples = reports.reduce(0) { $0 + $1.samples }
    text += "\(reports.count) patterns, \(samples) samples, \(bad) patterns with failures\n"
    Diagnostics.out(text)
    return bad == 0 ? .success : .failure
  }
}
