internal import Bytes
internal import Model

/// The dear half of masking: rules over the pieces of a masked text, in a fixed order.
///
/// A pure function of the masked text: whichever message comes first, the shape is the same. The rules
/// stand one to a file: runs, constants, dates, hosts, components, units, lists, brackets, key and value, collapse, repeats.
/// - Limits: 160 pieces; what is behind them becomes `<*>`.
struct ShapeMaker {
  static let pieceLimit = 160

  private var pieces: [Piece] = []
  private(set) var shape: [UInt8] = []

  /// Leaves the shape's text in `shape`.
  mutating func make(_ text: Span<UInt8>) {
    shape.removeAll(keepingCapacity: true)
    PieceReader.read(text, into: &pieces)
    RunRule.apply(&pieces, text)
    ConstantRule.apply(&pieces, text)
    DateRule.apply(&pieces, text)
    HostRule.apply(&pieces, text)
    ComponentRule.apply(&pieces, text)
    UnitRule.apply(&pieces, text)
    ListRule.apply(&pieces, text)
    BracketRule.apply(&pieces, text)
    KeyValueRule.apply(&pieces, text)
    CollapseRule.apply(&pieces, text)
    RepeatRule.apply(&pieces, text)
    if pieces.count > Self.pieceLimit {
      pieces.removeLast(pieces.count - Self.pieceLimit)
      pieces.append(Piece(kind: .wildcard(.any), range: 0..<0, isSpaced: true))
    }
    PieceReader.write(pieces, of: text, to: &shape)
  }
}
