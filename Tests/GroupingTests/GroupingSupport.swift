import Bytes
import Grouping
import Model

/// A batch with these masked texts as new masks.
func batch(masks: [String]) -> Batch {
  let batch = Batch(inputCapacity: 1024, sideCapacity: 16 << 20)
  for (index, mask) in masks.enumerated() {
    guard let offset = batch.arenas.side.append(mask) else { break }
    let range = ByteRange(offset, count: mask.utf8.count, inSide: true)
    batch.newMasks.append(NewMask(slot: UInt32(index + 1), kind: .message, text: range))
  }
  return batch
}

/// The shape of a masked text.
func shape(_ mask: String) -> String {
  let batch = batch(masks: [mask])
  var shaper = Shaper()
  shaper.process(batch)
  return batch.arenas.text(batch.newMasks[0].shape)
}

/// A settled miner and the shapes' numbers.
func settled(_ shapes: [String], full: Bool = true) -> (TemplateMiner, [ShapeNumber]) {
  var miner = TemplateMiner()
  let numbers = shapes.map { miner.insert(Array($0.utf8).span, kind: .message) }
  miner.settle(full: full)
  return (miner, numbers)
}

/// The template of each shape, in order.
func templates(_ shapes: [String]) -> [String] {
  let (miner, numbers) = settled(shapes)
  return numbers.map { miner.text(of: miner.template(of: $0)) }
}

/// A generator of which a test can say the seed (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
