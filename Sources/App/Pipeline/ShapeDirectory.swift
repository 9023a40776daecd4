internal import Bytes
internal import Flow
internal import Grouping
internal import Model

/// What the workers' mask slots mean: the run's shape, or a shape's text that no entry has used yet.
///
/// A shape enters the miner when the first entry of the stream uses it, so that the set of shapes does
/// not depend on what was decoded twice or by whom.
struct ShapeDirectory: ~Copyable {
  private struct Masks: WorkerTable {
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

  private var tables = WorkerTables<Masks>()
  /// The masks of the batch at hand, apart from the others: else each look-up counts references.
  private var current = Masks()

  /// Notes the masks that a batch's worker met for the first time.
  mutating func announce(_ batch: Batch) {
    let table = tables.table(ofWorker: batch.worker, restarts: batch.restartsMasks)
    batch.maskTable = table
    let arenas = batch.arenas
    for mask in batch.newMasks {
      let slot = Int(mask.slot)
      tables[table].grow(to: slot)
      let shape = arenas.bytes(mask.shape)
      var text: [UInt8] = []
      text.reserveCapacity(shape.count)
      if mask.isNamed { text.append(TemplateMiner.namedMark) }
      for index in 0..<shape.count { text.append(shape[index]) }
      // A shard's shapes come with the mark or the message in them already.
      let isNamed = text.first == TemplateMiner.namedMark
      if mask.kind == .exception, !isNamed, !text.contains(0x0a) {
        let message = arenas.bytes(mask.message)
        text.append(0x0a)
        for index in 0..<message.count { text.append(message[index]) }
      }
      tables[table].texts[slot] = text
      tables[table].kinds[slot] = mask.kind
    }
  }

  /// No more entries of an announced batch will come.
  mutating func release(_ batch: Batch) { tables.release(batch.maskTable) }

  /// Brings a batch's masks to hand; to be called before slots of it are resolved, and `putBack` after.
  mutating func bring(_ batch: Batch) { swap(&current, &tables[batch.maskTable]) }

  mutating func putBack(_ batch: Batch) { swap(&current, &tables[batch.maskTable]) }

  /// The shape of a slot in the batch at hand.
  @inline(__always)
  mutating func resolve(_ slot: UInt32, _ registry: inout GroupRegistry) -> ShapeNumber {
    let known = current.shapes[Int(slot)]
    return known != 0 ? ShapeNumber(index: Int(known) - 1) : insert(Int(slot), &registry)
  }

  @inline(never)
  private mutating func insert(_ slot: Int, _ registry: inout GroupRegistry) -> ShapeNumber {
    let text = current.texts[slot]
    let shape = registry.insert(text.span, kind: current.kinds[slot])
    current.shapes[slot] = UInt32(shape.index + 1)
    current.texts[slot] = []
    return shape
  }
}
