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
/// Noting a member takes no branch that depends on its key. `places` holds, for each known key, the
/// number of the object that had it last and where.
/// - Limits: 1,024 members; the later ones are left out and counted (`missed`).
struct MemberList: ~Copyable {
  private static let capacity = 1024
  private static let placeBits: UInt32 = 12
  private var store: FixedBuffer<Member>
  private var places: FixedBuffer<UInt32>
  private let traits: FixedBuffer<UInt8>
  private var object: UInt32 = 1
  private(set) var count = 0
  private(set) var missed = 0
  /// How many values were `null`.
  private(set) var nulls = 0
  private var found: UInt8 = 0
  /// Whether texts may hold escapes.
  var mayHoldEscapes = false
  /// In the input, escapes stand at these offsets only.
  private var escapes = 0..<Int.max
  /// Whether members that no stage asks for are noted as well.
  let keepsAll: Bool

  init(keepsAll: Bool) {
    self.keepsAll = keepsAll
    let none = Member(key: .empty, value: .empty, kind: .null, known: 0, isTaken: false)
    store = FixedBuffer(repeating: none, count: Self.capacity + 1)
    places = FixedBuffer(repeating: 0, count: 256)
    traits = KeyTrait.table()
  }

  @inline(__always)
  mutating func removeAll() {
    object &+= 1
    if object >> (32 - Self.placeBits) != 0 {
      for known in 0..<256 { places[known] = 0 }
      object = 1
    }
    count = 0
    missed = 0
    nulls = 0
    found = 0
    mayHoldEscapes = false
    escapes = 0..<Int.max
  }

  /// Notes a member; of several with one known key the first is found by it.
  @inline(__always)
  mutating func append(_ member: Member) {
    let known = Int(member.known)
    store[count] = member
    let place = places[known]
    let isFirst = place >> Self.placeBits != object
    places[known] =
      isFirst ? object << Self.placeBits | UInt32(truncatingIfNeeded: count) : place
    found |= traits[known]
    let next = count &+ (keepsAll || known != 0 ? 1 : 0)
    missed &+= next > Self.capacity ? 1 : 0
    count = min(next, Self.capacity)
  }

  /// Notes where the escapes of the object stand in the input.
  mutating func noteEscapes(_ offsets: Range<Int>) {
    mayHoldEscapes = true
    escapes = offsets
  }

  /// Whether an escape may stand in the text; false is certain.
  @inline(__always)
  func mayHoldEscapes(in text: ByteRange) -> Bool {
    mayHoldEscapes
      && (text.isInSide
        || text.bounds.upperBound > escapes.lowerBound
          && text.offset < escapes.upperBound)
  }

  mutating func countNull() { nulls &+= 1 }

  @inline(__always)
  func has(_ key: KnownKey) -> Bool { places[Int(key.rawValue)] >> Self.placeBits == object }

  /// Whether it has a key of this raw value.
  @inline(__always)
  func has(_ known: UInt8) -> Bool { places[Int(known)] >> Self.placeBits == object }

  /// Whether it has a key of this trait.
  @inline(__always)
  func has(_ trait: KeyTrait) -> Bool { found & trait.rawValue != 0 }

  /// The place of the member with this key, or nil.
  @inline(__always)
  func place(_ key: KnownKey) -> Int? { place(from: key.rawValue, to: key) }

  /// The place of the first key that the object has from `first` to `last`, or nil.
  @inline(__always)
  func place(from first: UInt8, to last: KnownKey) -> Int? {
    var known = first
    while known <= last.rawValue {
      let place = places[Int(known)]
      let at = Int(place & (1 << Self.placeBits - 1))
      if place >> Self.placeBits == object { return at < count ? at : nil }
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

  /// Marks the member as used up by the entry.
  @inline(__always)
  mutating func take(_ place: Int) { store[place].isTaken = true }
}

/// What the decoder asks of an object before it looks for single keys.
struct KeyTrait {
  let rawValue: UInt8

  /// A key whose field stages use.
  static var wanted: KeyTrait { KeyTrait(rawValue: 1) }
  /// A key that holds a trace id.
  static var trace: KeyTrait { KeyTrait(rawValue: 2) }

  private static let traces: [KnownKey] = [
    .traceID, .traceIDFlat, .googleTrace, .contextTrace, .traceWord, .traceParent,
  ]

  /// The traits of each known key.
  static func table() -> FixedBuffer<UInt8> {
    var table = FixedBuffer<UInt8>(repeating: 0, count: 256)
    for key in FieldTargets.wanted { table[Int(key.rawValue)] |= wanted.rawValue }
    for key in traces { table[Int(key.rawValue)] |= trace.rawValue }
    return table
  }
}
