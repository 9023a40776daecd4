internal import Model

/// One series of a metric: what has been counted, set or observed under its labels.
struct MetricSeries {
  private enum State {
    case value(Double)
    case histogram(bounds: [Double], counts: [Double], sum: Double)
    case sketch(quantiles: [Double], QuantileSketch)
  }

  private let labels: MetricRegistry.Labels
  private var state: State

  init(_ definition: MetricDefinition, labels: MetricRegistry.Labels) {
    self.labels = labels
    switch definition.kind {
    case .counter, .gauge: state = .value(0)
    case .histogram(let buckets):
      let bounds = buckets.filter(\.isFinite).sorted()
      state = .histogram(
        bounds: bounds, counts: Array(repeating: 0, count: bounds.count + 1), sum: 0)
    case .summary(let quantiles): state = .sketch(quantiles: quantiles, QuantileSketch())
    }
  }

  mutating func add(_ amount: Double) {
    if case .value(let old) = state { state = .value(old + amount) }
  }

  mutating func set(_ value: Double) {
    if case .value = state { state = .value(value) }
  }

  mutating func observe(_ value: Double) {
    switch state {
    case .value: return
    case .histogram(let bounds, var counts, let sum):
      guard value.isFinite else { return }
      let at = bounds.firstIndex { value <= $0 } ?? bounds.count
      counts[at] += 1
      state = .histogram(bounds: bounds, counts: counts, sum: sum + value)
    case .sketch(let quantiles, var sketch):
      sketch.observe(value)
      state = .sketch(quantiles: quantiles, sketch)
    }
  }

  var points: [MetricFamily.Point] {
    switch state {
    case .value(let value): return [MetricFamily.Point(labels: labels, value: value)]
    case .histogram(let bounds, let counts, let sum):
      var points: [MetricFamily.Point] = []
      var total = 0.0
      for (at, count) in counts.enumerated() {
        total += count
        let bound = at < bounds.count ? Exposition.number(bounds[at]) : "+Inf"
        points.append(
          MetricFamily.Point(labels: labels + [("le", bound)], value: total, suffix: "_bucket"))
      }
      points.append(MetricFamily.Point(labels: labels, value: sum, suffix: "_sum"))
      points.append(MetricFamily.Point(labels: labels, value: total, suffix: "_count"))
      return points
    case .sketch(let quantiles, let sketch):
      return MetricFamily.points(of: sketch, quantiles: quantiles, labels: labels)
    }
  }
}
