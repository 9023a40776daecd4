internal import Bytes

/// How long a series has been silent, and the rarest silence that it broke by itself, fading by half a week.
struct SeriesSilence: Sendable {
  /// A restart may take a minute or two.
  static let least = 3
  var minutes = 0
  var expected: Float = 0
  var score: Float = 0
  var record: Float = 0
  var isTold = false
}

extension SeriesSilence: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&minutes, in: 0...KeptRange.minutes)
    bytes.carry(&expected, in: 0...KeptRange.sum)
    bytes.carry(&score, in: 0...KeptRange.sum)
    bytes.carry(&record, in: 0...KeptRange.sum)
    bytes.carry(&isTold)
  }
}
