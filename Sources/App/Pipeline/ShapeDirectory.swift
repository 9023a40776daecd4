internal import Bytes
internal import Grouping
internal import Model

/// What the workers' mask slots mean: the run's shape, or a shape's text that no entry has used yet.
///
/// A shape enters the miner when the first entry of the stream uses it, so that the set of shapes does
/// not depend on what was decoded twice or by whom.
struct ShapeDirectory: ~Copyable {
  private struct Worker {
    /// Shape index + 1, or 0 where the text below has not been used.
    var shapes: [UInt32] = [0]
    var texts: [[UInt8]] = [[]]
    var kinds: [GroupKind] = [.message]

    mutating func grow(to slot: Int) {
      while shapes.count <= slot {
        shapes.append(0)
        texts.append([])
        kinds.append(.message)
      }
    }
  }

  private var workers: [Worker] = []

  /// Notes the masks that a batch's worker met for the first time.
  mutating func announce(_ batch: Batch) {
    while workers.count <= batch.worker { workers.append(Worker()) }
    if batch.restartsMasks { workers[batch.worker] = Worker() }
    let arenas = batch.arenas
    for mask in batch.newMasks {
      let slot = Int(mask.slot)
      workers[batch.worker].grow(to: slot)
      let shape = arenas.bytes(mask.shape)
      var text: [UInt8] = []
      text.reserveCapacity(shape.count)
      for index in 0..<shape.count { text.append(shape[index]) }
      workers[batch.worker].shapes[slot] = 0
      workers[batch.worker].texts[slot] = text
      workers[batch.worker].kinds[slot] = mask.kind
    }
  }

  /// The shape of a slot.
  mutating func resolve(
    _ slot: UInt32, worker: Int, _ registry: inout GroupRegistry
  ) -> ShapeNumber {
    let index = Int(slot)
    let known = workers[worker].shapes[index]
    if known != 0 { return ShapeNumber(index: Int(known) - 1) }
    let text = workers[worker].texts[index]
    let shape = registry.insert(text.span, kind: workers[worker].kinds[index])
    workers[worker].shapes[index] = UInt32(shape.index + 1)
    workers[worker].texts[index] = []
    return shape
  }
}
