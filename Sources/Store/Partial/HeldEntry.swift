internal import Model

/// An entry, or the sum of several that are alike, on its way into a partial.
struct HeldEntry {
  var time: Timestamp
  /// Its place in the stream, among entries of one moment.
  var order: UInt32
  var weight: Int
  var shape: Int
  var service: Symbol
  var host: Symbol
  var program: Symbol
  var boot: UInt32
  var process: Int32
  var context: UInt64
  var pattern: UInt16
  var flags: EntryFlags
  var severity: Severity
  var category: Category
  var outcome: Outcome
  var signal: SecuritySignal
  var format: SourceFormat
  var timeSource: TimeSource
  /// Nobody asks for its text: it stands for entries like one that was kept, or only told that one came again.
  var isEcho: Bool
  /// Its message, in the minute's bytes.
  var message = 0..<0
  /// Where it stands, `path:line` or a cursor, in the minute's bytes.
  var place = 0..<0
  /// Among the minute's fields.
  var fields = 0..<0
  /// Among the minute's rule matches.
  var rules = 0..<0

  init(_ entry: Entry, order: UInt32) {
    time = entry.time
    self.order = order
    weight = max(1, min(Int(entry.weight), Entry.weightLimit))
    shape = Int(entry.mask)
    service = entry.service
    host = entry.host
    program = entry.program
    boot = entry.boot
    process = entry.process
    context = entry.context
    pattern = entry.pattern
    flags = entry.flags
    severity = entry.severity
    category = entry.category
    outcome = entry.outcome
    signal = entry.signal
    format = entry.format
    timeSource = entry.timeSource
    isEcho = entry.isEcho
  }

  /// Flags that tell of the way here rather than of the entry; the books count them.
  static let spent: EntryFlags = [.gaveUp, .matchedInPart, .closedByClock, .zoneUnknown]
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

/// What entries that are summed have in common, within one minute.
struct Cell: Hashable {
  private let shape: UInt32
  private let service: UInt32
  private let host: UInt32
  private let program: UInt32
  private let boot: UInt32
  private let classes: UInt64

  init(_ entry: Entry) {
    shape = entry.mask
    service = entry.service.number
    host = entry.host.number
    program = entry.program.number
    boot = entry.boot
    let kept = entry.flags.rawValue & ~(HeldEntry.spent.rawValue | EntryFlags.repeated.rawValue)
    classes =
      UInt64(entry.severity.rawValue) | UInt64(entry.category.rawValue) << 8
      | UInt64(entry.outcome.rawValue) << 16 | UInt64(entry.format.rawValue) << 24
      | UInt64(kept) << 32 | UInt64(entry.pattern) << 48
  }
}
