internal import Output
internal import Packs

/// `taffrail patterns coverage`: which share of the entries a pattern matches, and what none does.
enum PatternsCoverage {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let run = try CoverageRun(arguments)
    let gaps = run.census.gaps(limit: try CoverageRun.limit(arguments))
    Diagnostics.out(PatternsCommand.wantsText(arguments) ? text(run, gaps) : json(run, gaps))
    return run.status
  }

  private struct Row {
    var name: String
    var entries: Int
    var matched: Int
  }

  /// Programs by what they leave unmatched, most first.
  private static func programs(_ run: CoverageRun) -> [Row] {
    run.census.programs.map {
      Row(
        name: run.casebook.name(of: $0.key), entries: $0.value.entries, matched: $0.value.matched)
    }.sorted {
      let left = $0.entries - $0.matched
      let right = $1.entries - $1.matched
      return left != right ? left > right : $0.name < $1.name
    }
  }

  private static func packs(_ run: CoverageRun) -> [Row] {
    var counts: [String: Int] = [:]
    for (index, pattern) in run.library.patterns.enumerated() {
      counts[pattern.pack, default: 0] += run.census.matched[index + 1]
    }
    return counts.filter { $0.value > 0 }.map {
      Row(name: $0.key, entries: run.entries, matched: $0.value)
    }.sorted { $0.matched != $1.matched ? $0.matched > $1.matched : $0.name < $1.name }
  }

  private static func text(_ run: CoverageRun, _ gaps: [CoverageCensus.Gap]) -> String {
    var text = "\(percent(run.matched, run.entries)) of \(run.entries) entries match a pattern\n"
    text += "\nBy pack\n"
    for row in packs(run) {
      text += "  \(percent(row.matched, run.entries))  \(count(row.matched))  \(row.name)\n"
    }
    text += "\nBy program, those with the most unmatched entries first\n"
    for row in programs(run).prefix(40) {
      text += "  \(percent(row.matched, row.entries))  \(count(row.entries))  "
      text += (row.name.isEmpty ? "(none)" : TerminalText.escaped(row.name)) + "\n"
    }
    if !gaps.isEmpty { text += "\nMost frequent templates without a pattern\n" }
    for gap in gaps {
      text += "  \(count(gap.count))  \(TerminalText.firstLine(run.shown(gap.template)))\n"
      if let example = gap.messages.first {
        let programs = gap.programs.sorted().prefix(3).joined(separator: ", ")
        text += "            \(TerminalText.escaped(programs))  "
        text += "\(TerminalText.firstLine(run.shown(example)))\n"
      }
    }
    return text
  }

  private static func json(_ run: CoverageRun, _ gaps: [CoverageCensus.Gap]) -> String {
    var summary = JSONLine(kind: "coverage")
    summary.pair("entries", run.entries)
    summary.pair("matched", run.matched)
    summary.pair("share", CoverageRun.share(run.matched, of: run.entries))
    var text = summary.text()
    for row in packs(run) {
      var line = JSONLine(kind: "pack")
      line.pair("pack", row.name)
      line.pair("matched", row.matched)
      line.pair("share", CoverageRun.share(row.matched, of: run.entries))
      text += line.text()
    }
    for row in programs(run) {
      var line = JSONLine(kind: "program")
      line.pair("program", row.name)
      line.pair("entries", row.entries)
      line.pair("matched", row.matched)
      line.pair("share", CoverageRun.share(row.matched, of: row.entries))
      text += line.text()
    }
    for gap in gaps {
      var line = JSONLine(kind: "template")
      line.pair("template", run.shown(gap.template))
      line.pair("count", gap.count)
      line.pair("share", CoverageRun.share(gap.count, of: run.entries))
      line.pair("programs", gap.programs.sorted())
      line.pair("example", gap.messages.first.map(run.shown))
      text += line.text()
    }
    return text
  }

  private static func percent(_ part: Int, _ whole: Int) -> String {
    TerminalText.right(TextNumber.percent(CoverageRun.share(part, of: whole)), to: 6)
  }

  private static func count(_ number: Int) -> String {
    TerminalText.right(TextNumber.grouped(number), to: 10)
  }
}
