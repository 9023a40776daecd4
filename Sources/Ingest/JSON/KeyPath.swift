internal import Bytes

/// The dotted name of the member at hand, while nested objects are flattened.
///
/// - Limits: 16 levels below the outermost object, 1,024 bytes.
struct KeyPath: ~Copyable {
  private static let margin = 8
  private static let limit = 1024
  private static let levels = 16

  private var store = FixedBuffer<UInt8>(repeating: 0, count: margin + limit + 40)
  /// Where the name of the object at each level ends.
  private var ends = FixedBuffer<Int>(repeating: margin, count: 256)
  private let scratch = Arena(capacity: 4096)
  private var root = 0
  private var end = margin
  /// Whether the name is other bytes than the key as it stands.
  private(set) var isRewritten = false

  /// Starts over for the members of an object that stands at `depth`.
  mutating func begin(at depth: Int) {
    root = depth
    ends[depth & 255] = Self.margin
    end = Self.margin
  }

  /// Whether members of a member at `depth` get names of their own.
  func mayDescend(_ depth: Int) -> Bool { depth - root < Self.levels }

  /// Makes the name of a member at `depth`; false where it is too long.
  mutating func enter(_ key: Span<UInt8>, depth: Int, isEscaped: Bool) -> Bool {
    var at = ends[(depth - 1) & 255]
    isRewritten = isEscaped || depth > root + 1
    if depth > root + 1 {
      guard at < Self.margin + Self.limit else { return false }
      store[at] = 0x2e
      at += 1
    }
    guard at + key.count <= Self.margin + Self.limit else { return false }
    if isEscaped {
      let scratch = scratch
      scratch.truncate(to: 0)
      guard scratch.appendUnescaped(key) != nil else { return false }
      at = write(scratch.span, at: at)
    } else {
      at = write(key, at: at)
    }
    ends[depth & 255] = at
    end = at
    return true
  }

  private mutating func write(_ bytes: Span<UInt8>, at start: Int) -> Int {
    for index in 0..<bytes.count { store[start + index] = bytes[index] }
    return start + bytes.count
  }

  /// The name.
  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { store.span.extracting(Self.margin..<end) }
  }

  /// The known key of this name, 0 for none.
  func find(_ keys: borrowing KeyTable) -> UInt8 {
    keys.find(store.span, from: Self.margin, to: end)
  }
}
