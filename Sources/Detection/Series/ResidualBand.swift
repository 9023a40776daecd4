/// Between which bounds the deviations from the expected value have stayed in 99 of 100 rows.
///
/// The 0.5 % and 99.5 % quantiles of all residuals so far, to 6 % of themselves; 0 where fewer than that lie on
/// one side.
struct ResidualBand: Sendable {
  /// Share of the rows that lies beyond each bound.
  static let share = 0.005

  private var above = LogHistogram()
  private var below = LogHistogram()

  var count: Int { above.count + below.count }

  mutating func learn(_ residual: Double) {
    if residual >= 0 { above.add(residual) } else { below.add(-residual) }
  }

  var bounds: (lower: Double, upper: Double) {
    let rank = Int(Self.share * Double(count))
    return (-below.edge(exceededBy: rank).value, above.edge(exceededBy: rank).value)
  }
}
