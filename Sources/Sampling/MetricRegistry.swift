package import Model
internal import Synchronization

/// The run's metrics: counters, gauges, histograms and summaries by name and labels, for any thread.
///
/// - Limits: `seriesLimit` series in all and `familyLimit` in each family; an update of a series beyond
///   them is dropped and counted (`taffrail_metric_updates_dropped_total`).
package final class MetricRegistry: Sendable {
  /// 10,000 series take about 3 MB; more than a scrape of one process should have.
  package static let defaultSeriesLimit = 10_000

  package typealias Labels = [(name: String, value: String)]

  private struct State {
    var families: [String: Family] = [:]
    var seriesCount = 0
    var dropped = 0.0
  }

  private struct Family {
    var definition: MetricDefinition
    /// By the labels, written out.
    var series: [String: MetricSeries] = [:]
  }

  private let seriesLimit: Int
  private let familyLimit: Int
  private let state = Mutex(State())

  package init(seriesLimit: Int = MetricRegistry.defaultSeriesLimit, familyLimit: Int = 1000) {
    self.seriesLimit = seriesLimit
    self.familyLimit = familyLimit
  }

  /// Adds to a counter or a gauge.
  package func add(_ amount: Double = 1, to definition: MetricDefinition, _ labels: Labels = []) {
    update(definition, labels) { $0.add(amount) }
  }

  /// Sets a gauge, or a counter that is counted elsewhere.
  package func set(_ definition: MetricDefinition, to value: Double, _ labels: Labels = []) {
    update(definition, labels) { $0.set(value) }
  }

  /// Notes a measure in a histogram or a summary.
  package func observe(
    _ value: Double, in definition: MetricDefinition, _ labels: Labels = []
  ) {
    update(definition, labels) { $0.observe(value) }
  }

  /// All families with at least one series, by name; series in order of their labels.
  package func collect() -> [MetricFamily] {
    state.withLock { state in
      var families: [MetricFamily] = []
      for (name, family) in state.families.sorted(by: { $0.key < $1.key }) {
        let points = family.series.sorted { $0.key < $1.key }.flatMap { $0.value.points }
        families.append(
          MetricFamily(
            name: name, help: family.definition.help, kind: family.definition.familyKind,
            points: points))
      }
      if state.dropped > 0 {
        families.append(
          MetricFamily(
            name: "taffrail_metric_updates_dropped_total",
            help: "Updates of metric series beyond the cardinality budget.", kind: .counter,
            points: [MetricFamily.Point(value: state.dropped)]))
      }
      return families
    }
  }

  private func update(
    _ definition: MetricDefinition, _ labels: Labels, _ change: (inout MetricSeries) -> Void
  ) {
    let key = labels.map { "\($0.name)\u{1}\($0.value)" }.joined(separator: "\u{2}")
    state.withLock { state in
      var family =
        state.families.removeValue(forKey: definition.name)
        ?? Family(definition: definition)
      defer { state.families[definition.name] = family }
      if family.series[key] == nil {
        guard state.seriesCount < seriesLimit, family.series.count < familyLimit else {
          state.dropped += 1
          return
        }
        state.seriesCount += 1
        family.series[key] = MetricSeries(definition, labels: labels)
      }
      if var series = family.series.removeValue(forKey: key) {
        change(&series)
        family.series[key] = series
      }
    }
  }
}
