internal import Bytes

/// The first bytes of a journal file (systemd, "Journal File Format"): what it holds, and where.
///
/// Numbers are little-endian. What the header says is believed only as far as the file bears it out.
struct JournalHeader: Sendable {
  /// Of the oldest version that is in use; newer ones add behind it.
  static let size = 208

  /// Entry and entry-array items take 4 bytes, and data objects have a longer head.
  let isCompact: Bool
  /// A writer has it open, or died with it open.
  let isOnline: Bool
  let seqnumID: JournalID
  /// Where the first object begins.
  let objectsStart: UInt64
  let entryCount: UInt64
  let firstEntryArray: UInt64
  /// Microseconds since 1970; 0 where it holds no entry.
  let tailRealtime: UInt64

  private static let xz: UInt32 = 1
  private static let lz4: UInt32 = 2
  private static let keyedHash: UInt32 = 4
  private static let zstd: UInt32 = 8
  private static let compact: UInt32 = 16
  private static let known = xz | lz4 | keyedHash | zstd | compact

  init(_ file: Span<UInt8>) throws(JournalRefusal) {
    guard file.count >= 8, file.has("LPKSHHRH", at: 0) else { throw .notAJournal }
    guard file.count >= Self.size else { throw .tooShort }
    let flags = file.shortWord(at: 12)
    guard flags & ~Self.known == 0 else { throw .unknownFeatures(flags & ~Self.known) }
    objectsStart = file.word(at: 88)
    guard objectsStart >= UInt64(Self.size), objectsStart <= UInt64(file.count) else {
      throw .tooShort
    }
    isCompact = flags & Self.compact != 0
    isOnline = file[16] == 1
    seqnumID = JournalID(file, at: 72)
    entryCount = file.word(at: 152)
    firstEntryArray = file.word(at: 176)
    tailRealtime = file.word(at: 192)
  }

  /// Whether a file's first bytes are those of a journal.
  static func begins(_ bytes: Span<UInt8>) -> Bool { bytes.has("LPKSHHRH", at: 0) }
}

/// Why a file is not read as a journal.
enum JournalRefusal: Error, Equatable {
  case notAJournal
  /// It ends within its header.
  case tooShort
  /// It says that whoever doesn't know these features can't read it.
  case unknownFeatures(UInt32)

  var text: String {
    switch self {
    case .notAJournal: "not a journal file"
    case .tooShort: "the journal file ends within its header"
    case .unknownFeatures(let flags):
      "the journal file uses features that are not known (0x\(String(flags, radix: 16)))"
    }
  }
}

/// A 128-bit id: of a boot, or of a series of sequence numbers.
struct JournalID: Equatable, Sendable {
  /// The bytes as they stand, as two little-endian words.
  var first: UInt64
  var second: UInt64

  init(_ bytes: Span<UInt8>, at offset: Int) {
    first = bytes.word(at: offset)
    second = bytes.word(at: offset + 8)
  }

  init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }
}
