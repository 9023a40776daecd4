internal import Flow
internal import Model

/// The summary of a run as text: totals, the table of error groups, what is lacking, the ledger.
package struct SummaryText: Sendable {
  package let style: TextStyle

  package init(style: TextStyle) { self.style = style }

  package func text(_ summary: RunSummary) -> String {
    var lines = [style.paint("Summary", .bold)]
    lines += totals(summary)
    if !summary.groups.isEmpty {
      lines.append("")
      lines += GroupTable(style: style).lines(summary.groups)
    }
    let notes =
      [summary.historyLacking.map { ("history", $0) }].compactMap(\.self)
      + summary.hints.map { ("hint", $0) }
    if !notes.isEmpty || !summary.limits.isEmpty { lines.append("") }
    for (label, text) in notes { lines.append(row(label, text)) }
    if !summary.limits.isEmpty {
      let limits = summary.limits.map {
        "\($0.name.replacing("_", with: " ")) \(TextNumber.grouped($0.count))"
      }
      lines.append(row("limits", limits.joined(separator: ", ")))
    }
    lines.append("")
    lines += ledger(summary.ledger)
    return lines.joined(separator: "\n") + "\n"
  }

  private func totals(_ summary: RunSummary) -> [String] {
    var lines: [String] = []
    let errors = Severity.allCases.filter(\.isError).reduce(0) {
      $0 + (summary.severities[$1] ?? 0)
    }
    let warnings = summary.severities[.warning] ?? 0
    let total = summary.ledger.analysed
    lines.append(
      row(
        "entries",
        "\(TextNumber.grouped(total)), of them \(TextNumber.count(errors, "error"))"
          + " (\(TextNumber.percent(total > 0 ? Double(errors) / Double(total) : 0)))"
          + " and \(TextNumber.count(warnings, "warning"))"))
    if summary.start.isKnown {
      lines.append(row("time", TextTime.span(summary.start, summary.end, style.zone)))
    }
    lines.append(
      row(
        "found",
        [
          TextNumber.count(summary.incidents, "incident"),
          TextNumber.count(summary.insights, "insight"), TextNumber.count(summary.alerts, "alert"),
        ].joined(separator: ", ")))
    lines += evidence(summary.evidence)
    if let state = summary.state { lines.append(row("state", text(of: state))) }
    let troubled = summary.services.filter { $0.errors > 0 }.prefix(5).map {
      "\($0.service) \(TextNumber.grouped($0.errors)) of \(TextNumber.grouped($0.entries))"
    }
    if !troubled.isEmpty { lines.append(row("errors", troubled.joined(separator: ", "))) }
    if summary.closedByClock > 0 {
      lines.append(
        row("clock", "closed \(TextNumber.count(summary.closedByClock, "minute")) of quiet input"))
    }
    return lines
  }

  private func evidence(_ evidence: RunSummary.Evidence) -> [String] {
    var parts: [String] = []
    if let expected = evidence.expectedPerDay {
      parts.append("\(tenths(expected)) findings a day are to be expected by chance")
    }
    if let threshold = evidence.threshold {
      parts.append("a finding needs a score of \(tenths(threshold))")
    }
    var lines = parts.isEmpty ? [] : [row("chance", parts.joined(separator: "; "))]
    if let budget = evidence.budget {
      lines.append(
        row(
          "budget",
          "\(budget): "
            + (evidence.threshold.map { "score \(tenths($0)) at least, by the stream's past" }
              ?? "too little is known, nothing is withheld yet")
            + "; \(TextNumber.count(evidence.withheld, "insight")) withheld"))
    }
    return lines
  }

  private func text(of state: RunSummary.StateLine) -> String {
    guard state.since.isKnown else { return "new in \(state.folder): nothing was known before" }
    var parts = [
      "baselines of \(TextNumber.grouped(state.series)) series and "
        + "\(TextNumber.count(state.groups, "group")) since "
        + "\(TextTime.stamp(state.since, style.zone)) kept in \(state.folder)"
    ]
    if state.repeated > 0 {
      parts.append(
        "\(TextNumber.count(state.repeated, "minute")) had been learned before"
          + (state.learned == 0 ? ", nothing is new" : ""))
    }
    if state.damaged > 0 {
      parts.append("\(TextNumber.grouped(state.damaged)) damaged, which start anew")
    }
    return parts.joined(separator: "; ")
  }

  private func tenths(_ value: Double) -> String {
    let number = Int((min(max(value, 0), 1e6) * 100).rounded())
    return "\(number / 100).\(number % 100 < 10 ? "0" : "")\(number % 100)"
  }

  private func ledger(_ ledger: Ledger) -> [String] {
    let n = TextNumber.grouped
    var sources = "read \(n(ledger.read))"
    if ledger.expanded > 0 { sources += " + expanded \(n(ledger.expanded))" }
    var entries = "entries \(n(ledger.entries))"
    for (count, name) in [
      (ledger.continuations, "continuations"), (ledger.unparsed, "unparsed"),
      (ledger.blank, "blank"),
    ] where count > 0 {
      entries += " + \(name) \(n(count))"
    }
    var fates = "analysed \(n(ledger.analysed))"
    for (count, name) in [(ledger.filtered, "filtered"), (ledger.late, "late")] where count > 0 {
      fates += " + \(name) \(n(count))"
    }
    for reason in DropReason.allCases {
      if let count = ledger.dropped[reason], count > 0 {
        fates += " + dropped (\(reason.rawValue)) \(n(count))"
      }
    }
    var lines = [row("ledger", "\(sources) = \(entries)"), row("", "entries = \(fates)")]
    if !ledger.isBalanced {
      lines.append("  " + style.paint("the ledger does not balance", .boldRed))
    }
    return lines
  }

  private func row(_ label: String, _ text: String) -> String {
    let width = 9
    let shown = TerminalText.cut(
      TerminalText.escaped(text), to: style.columns.map { $0 - width - 2 })
    return "  " + style.paint(TerminalText.padded(label, to: width), .faint) + shown
  }
}
