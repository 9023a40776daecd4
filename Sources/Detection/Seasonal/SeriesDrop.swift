internal import Bytes
internal import Model

/// A series that fell to a third of its usual: for how long, and what was counted and usual in its blocks.
struct SeriesDrop: Sendable {
  /// Minutes since it was found, that one counted; 0 where there is none.
  private var minutes = 0
  /// Entries, and those expected without the level, of its blocks behind the one in which it was found.
  private(set) var counted: Float = 0
  private(set) var base: Float = 0

  var isActive: Bool { minutes > 0 }

  mutating func begin() { minutes = 1 }

  mutating func end() { minutes = 0 }

  /// Books a minute: what is to be said of the drop.
  mutating func follow(isOver: Bool) -> Finding.Kind {
    minutes += 1
    if isOver {
      minutes = 0
      return .ends
    }
    return minutes > CountAlarm.longest ? .newLevel : .lasts
  }

  /// Books a block.
  mutating func add(_ count: Float, base more: Float) {
    (counted, base) = minutes > 1 ? (counted + count, base + more) : (0, 0)
  }
}

extension SeriesDrop: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&minutes, in: 0...CountAlarm.longest)
    bytes.carry(&counted, in: 0...KeptRange.sum)
    bytes.carry(&base, in: 0...KeptRange.sum)
  }
}
