internal import Bytes

/// What blocks of the last hour taught of a series' scatter and tail, before it is believed.
///
/// A rise that grows would teach its own series that such scores are usual, and hide itself. So lessons wait for an hour, and
/// an alarm in that hour drops them.
/// - Layout: a ring of 12 blocks in place, 270 bytes.
struct PendingLessons: Sendable {
  struct Lesson: Sendable {
    var minutes = CountScatter.Span()
    var block = CountScatter.Span()
    /// The largest raw score of the block.
    var score: Float = 0
  }

  private var ring: InlineArray<12, Lesson> = .init(repeating: Lesson())
  private var at = 0
  /// That of the block at hand.
  var current = Lesson()

  init() {}

  /// Ends a block; hands out the lesson that is an hour old now.
  mutating func close() -> Lesson {
    let due = ring[at]
    ring[at] = current
    at = at + 1 == 12 ? 0 : at + 1
    current = Lesson()
    return due
  }

  mutating func drop() {
    for place in 0..<12 { ring[place] = Lesson() }
    current = Lesson()
  }
}

extension PendingLessons: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    for place in 0..<12 { ring[place].carry(&bytes) }
    bytes.carry(&at, in: 0...11)
    current.carry(&bytes)
  }
}

extension PendingLessons.Lesson: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    minutes.carry(&bytes)
    block.carry(&bytes)
    bytes.carry(&score, in: 0...KeptRange.score)
  }
}
