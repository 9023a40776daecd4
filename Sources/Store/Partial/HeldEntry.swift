internal import Model

/// When an entry came, and what it is: an entry that is kept, or one like others.
struct HeldRecord {
  var time: Timestamp
  /// Hash of its correlation id, or 0.
  var context: UInt64
  /// Its place in the stream.
  var order: UInt32
  /// Among the minute's entries, or among what entries are like.
  var index: Int32 = 0
  var isLike = false
}

/// What an entry is, whenever it came, on its way into a partial.
struct HeldEntry {
  var weight: Int
  var shape: Int
  var service: Symbol
  var host: Symbol
  var program: Symbol
  var boot: UInt32
  var process: Int32
  var pattern: UInt16
  /// Which of the shard's sources it came from.
  var source: UInt16
  /// The HTTP status that a pattern captured, or 0; of entries whose fields are not kept.
  var status: UInt16
  var flags: EntryFlags
  var severity: Severity
  var category: Category
  var outcome: Outcome
  var signal: SecuritySignal
  var format: SourceFormat
  var timeSource: TimeSource
  /// Nobody asks for its text: it only tells that one came again.
  var isEcho: Bool
  /// Its message, in the minute's bytes.
  var message = 0..<0
  /// Where it stands, `path:line` or a cursor, in the minute's bytes.
  var place = 0..<0
  /// Among the minute's fields.
  var fields = 0..<0
  /// Among the minute's rule matches.
  var rules = 0..<0

  init(_ entry: Entry, source: Int, status: UInt16) {
    weight = max(1, min(Int(entry.weight), Entry.weightLimit))
    shape = Int(entry.mask)
    service = entry.service
    host = entry.host
    program = entry.program
    boot = entry.boot
    process = entry.process
    pattern = entry.pattern
    self.source = UInt16(clamping: source)
    self.status = status
    flags = EntryFlags(rawValue: entry.flags.rawValue & ~Self.spent.rawValue)
    severity = entry.severity
    category = entry.category
    outcome = entry.outcome
    signal = entry.signal
    format = entry.format
    timeSource = entry.timeSource
    isEcho = true
  }

  /// Flags that tell of the way here rather than of the entry; the books count them.
  private static let spent: EntryFlags = [.gaveUp, .matchedInPart, .closedByClock, .zoneUnknown]
}

/// A field of a kept entry.
struct HeldField {
  var name: FieldName
  /// Of a name that is spelled, in the minute's bytes.
  var spelling: Range<Int>
  var kind: FieldKind
  var isCapture: Bool
  var value: Range<Int>
}

/// What entries that are alike have in common; of processes they are not asked.
struct Cell: Hashable {
  private let shape: UInt32
  private let service: UInt32
  private let host: UInt32
  private let program: UInt32
  private let boot: UInt32
  private let classes: UInt64
  private let others: UInt64

  init(_ entry: HeldEntry) {
    shape = UInt32(truncatingIfNeeded: entry.shape)
    service = entry.service.number
    host = entry.host.number
    program = entry.program.number
    boot = entry.boot
    classes =
      UInt64(entry.severity.rawValue) | UInt64(entry.category.rawValue) << 8
      | UInt64(entry.outcome.rawValue) << 16 | UInt64(entry.format.rawValue) << 24
      | UInt64(entry.flags.rawValue) << 32 | UInt64(entry.pattern) << 48
    others =
      UInt64(entry.source) | UInt64(entry.status) << 16 | UInt64(entry.signal.rawValue) << 32
      | UInt64(entry.timeSource.rawValue) << 40
  }
}
