/// How large an effect has to be to matter, whatever its probability.
///
/// Complaints (errors, warnings): 1.4 times the usual and 3 entries. What is told by its kind at a lower level (slow statements,
/// refused logins): twice and 5. A volume: three times and 10; its traffic has steps, and its slower rises say nothing of a fault,
/// so sums over 15 and 60 minutes are not asked of it.
enum EffectFloor: Sendable {
  case complaint, watched, volume

  func isReached(_ sum: Int, _ usual: Float) -> Bool {
    let count = Float(sum)
    switch self {
    case .complaint: return count >= 1.4 * usual + 3
    case .watched: return count >= 2 * usual + 3
    case .volume: return count >= 3 * usual && count >= 10
    }
  }

  /// Whether sums over 15 and 60 minutes are judged.
  var reachesBack: Bool { self != .volume }
}
