package import Bytes
package import Flow
internal import Model

/// The JSON line that ends a run (CONTRACT sections 1 and 7).
package enum SummaryJSON {
  package static func write(_ summary: RunSummary, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("kind", "summary")
    out.pair("decided_at", summary.decidedAt)
    if summary.start.isKnown {
      out.key("window")
      out.openObject()
      out.pair("start", summary.start)
      out.pair("end", summary.end)
      out.closeObject()
    }
    out.key("severities")
    out.openObject()
    for severity in Severity.allCases.reversed() where summary.severities[severity] ?? 0 > 0 {
      out.key(severity.name)
      out.write(decimal: Int64(summary.severities[severity] ?? 0))
    }
    out.closeObject()
    out.key("categories")
    out.openObject()
    let categories = Category.allCases.sorted { $0.name < $1.name }
    for category in categories where summary.categories[category] ?? 0 > 0 {
      out.key(category.name)
      out.write(decimal: Int64(summary.categories[category] ?? 0))
    }
    out.closeObject()
    out.array("groups", summary.groups) { out, line in
      GroupJSON.writeObject(line, to: &out)
    }
    out.array("services", summary.services) { out, line in
      out.openObject()
      out.pair("service", line.service)
      out.pair("entries", line.entries)
      out.pair("errors", line.errors)
      out.closeObject()
    }
    out.pair("incidents", summary.incidents)
    out.pair("insights", summary.insights)
    out.pair("alerts", summary.alerts)
    write(summary.evidence, to: &out)
    if let state = summary.state { write(state, to: &out) }
    out.pair("history", ifAny: summary.historyLacking)
    if !summary.hints.isEmpty { out.pair("hints", summary.hints) }
    if !summary.limits.isEmpty {
      out.key("limits")
      out.openObject()
      for limit in summary.limits {
        out.key(limit.name)
        out.write(decimal: Int64(limit.count))
      }
      out.closeObject()
    }
    out.pair("closed_by_clock", summary.closedByClock)
    out.key("ledger")
    write(summary.ledger, to: &out)
    out.closeObject()
    out.write(0x0a)
  }

  private static func write(_ evidence: RunSummary.Evidence, to out: inout ByteBuffer) {
    guard evidence.threshold != nil || evidence.budget != nil else { return }
    out.key("detection")
    out.openObject()
    out.pair("expected_false_per_day", ifAny: evidence.expectedPerDay)
    out.pair("threshold", ifAny: evidence.threshold)
    if let budget = evidence.budget {
      out.pair("budget", budget)
      out.pair("withheld", evidence.withheld)
    }
    out.closeObject()
  }

  private static func write(_ state: RunSummary.StateLine, to out: inout ByteBuffer) {
    out.key("state")
    out.openObject()
    out.pair("dir", state.folder)
    if state.since.isKnown {
      out.pair("since", state.since)
      out.pair("through", state.through)
    }
    out.pair("series", state.series)
    out.pair("profiles", state.profiles)
    out.pair("groups", state.groups)
    out.pair("damaged", state.damaged)
    out.pair("learned_minutes", state.learned)
    out.pair("repeated_minutes", state.repeated)
    out.closeObject()
  }

  package static func write(_ ledger: Ledger, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("read", ledger.read)
    out.pair("expanded", ledger.expanded)
    out.pair("entries", ledger.entries)
    out.pair("continuations", ledger.continuations)
    out.pair("unparsed", ledger.unparsed)
    out.pair("blank", ledger.blank)
    out.pair("analysed", ledger.analysed)
    out.pair("filtered", ledger.filtered)
    out.pair("late", ledger.late)
    out.key("dropped")
    out.openObject()
    for reason in DropReason.allCases where ledger.dropped[reason] ?? 0 > 0 {
      out.key(reason.rawValue)
      out.write(decimal: Int64(ledger.dropped[reason] ?? 0))
    }
    out.closeObject()
    out.key("balanced")
    out.write(ledger.isBalanced ? "true" as StaticString : "false")
    out.closeObject()
  }
}
