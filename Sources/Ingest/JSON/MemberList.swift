internal import Bytes
internal import Model

/// A key and a scalar (or an array as it stands) of an object that is being decoded.
struct Member: BitwiseCopyable {
  enum Kind: UInt8 { case text, number, yes, no, null, array, object }

  /// The key, dotted where it was nested; escapes resolved in the side arena where it had any.
  var key: ByteRange
  /// Text between the quotes with its escapes, the token, or the array with its brackets.
  var value: ByteRange
  var kind: Kind
  var known: UInt8
  /// An entry's own attribute was made of it, so that it is no field any more.
  var isTaken: Bool

  var fieldKind: FieldKind {
    switch kind {
    case .text, .object: .text
    case .number: .number
    case .yes, .no: .bool
    case .null: .null
    case .array: .array
    }
  }
}

/// The members of one object, nested ones flattened, with an index by known key; reused for each.
///
/// - Limits: 1,024 members; the later ones are left out and counted (`missed`).
struct MemberList: ~Copyable {
  private static let capacity = 1024
  private var store: FixedBuffer<Member>
  private var places: FixedBuffer<UInt32>
  private var seen: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private(set) var count = 0
  private(set) var missed = 0
  /// How many values were `null`.
  private(set) var nulls = 0
  /// Whether texts may hold escapes.
  var mayHoldEscapes = false
  /// Whether members that no stage asks for are noted as well.
  let keepsAll: Bool

  init(keepsAll: Bool) {
    self.keepsAll = keepsAll
    let none = Member(
      key: .empty, value: .empty, kind: .null, known: 0, isTaken: false)
    store = FixedBuffer(repeating: none, count: Self.capacity + 1)
    places = FixedBuffer(repeating: 0, count: 256)
  }

  @inline(__always)
  mutating func removeAll() {
    seen = (0, 0, 0, 0)
    count = 0
    missed = 0
    nulls = 0
    mayHoldEscapes = false
  }

  /// Notes a member; of several with one known key the first is found by it.
  @inline(__always)
  mutating func append(_ member: Member) {
    let known = member.known
    if member.kind == .null { nulls &+= 1 }
    guard keepsAll || known != 0 else { return }
    guard count < Self.capacity else {
      missed &+= 1
      return
    }
    store[count] = member
    if !has(rawKey: known) {
      places[Int(known)] = UInt32(truncatingIfNeeded: count)
      mark(known)
    }
    count &+= 1
  }

  @inline(__always)
  private mutating func mark(_ known: UInt8) {
    let bit: UInt64 = 1 << UInt64(known & 63)
    switch known >> 6 {
    case 0: seen.0 |= bit
    case 1: seen.1 |= bit
    case 2: seen.2 |= bit
    default: seen.3 |= bit
    }
  }

  @inline(__always)
  private func has(rawKey known: UInt8) -> Bool {
    let bit: UInt64 = 1 << UInt64(known & 63)
    return switch known >> 6 {
    case 0: seen.0 & bit != 0
    case 1: seen.1 & bit != 0
    case 2: seen.2 & bit != 0
    default: seen.3 & bit != 0
    }
  }

  @inline(__always)
  func has(_ key: KnownKey) -> Bool { has(rawKey: key.rawValue) }

  /// The place of the member with this key, or nil.
  @inline(__always)
  func place(_ key: KnownKey) -> Int? {
    has(key) ? Int(places[Int(key.rawValue)]) : nil
  }

  /// The place of the first key of the role that the object has, at or after a key.
  @inline(__always)
  func place(_ role: KnownKey.Role) -> Int? { place(from: role.first.rawValue, to: role.last) }

  func place(from first: UInt8, to last: KnownKey) -> Int? {
    var known = first
    while known <= last.rawValue {
      if has(rawKey: known) { return Int(places[Int(known)]) }
      known &+= 1
    }
    return nil
  }

  @inline(__always)
  subscript(place: Int) -> Member {
    get { store[place] }
    set { store[place] = newValue }
  }

  @inline(__always)
  func member(_ key: KnownKey) -> Member? {
    guard let place = place(key) else { return nil }
    return store[place]
  }

  /// Whether it has one of these keys.
  @inline(__always)
  func has(anyOf keys: KeySet) -> Bool {
    seen.0 & keys.words.0 | seen.1 & keys.words.1 | seen.2 & keys.words.2 | seen.3 & keys.words.3
      != 0
  }

  /// Marks the member as used up by the entry.
  @inline(__always)
  mutating func take(_ place: Int) { store[place].isTaken = true }
}

/// A set of known keys, to be asked for all at once.
struct KeySet {
  fileprivate(set) var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init(_ keys: [KnownKey]) {
    for key in keys {
      let bit: UInt64 = 1 << UInt64(key.rawValue & 63)
      switch key.rawValue >> 6 {
      case 0: words.0 |= bit
      case 1: words.1 |= bit
      case 2: words.2 |= bit
      default: words.3 |= bit
      }
    }
  }
}
