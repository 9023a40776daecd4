internal import Detection
internal import Model

/// Which rows an explanation is wanted of: every anomaly, or the first row at or after a moment.
final class RowFilter {
  enum Wish {
    case all, anomalies
    case at(Timestamp)
  }

  private let wish: Wish
  private var isFound = false

  init(_ wish: Wish) { self.wish = wish }

  func wants(_ judged: JudgedRow) -> Bool {
    switch wish {
    case .all: return true
    case .anomalies: return judged.verdict.isAnomaly
    case .at(let time):
      guard !isFound, judged.row.time >= time else { return false }
      isFound = true
      return true
    }
  }

  /// A row was asked for, and none came.
  var lacksRow: Bool {
    if case .at = wish { return !isFound }
    return false
  }
}
