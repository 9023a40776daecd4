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
