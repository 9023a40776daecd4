internal import Bytes

/// What a worker knows of data objects that it has met: many entries share the unit, the host, the boot.
///
/// Direct-mapped by file and offset: a newer object takes the place of an older one. That nobody wants an
/// object is known for good, and kept apart in a table that stays in the nearest cache: it is the answer
/// for most. What a wanted one holds is kept in the batch's side arena, so that it is known for that
/// batch alone.
/// - Limits: 4,096 unwanted and 2,048 wanted objects; none where no journal is read.
struct JournalDataCache: ~Copyable {
  /// A wanted field; 32 bytes.
  struct Datum: BitwiseCopyable {
    fileprivate var object: UInt64 = 0
    var name = ByteRange.empty
    var value = ByteRange.empty
    fileprivate var batch: UInt32 = 0
    var known: UInt8 = 0
    var flaws = JournalFlaws()

    init() {}
  }

  private static let idleBits: UInt64 = 12
  private static let wantedBits: UInt64 = 11
  private var idle: FixedBuffer<UInt64>
  private var wanted: FixedBuffer<Datum>
  private var batch: UInt32 = 0

  init(isWanted: Bool) {
    idle = FixedBuffer(repeating: .max, count: isWanted ? 1 << Int(Self.idleBits) : 0)
    wanted = FixedBuffer(repeating: Datum(), count: isWanted ? 1 << Int(Self.wantedBits) : 0)
  }

  /// Forgets what it knows of the batch before.
  mutating func beginBatch() {
    batch &+= 1
    guard batch == 0 else { return }
    for place in 0..<wanted.count { wanted[place].batch = 0 }
    batch = 1
  }

  /// An object's number: objects stand at multiples of 8, and there are at most 8,192 files.
  @inline(__always)
  static func object(_ offset: UInt64, file: Int) -> UInt64 {
    offset << 10 | UInt64(truncatingIfNeeded: file & 8191)
  }

  @inline(__always)
  private static func mixed(_ object: UInt64) -> UInt64 { object &* 0x9e37_79b9_7f4a_7c15 }

  /// Whether nobody wants the object.
  @inline(__always)
  func isIdle(_ object: UInt64) -> Bool {
    idle[Int(truncatingIfNeeded: Self.mixed(object) >> (64 - Self.idleBits))] == object
  }

  @inline(__always)
  mutating func noteIdle(_ object: UInt64) {
    idle[Int(truncatingIfNeeded: Self.mixed(object) >> (64 - Self.idleBits))] = object
  }

  /// What is known of a wanted object.
  @inline(__always)
  func find(_ object: UInt64) -> Datum? {
    let datum = wanted[Int(truncatingIfNeeded: Self.mixed(object) >> (64 - Self.wantedBits))]
    return datum.object == object && datum.batch == batch ? datum : nil
  }

  @inline(__always)
  mutating func keep(_ datum: Datum, _ object: UInt64) {
    var datum = datum
    datum.object = object
    datum.batch = batch
    wanted[Int(truncatingIfNeeded: Self.mixed(object) >> (64 - Self.wantedBits))] = datum
  }
}

/// What was wrong with an entry's fields, one bit each.
struct JournalFlaws: BitwiseCopyable {
  private(set) var bits: UInt8 = 0

  /// A field could not be read.
  static var damaged: JournalFlaws { JournalFlaws(bits: 1) }
  /// A value was over the line limit.
  static var cut: JournalFlaws { JournalFlaws(bits: 2) }
  /// The message was not UTF-8.
  static var repaired: JournalFlaws { JournalFlaws(bits: 4) }

  init() {}

  private init(bits: UInt8) { self.bits = bits }

  var isEmpty: Bool { bits == 0 }

  func has(_ other: JournalFlaws) -> Bool { bits & other.bits != 0 }

  @inline(__always)
  mutating func add(_ other: JournalFlaws) { bits |= other.bits }
}
