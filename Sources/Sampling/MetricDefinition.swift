internal import Model

/// A metric as it is declared: its name in base units, its help, its kind, its buckets.
package struct MetricDefinition: Sendable {
  package enum Kind: Sendable {
    /// Only ever rises; its name ends in `_total`.
    case counter
    case gauge
    /// Counts at or below each of these bounds, which rise; `+Inf` is added.
    case histogram(buckets: [Double])
    /// Quantiles from a sketch.
    case summary(quantiles: [Double])
  }

  package var name: String
  package var help: String
  package var kind: Kind

  package init(_ name: String, _ help: String, _ kind: Kind) {
    self.name = name
    self.help = help
    self.kind = kind
  }

  /// Seconds from 1 ms to 10 s, as Prometheus clients have them by default, and 1 ms.
  package static let latencyBuckets = [
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  var familyKind: MetricFamily.Kind {
    switch kind {
    case .counter: .counter
    case .gauge: .gauge
    case .histogram: .histogram
    case .summary: .summary
    }
  }
}
