import Bytes
import Model
import Sampling
import Testing

@Suite("The metric registry and its exposition")
struct MetricRegistryTests {
  private let entries = MetricDefinition("taffrail_entries_total", "Entries \\ read.", .counter)
  private let lag = MetricDefinition("taffrail_lag_seconds", "Lag.", .gauge)
  private let wait = MetricDefinition(
    "taffrail_wait_seconds", "Wait.", .histogram(buckets: [0.1, 1]))
  private let size = MetricDefinition("taffrail_size_bytes", "Size.", .summary(quantiles: [0.5]))

  private func text(_ families: [MetricFamily]) -> String {
    var out = ByteBuffer()
    Exposition.write(families, to: &out)
    return out.text()
  }

  @Test("a page in Prometheus's text format")
  func page() {
    let registry = MetricRegistry()
    registry.add(2, to: entries, [("format", "json"), ("unit", "a\"b\\c\nd")])
    registry.add(to: entries, [("format", "csv"), ("unit", "")])
    registry.add(3, to: entries, [("format", "csv"), ("unit", "")])
    registry.set(lag, to: 1.5)
    registry.set(lag, to: -.infinity, [("x", "1")])
    for value in [0.05, 0.1, 0.5, 20] { registry.observe(value, in: wait) }
    registry.observe(.nan, in: wait)
    registry.observe(64, in: size)
    let expected = #"""
      # HELP taffrail_entries_total Entries \\ read.
      # TYPE taffrail_entries_total counter
      taffrail_entries_total{format="csv",unit=""} 4
      taffrail_entries_total{format="json",unit="a\"b\\c\nd"} 2
      # HELP taffrail_lag_seconds Lag.
      # TYPE taffrail_lag_seconds gauge
      taffrail_lag_seconds 1.5
      taffrail_lag_seconds{x="1"} -Inf
      # HELP taffrail_size_bytes Size.
      # TYPE taffrail_size_bytes summary
      taffrail_size_bytes{quantile="0.5"} 64
      taffrail_size_bytes_sum 64
      taffrail_size_bytes_count 1
      # HELP taffrail_wait_seconds Wait.
      # TYPE taffrail_wait_seconds histogram
      taffrail_wait_seconds_bucket{le="0.1"} 2
      taffrail_wait_seconds_bucket{le="1"} 3
      taffrail_wait_seconds_bucket{le="+Inf"} 4
      taffrail_wait_seconds_sum 20.65
      taffrail_wait_seconds_count 4

      """#
    #expect(text(registry.collect()) == expected)
  }

  @Test("a budget bounds the series, and what is dropped is counted")
  func budget() {
    let registry = MetricRegistry(seriesLimit: 5, familyLimit: 3)
    for number in 0..<10 { registry.add(to: entries, [("n", "\(number)")]) }
    for number in 0..<10 { registry.set(lag, to: 1, [("n", "\(number)")]) }
    registry.add(to: entries, [("n", "0")])
    let families = registry.collect()
    #expect(
      families.map(\.name) == [
        "taffrail_entries_total", "taffrail_lag_seconds", "taffrail_metric_updates_dropped_total",
      ])
    #expect(families.map(\.points.count) == [3, 2, 1])
    #expect(families[0].points[0].value == 2)
    #expect(families[2].points[0].value == 15)
  }

  @Test("names are made valid, equal series and families are written once")
  func names() {
    let point = MetricFamily.Point(labels: [("a-b", "x"), ("1:c", "y")], value: .nan)
    let family = MetricFamily(name: "9 höhe", help: "a\nb", kind: .gauge, points: [point, point])
    let other = MetricFamily(
      name: "9 höhe", help: "", kind: .gauge, points: [MetricFamily.Point(value: 1)])
    let empty = MetricFamily(name: "none", help: "", kind: .gauge, points: [])
    #expect(
      text([family, empty, other])
        == "# HELP _9_h_he a\\nb\n# TYPE _9_h_he gauge\n"
        + "_9_h_he{a_b=\"x\",_1_c=\"y\"} NaN\n_9_h_he 1\n")
  }
}
