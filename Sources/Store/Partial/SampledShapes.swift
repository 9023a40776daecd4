internal import Bytes
internal import Model

/// Which entries' values a merge may look at: all that `SampleRule` chooses by what a shape counted in this shard in any of the last
/// three closed minutes, of which the merge takes one with a count that is at least as large.
struct SampledShapes {
  private struct Shape {
    /// Of its last minute.
    var ordinal: Int32 = .min
    /// Zero bits by its counts in that minute and the two before it.
    var last: UInt8 = 0
    var second: UInt8 = 0
    var third: UInt8 = 0
    var seed: UInt32 = 0
    var isSeeded = false
  }

  private var shapes: [Shape] = []
  private var ordinal: Int32 = 0

  mutating func choose(_ entry: Entry, _ seed: (Int) -> UInt32) -> Bool {
    if entry.isEcho { return false }
    let at = Int(entry.mask)
    grow(to: at)
    if !shapes[at].isSeeded {
      shapes[at].seed = seed(at)
      shapes[at].isSeeded = true
    }
    let shape = shapes[at]
    let bits = shape.ordinal == ordinal ? min(shape.last, shape.second, shape.third) : 0
    return SampleRule.chooses(
      entry.time, length: Int(entry.message.count), seed: shape.seed, bits: bits)
  }

  mutating func close(_ tally: [(shape: ShapeNumber, entries: Int)]) {
    ordinal += 1
    for (shape, entries) in tally {
      let at = shape.index
      grow(to: at)
      let isNext = shapes[at].ordinal == ordinal - 1
      shapes[at].third = isNext ? shapes[at].second : 0
      shapes[at].second = isNext ? shapes[at].last : 0
      shapes[at].last = SampleRule.bits(for: entries)
      shapes[at].ordinal = ordinal
    }
  }

  private mutating func grow(to at: Int) {
    guard at >= shapes.count else { return }
    shapes.append(contentsOf: repeatElement(Shape(), count: max(256, at + 1 - shapes.count)))
  }
}
