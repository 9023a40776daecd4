internal import Flow
internal import Model

/// The ledger (law 2) and the frame counts as counters.
enum LedgerMetrics {
  static func families(_ ledger: Ledger, _ frames: FrameCounts) -> [MetricFamily] {
    [
      .run("frames_read_total", "Frames read: lines, or what else a framing divides.", ledger.read),
      .run("frames_expanded_total", "Entries beyond the first of their frame.", ledger.expanded),
      .run("frames_blank_total", "Frames without content.", ledger.blank),
      .run(
        "frames_continuations_total", "Frames joined to the entry before them.",
        ledger.continuations),
      .run("frames_unparsed_total", "Frames that could not be decoded.", ledger.unparsed),
      .run("frames_cut_total", "Frames cut at the line limit.", frames.cut),
      .run("entries_total", "Entries that the frames gave.", ledger.entries),
      .run("entries_analysed_total", "Entries that were analysed.", ledger.analysed),
      .run("entries_filtered_total", "Entries that were not asked for.", ledger.filtered),
      .run("entries_late_total", "Entries of minutes that were closed.", ledger.late),
      .run(
        "entries_dropped_total", "Entries dropped, by reason.", .counter,
        DropReason.allCases.map { ("reason", $0.rawValue, Double(ledger.dropped[$0] ?? 0)) }),
      .run(
        "entries_withheld_total", "Entries with a field that journalctl withheld.",
        frames.withheld),
      .run(
        "entries_repaired_total", "Entries with bytes that are not UTF-8.", frames.repaired),
      .run(
        "entries_damaged_total", "Entries with a field that could not be read.", frames.damaged),
    ]
  }
}

extension MetricFamily {
  fileprivate static func run(_ name: String, _ help: String, _ count: Int) -> MetricFamily {
    run(name, help, .counter, count)
  }
}

/// The analysed entries by what they are: each of these families sums to them.
enum TotalsMetrics {
  static func families(_ totals: Totals) -> [MetricFamily] {
    [
      .run(
        "entries_by_severity_total", "Analysed entries by severity.", .counter,
        Severity.allCases.map {
          ("severity", $0.name, Double(totals.severities[Int($0.rawValue)]))
        }),
      .run(
        "entries_by_category_total", "Analysed entries by category.", .counter,
        Category.allCases.map {
          ("category", $0.name, Double(totals.categories[Int($0.rawValue)]))
        }),
      .run(
        "entries_by_format_total", "Analysed entries by the format they were read from.", .counter,
        SourceFormat.allCases.map {
          ("format", $0.name, Double(totals.formats[Int($0.rawValue)]))
        }),
      .run(
        "entries_matched_total", "Analysed entries that a pattern matched.", .counter,
        totals.matched),
      .run(
        "entries_without_time_total", "Analysed entries without a time.", .counter,
        totals.withoutTime),
    ]
  }
}
