internal import Bytes
internal import Flow
package import Model

/// Gives each new masked text of a batch its shape: what the dear masking rules make of it.
///
/// An exception's text is its shape already. Where the side arena is full the masked text stands in for
/// the shape, counted in `unkept`.
package struct Shaper: ~Copyable, BatchStage {
  private var maker = ShapeMaker()
  package private(set) var unkept = 0

  package init() {}

  package mutating func process(_ batch: Batch) {
    let arenas = batch.arenas
    for index in batch.newMasks.indices where batch.newMasks[index].kind == .message {
      maker.make(arenas.bytes(batch.newMasks[index].text))
      guard let range = arenas.keep(maker.shape.span) else {
        unkept += 1
        continue
      }
      batch.newMasks[index].shape = range
    }
  }
}
