internal import Bytes

/// What a worker knows of data objects that it has met: many entries share the unit, the host, the boot.
///
/// Direct-mapped by file and offset: a newer object takes the place of an older one. What an object holds
/// is kept in the batch's side arena, so that it is known for that batch alone; that nobody wants it is
/// known for good.
/// - Limits: 4,096 objects; none until `prepare`.
struct JournalDataCache: ~Copyable {
  struct Datum: BitwiseCopyable {
    var offset: UInt64 = 0
    var file: UInt32 = 0
    /// In which batch it was read; 0 for none.
    var batch: UInt32 = 0
    var key = ByteRange.empty
    var value = ByteRange.empty
    var known: UInt8 = 0
    /// Not noted: no stage wants it, or it is no field.
    var isIdle = false
    /// It is not what the journal says, or is not UTF-8, or was cut.
    var flaws = JournalFlaws()
  }

  private static let bits: UInt64 = 12
  private var data: FixedBuffer<Datum>
  private var batch: UInt32 = 0

  init(isWanted: Bool) {
    data = FixedBuffer(repeating: Datum(), count: isWanted ? 1 << Int(Self.bits) : 0)
  }

  /// Forgets what it knows of the batch before.
  mutating func beginBatch() {
    batch &+= 1
    guard batch == 0 else { return }
    for place in 0..<data.count { data[place].batch = 0 }
    batch = 1
  }

  @inline(__always)
  private static func place(_ offset: UInt64, _ file: UInt32) -> Int {
    let key = (offset >> 3) &+ (UInt64(file) &* 0xd1b5_4a32_d192_ed03)
    return Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> (64 - bits))
  }

  /// What is known of an object.
  @inline(__always)
  func find(_ offset: UInt64, _ file: UInt32) -> Datum? {
    let datum = data[Self.place(offset, file)]
    guard datum.offset == offset, datum.file == file, datum.batch == batch || datum.isIdle else {
      return nil
    }
    return datum
  }

  @inline(__always)
  mutating func keep(_ datum: Datum, _ offset: UInt64, _ file: UInt32) {
    var datum = datum
    datum.offset = offset
    datum.file = file
    datum.batch = batch
    data[Self.place(offset, file)] = datum
  }
}

/// What was wrong with an entry's fields.
struct JournalFlaws: BitwiseCopyable {
  /// A field could not be read.
  var isDamaged = false
  /// A value was over the line limit.
  var isCut = false
  /// The message was not UTF-8.
  var isRepaired = false

  @inline(__always)
  mutating func add(_ other: JournalFlaws) {
    isDamaged = isDamaged || other.isDamaged
    isCut = isCut || other.isCut
    isRepaired = isRepaired || other.isRepaired
  }
}
