internal import Bytes
package import Grouping
internal import Masking
package import Model

/// Groups messages as a run does, without what surrounds it.
package struct TrialMiner {
  package let miner: TemplateMiner
  /// The shape of each message, in order.
  package let shapes: [ShapeNumber]

  package init(_ messages: [[UInt8]]) {
    let bytes = messages.reduce(0) { $0 + $1.count }
    let batch = Batch(inputCapacity: bytes + 64, sideCapacity: bytes * 16 + (1 << 20))
    for message in messages {
      var entry = Entry()
      if let offset = batch.arenas.input.append(message.span) {
        entry.message = ByteRange(offset, count: message.count)
      }
      batch.entries.append(entry)
    }
    var masker = Masker()
    masker.process(batch)
    var shaper = Shaper()
    shaper.process(batch)
    var miner = TemplateMiner()
    var slots: [UInt32: ShapeNumber] = [:]
    let arenas = batch.arenas
    for mask in batch.newMasks {
      slots[mask.slot] = miner.insert(arenas.bytes(mask.shape), kind: mask.kind)
    }
    miner.settle(full: true)
    self.miner = miner
    shapes = batch.entries.map { slots[$0.mask] ?? TemplateMiner.overflow }
  }

  package func template(_ message: Int) -> GroupIndex { miner.template(of: shapes[message]) }
}
