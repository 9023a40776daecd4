internal import Alerting
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Output
internal import Packs
internal import Trading
internal import Triage

/// Makes the run's metrics out of its books, at a safe point of the merge.
///
/// Counters only rise from one snapshot to the next; what each means stands in docs/metrics.md.
final class RunMetrics {
  /// Nanoseconds from the stamp of the entry that came last to its arrival; nil where input is not live.
  var lag: Int64?
  private let tally: EventTally
  private let meter: RunMeter
  private let patterns: [String]
  private var services = ServiceMetrics()

  /// - Parameter patterns: ids of the loaded patterns.
  init(tally: EventTally, meter: RunMeter, patterns: [String]) {
    self.tally = tally
    self.meter = meter
    self.patterns = patterns
  }

  func families(of analysis: Analysis) -> [MetricFamily] {
    let run = analysis.casebook
    var families = [
      MetricFamily.run(
        "build_info", "The version that runs.", .gauge, [("version", App.version, 1)])
    ]
    families += LedgerMetrics.families(run.run.ledger, run.run.frames)
    families += input(run.run.totals)
    families += TotalsMetrics.families(run.run.totals)
    families += services.families(run.run.totals.services) { run.name(of: $0) }
    families += grouping(run)
    families += clock(analysis)
    families += analysis.watch.metrics
    families += tally.families
    families += told(analysis)
    families += run.run.orders.families()
    return families
  }

  private func input(_ totals: Totals) -> [MetricFamily] {
    let gaveUp = totals.surrenders.sorted { $0.key < $1.key }.map { number, count in
      (patterns.indices.contains(Int(number) - 1) ? patterns[Int(number) - 1] : "", count)
    }
    return [
      .run("input_bytes_total", "Bytes read, after decompression.", .counter, meter.bytesRead),
      .run("input_batches_total", "Batches that were filled.", .counter, meter.batchesRead),
      .run(
        "pattern_gave_up_total", "Matches that gave up at the match limit, by pattern.", .counter,
        gaveUp.map { ("pattern", $0.0, Double($0.1)) }),
    ]
  }

  private func grouping(_ casebook: RunCasebook) -> [MetricFamily] {
    [
      .run(
        "groups", "Groups of entries that say the same.", .gauge,
        casebook.run.registry.miner.templateCount),
      .run("shapes", "Masked texts, told apart.", .gauge, casebook.run.registry.shapeCount),
      .run(
        "names", "Services, hosts and programs met.", .gauge, max(casebook.run.names.count - 2, 0)),
      .run(
        "values_sampled_total", "Entries whose values were looked at.", .counter,
        casebook.run.shifts.values.sampled),
      .run(
        "values_misfit_total", "Of these, entries whose message did not fit its group's template.",
        .counter, casebook.run.shifts.values.misfits),
    ]
  }

  private func clock(_ analysis: Analysis) -> [MetricFamily] {
    var families: [MetricFamily] = [
      .run(
        "windows_complete_total", "One-minute windows that were closed and had entries.", .counter,
        analysis.watch.completeMinutes),
      .run(
        "windows_closed_by_clock_total",
        "One-minute windows that the clock closed in a quiet live stream.",
        .counter, analysis.minutesClosedByClock),
      .run(
        "suspect_stamps_total", "Stamps far ahead of all others that were not believed.", .counter,
        analysis.clock.suspectStamps),
    ]
    if analysis.clock.watermark.isKnown {
      families.append(
        .run(
          "watermark_timestamp_seconds", "Latest event time, since 1970.", .gauge,
          [("", "", Double(analysis.clock.watermark.nanoseconds) / 1e9)]))
    }
    if let lag {
      families.append(
        .run(
          "arrival_lag_seconds", "From the last entry's stamp to its arrival; live input only.",
          .gauge, [("", "", Double(lag) / 1e9)]))
    }
    return families
  }

  private func told(_ analysis: Analysis) -> [MetricFamily] {
    let firing = Dictionary(
      grouping: analysis.alerts.firing, by: { $0.labels["alertname"] ?? "" }
    ).sorted { $0.key < $1.key }
    let shifts = analysis.casebook.run.shifts
    return [
      .run(
        "findings_withheld_total",
        "Gone and rare groups that were found and not told: too many, or too common here.",
        .counter,
        [
          ("type", "gone_group", Double(shifts.gone.withheld)),
          ("type", "rare_group", Double(shifts.rare.withheld)),
        ]),
      .run(
        "insights_open", "Insights that are open.", .gauge, analysis.insights.openInsights.count),
      .run(
        "incidents_open", "Incidents that are open.", .gauge,
        analysis.incidents.openIncidents.count),
      .run(
        "alerts_firing", "Alerts that are firing.", .gauge,
        firing.map { ("alertname", $0.key, Double($0.value.count)) }),
      .run(
        "limit_reached_total", "What found no room in a bounded store, by store.", .counter,
        SummaryMaker.limits(analysis).map { ("limit", $0.name, Double($0.count)) }),
    ]
  }
}

extension MetricFamily {
  /// A family with taffrail's prefix and points of one label, or none where its name is empty.
  static func run(
    _ name: String, _ help: String, _ kind: Kind,
    _ points: [(label: String, value: String, count: Double)]
  ) -> MetricFamily {
    MetricFamily(
      name: "taffrail_\(name)", help: help, kind: kind,
      points: points.map {
        Point(labels: $0.label.isEmpty ? [] : [($0.label, $0.value)], value: $0.count)
      })
  }

  static func run(_ name: String, _ help: String, _ kind: Kind, _ count: Int) -> MetricFamily {
    run(name, help, kind, [("", "", Double(count))])
  }
}
