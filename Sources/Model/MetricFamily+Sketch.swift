extension MetricFamily {
  /// A summary's points: a `quantile` each, `_sum` and `_count`.
  package static func points(
    of sketch: QuantileSketch, quantiles: [Double] = [0.5, 0.9, 0.99],
    labels: [(name: String, value: String)] = []
  ) -> [Point] {
    var points = quantiles.map { quantile in
      Point(
        labels: labels + [("quantile", "\(quantile)")],
        value: sketch.quantile(quantile) ?? .nan)
    }
    points.append(Point(labels: labels, value: sketch.sum, suffix: "_sum"))
    points.append(Point(labels: labels, value: Double(sketch.count), suffix: "_count"))
    return points
  }
}
