internal import Output
internal import Packs

/// `taffrail patterns check`: which patterns take each other's samples, and which can't be reached.
enum PatternsCheck {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let library = try PatternsCommand.library(arguments.all("patterns") + arguments.operands)
    let report = OverlapReport(library)
    let isText = PatternsCommand.wantsText(arguments)
    Diagnostics.out(
      isText
        ? text(report, library, isVerbose: arguments.has("verbose")) : json(report, library))
    return report.unreachable.isEmpty ? .success : .failure
  }

  private static func text(
    _ report: OverlapReport, _ library: PackLibrary, isVerbose: Bool
  ) -> String {
    var text = ""
    for index in report.unreachable {
      let pattern = library.patterns[index]
      let takers = Set(report.overlaps.filter { $0.pattern == index && $0.isShadow }.map(\.other))
      text +=
        "NEVER   \(pattern.id)  \(pattern.file):\(pattern.line): every sample is taken first by "
      text += takers.sorted().map { library.patterns[$0].id }.joined(separator: ", ") + "\n"
    }
    for overlap in report.overlaps where overlap.isShadow || isVerbose {
      let pattern = library.patterns[overlap.pattern]
      let other = library.patterns[overlap.other]
      text += overlap.isShadow ? "shadow  " : "also    "
      text += "\(pattern.file):\(overlap.line): a sample of \(pattern.id) is "
      text += overlap.isShadow ? "taken first by " : "matched as well by "
      text += "\(other.id) (\(other.file):\(other.line))\n"
      text += "        \(overlap.text.quotedForMessage)\n"
    }
    for pair in report.misplaced {
      text += "order   put \(library.patterns[pair.specific].id) before "
      text += "\(library.patterns[pair.general].id), which takes its samples and not the reverse\n"
    }
    for order in report.orders {
      text += "        \(order.pack): \(order.ids.joined(separator: ", "))\n"
    }
    let shadows = report.overlaps.count { $0.isShadow }
    text +=
      "\(library.patterns.count) patterns, \(shadows) samples taken by another pattern first, "
    text += "\(report.overlaps.count - shadows) matched as well by a later one, "
    return text + "\(report.unreachable.count) patterns never reached\n"
  }

  private static func json(_ report: OverlapReport, _ library: PackLibrary) -> String {
    var text = ""
    for overlap in report.overlaps {
      let pattern = library.patterns[overlap.pattern]
      let other = library.patterns[overlap.other]
      var line = JSONLine(kind: overlap.isShadow ? "shadow" : "overlap")
      line.pair("pattern", pattern.id)
      line.pair("file", pattern.file)
      line.pair("line", overlap.line)
      line.pair("by", other.id)
      line.pair("by_file", other.file)
      line.pair("by_line", other.line)
      line.pair("sample", overlap.text)
      text += line.text()
    }
    for pair in report.misplaced {
      var line = JSONLine(kind: "order")
      line.pair("pattern", library.patterns[pair.specific].id)
      line.pair("before", library.patterns[pair.general].id)
      text += line.text()
    }
    for index in report.unreachable {
      var line = JSONLine(kind: "unreachable")
      line.pair("pattern", library.patterns[index].id)
      line.pair("file", library.patterns[index].file)
      line.pair("line", library.patterns[index].line)
      text += line.text()
    }
    var line = JSONLine(kind: "summary")
    line.pair("patterns", library.patterns.count)
    line.pair("shadowed_samples", report.overlaps.count { $0.isShadow })
    line.pair("overlapping_samples", report.overlaps.count { !$0.isShadow })
    line.pair("unreachable", report.unreachable.count)
    return text + line.text()
  }
}
