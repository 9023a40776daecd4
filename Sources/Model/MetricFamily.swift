/// A named metric with its points, as exposition formats want it.
package struct MetricFamily: Sendable {
  package enum Kind: String, Sendable { case counter, gauge, histogram, summary, untyped }

  package struct Point: Sendable {
    /// In the order in which they are written.
    package var labels: [(name: String, value: String)]
    package var value: Double
    /// Appended to the family's name: `_bucket`, `_sum`, `_count`, or nothing.
    package var suffix: String

    package init(labels: [(name: String, value: String)] = [], value: Double, suffix: String = "") {
      self.labels = labels
      self.value = value
      self.suffix = suffix
    }
  }

  package var name: String
  package var help: String
  package var kind: Kind
  package var points: [Point]

  package init(name: String, help: String, kind: Kind, points: [Point]) {
    self.name = name
    self.help = help
    self.kind = kind
    self.points = points
  }
}
