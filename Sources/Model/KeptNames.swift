package import Bytes

/// Numbers of the run as they are kept, and back: the places of names and of shapes among those that are written.
package struct KeptNames {
  /// Places are not beyond it.
  package static let limit = 1_000_000

  /// Of names; that of `Symbol.none` is a place as well.
  package var place: (Symbol) -> Int?
  package var symbol: (Int) -> Symbol?
  /// Of shapes, by their numbers.
  package var placeOfShape: (Int) -> Int?
  package var shape: (Int) -> Int?

  package init(
    place: @escaping (Symbol) -> Int? = { _ in nil },
    symbol: @escaping (Int) -> Symbol? = { _ in nil },
    placeOfShape: @escaping (Int) -> Int? = { _ in nil },
    shape: @escaping (Int) -> Int? = { _ in nil }
  ) {
    self.place = place
    self.symbol = symbol
    self.placeOfShape = placeOfShape
    self.shape = shape
  }
}

/// What a value that is kept over restarts does where it rests on names or shapes, whose numbers are another run's.
package protocol KeptByName {
  init()
  /// Of the bytes' layout; another one is read as damaged.
  static var keptVersion: UInt8 { get }
  mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames)
}

extension KeptByName {
  package func kept(_ names: KeptNames) -> [UInt8] {
    var copy = self
    return Sealed.write(version: Self.keptVersion) { copy.carry(&$0, names) }
  }

  /// One that goes on; nil where the bytes are damaged.
  package init?(kept: [UInt8], _ names: KeptNames) {
    self.init()
    var copy = self
    guard Sealed.read(kept, version: Self.keptVersion, { copy.carry(&$0, names) }) else {
      return nil
    }
    self = copy
  }
}
