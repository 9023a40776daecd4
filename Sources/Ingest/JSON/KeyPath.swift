internal import Bytes

/// The dotted name of the member at hand, while nested objects are flattened.
///
/// - Limits: 16 levels below the outermost object, 1,024 bytes.
struct KeyPath: ~Copyable {
  /// Bytes before the name, which the look-up of short keys reads over.
  private static let margin = 8
  private static let limit = 1024
  private static let levels = 16

  /// The name, behind the margin; taken out once by those who make many names.
  let name = Arena(capacity: margin + limit * 8)
  /// Where the name of the object at each level ends.
  private var ends = FixedBuffer<Int>(repeating: margin, count: 256)
  private var root = 0

  init() {
    for _ in 0..<Self.margin { name.append(0) }
  }

  /// Starts over for the members of an object that stands at `depth`.
  mutating func begin(at depth: Int) {
    root = depth
    ends[depth & 255] = Self.margin
  }

  /// Whether members of a member at `depth` get names of their own.
  func mayDescend(_ depth: Int) -> Bool { depth - root < Self.levels }

  /// Whether members at `depth` have no dot in their names.
  func isOutermost(_ depth: Int) -> Bool { depth == root + 1 }

  /// Makes the name of a member at `depth`; false where it is too long.
  mutating func enter(_ key: Span<UInt8>, depth: Int, isEscaped: Bool, in name: Arena) -> Bool {
    name.truncate(to: ends[(depth - 1) & 255])
    if !isOutermost(depth) { name.append(0x2e) }
    let isWritten = isEscaped ? name.appendUnescaped(key) != nil : name.append(key) != nil
    guard isWritten, name.count <= Self.margin + Self.limit else { return false }
    ends[depth & 255] = name.count
    return true
  }

  /// Copies the name to the side arena; nil where that is full.
  static func keep(_ name: Arena, _ arenas: ArenaPair) -> ByteRange? {
    arenas.keep(name.bytes(margin, count: name.count))
  }

  /// The known key of this name, 0 for none.
  static func find(_ name: Arena, _ keys: borrowing KeyTable) -> UInt8 {
    keys.find(name.padded, from: margin, to: name.count)
  }
}
