internal import Bytes
package import Model

/// How far apart a series' rows are: the median of the last 63 steps that go forward.
///
/// Gaps, duplicate stamps and time that runs backwards don't move it as long as most steps are regular.
package struct RowPace: Sendable {
  /// An odd number, so that the median is one of them; longer would follow a new pace later.
  static let span = 63

  private var ring: [Int64] = []
  private var sorted: [Int64] = []
  private var next = 0
  private var last: Timestamp?

  package init() {}

  /// Nanoseconds; nil before the second row.
  package var step: Int64? { sorted.isEmpty ? nil : sorted[sorted.count / 2] }

  package mutating func learn(_ time: Timestamp) {
    defer { last = time }
    guard let last, time > last else { return }
    let (step, overflow) = time.nanoseconds.subtractingReportingOverflow(last.nanoseconds)
    guard !overflow else { return }
    if ring.count < Self.span {
      ring.append(step)
    } else {
      let gone = ring[next]
      if gone == step {
        next = (next + 1) % Self.span
        return
      }
      ring[next] = step
      next = (next + 1) % Self.span
      sorted.remove(at: place(of: gone))
    }
    sorted.insert(step, at: place(of: step))
  }

  /// Index of the first that is not below `step`.
  private func place(of step: Int64) -> Int { sorted.lowerBound { $0 < step } }
}
