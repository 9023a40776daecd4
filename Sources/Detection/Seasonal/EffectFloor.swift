internal import Bytes
internal import Model

/// How large an effect has to be to matter, whatever its probability.
///
/// Complaints (errors, warnings): 1.4 times the usual and 3 entries. What is told by its kind at a lower level: slow statements at
/// twice the usual and 3 entries, what has to do with access at three times. A volume: three times and 10; its traffic has steps, and its slower rises say nothing
/// of a fault, so sums over 15 and 60 minutes are not asked of it.
enum EffectFloor: UInt8, Sendable {
  case complaint, slow, access, volume

  init(of group: MinuteFacts.GroupCounts) {
    if group.severity >= .warning {
      self = .complaint
    } else {
      switch group.category {
      case .performance: self = .slow
      case .security: self = .access
      default: self = .volume
      }
    }
  }

  func isReached(_ sum: Int, _ usual: Float) -> Bool {
    let count = Float(sum)
    switch self {
    case .complaint: return count >= 1.4 * usual + 3
    case .slow: return count >= 2 * usual + 3
    case .access: return count >= 3 * usual + 3
    case .volume: return count >= 3 * usual && count >= 10
    }
  }

  /// Whether sums over 15 and 60 minutes are judged.
  var reachesBack: Bool { self != .volume }
}

extension EffectFloor: Kept {
  init() { self = .volume }

  mutating func carry(_ bytes: inout KeptBytes) {
    var code = rawValue
    bytes.carry(&code, in: 0...EffectFloor.volume.rawValue)
    self = EffectFloor(rawValue: code) ?? self
  }
}
