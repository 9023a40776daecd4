internal import Bytes
internal import Flow
package import Model

/// Gives each new masked text of a batch its shape: what the dear masking rules make of it.
///
/// An exception's text is its shape already, and the message under it gets one. Where the side arena is full the masked text stands in for
/// the shape, counted in `unkept`.
package struct Shaper: ~Copyable, BatchStage {
  private var maker = ShapeMaker()
  package private(set) var unkept = 0

  package init() {}

  package mutating func process(_ batch: Batch) { process(batch, from: 0) }

  /// Gives shapes to the batch's new masked texts from the one at `first` on.
  package mutating func process(_ batch: Batch, from first: Int) {
    let arenas = batch.arenas
    for index in first..<max(first, batch.newMasks.count) where !batch.newMasks[index].isNamed {
      let isException = batch.newMasks[index].kind == .exception
      let text = isException ? batch.newMasks[index].message : batch.newMasks[index].text
      maker.make(arenas.bytes(text))
      guard let range = arenas.keep(maker.shape.span) else {
        unkept += 1
        continue
      }
      if isException {
        batch.newMasks[index].message = range
      } else {
        batch.newMasks[index].shape = range
      }
    }
  }
}
