public import Bytes

/// One log record as the stages see it: fixed size, offsets into its batch's arenas.
///
/// The decoder fills the first part; masking, packs and classification the second. Symbols are
/// worker-local until the merge.
@usableFromInline
package struct Entry: Sendable {
  /// Event time, or `.unknown`.
  @usableFromInline package var time = Timestamp.unknown
  /// The body, after headers, with escapes resolved.
  @usableFromInline package var message = ByteRange.empty
  /// The frame that the entry starts with, as it stands in the input.
  @usableFromInline package var frame = ByteRange.empty
  /// The journal's cursor, where there is one.
  @usableFromInline package var cursor = ByteRange.empty
  /// The trace id, 32 hexadecimal digits as a rule.
  @usableFromInline package var trace = ByteRange.empty
  /// Hash of the strongest correlation id (trace, else request, else session, else order), or 0.
  @usableFromInline package var context: UInt64 = 0
  /// Hash of the stream (unit and process, or container) in which its continuation lines come.
  @usableFromInline package var stream: UInt64 = 0
  /// Physical line of the frame, counted from 0 at the batch's start.
  @usableFromInline package var line: UInt32 = 0
  /// Its fields are `batch.fields[fieldStart ..< fieldStart + fieldCount]`.
  @usableFromInline package var fieldStart: UInt32 = 0
  @usableFromInline package var fieldCount: UInt16 = 0
  /// What its pattern captured is `batch.fields[captureStart ..< captureStart + captureCount]`.
  @usableFromInline package var captureCount: UInt16 = 0
  @usableFromInline package var captureStart: UInt32 = 0
  /// The pattern that matched, by its number in the loaded packs, from 1; 0 for none.
  @usableFromInline package var pattern: UInt16 = 0
  /// The declared line format that it was read in, by its number from 1; 0 for none.
  @usableFromInline package var layout: UInt16 = 0
  @usableFromInline package var service = Symbol.none
  @usableFromInline package var host = Symbol.none
  @usableFromInline package var program = Symbol.none
  /// Hash of the boot id, or 0.
  @usableFromInline package var boot: UInt32 = 0
  /// Process id, or -1.
  @usableFromInline package var process: Int32 = -1
  /// Slot of its masked text in the worker's mask table.
  @usableFromInline package var mask: UInt32 = 0
  /// How many entries it stands for: over 1 where the source says that the message came so often.
  @usableFromInline package var weight: UInt32 = 1
  @usableFromInline package var flags = EntryFlags()
  @usableFromInline package var severity = Severity.unknown
  @usableFromInline package var severitySource = SeveritySource.none
  /// What the source itself stated, where a pattern or the text made something else of it.
  @usableFromInline package var statedSeverity = Severity.unknown
  @usableFromInline package var statedSource = SeveritySource.none
  @usableFromInline package var category = Category.other
  @usableFromInline package var categorySource = ClassSource.none
  @usableFromInline package var outcome = Outcome.none
  @usableFromInline package var outcomeSource = ClassSource.none
  /// In percent, where the text model told; else 0.
  @usableFromInline package var categoryConfidence: UInt8 = 0
  @usableFromInline package var outcomeConfidence: UInt8 = 0
  @usableFromInline package var severityConfidence: UInt8 = 0
  /// What it means to those who watch for attacks.
  @usableFromInline package var signal = SecuritySignal.none
  @usableFromInline package var format = SourceFormat.plain
  @usableFromInline package var timeSource = TimeSource.none
  /// Fractional digits that the source's stamp had, 0 to 9.
  @usableFromInline package var timeDigits: UInt8 = 0
  /// What multi-line assembly makes of its first bytes.
  @usableFromInline package var lineRole = LineRole.entry
  /// It only says how often its host's last message came again: it counts as that one.
  @usableFromInline package var isEcho = false

  /// The most entries that one counts as; what a line claims beyond that is left out and counted. Larger
  /// would let a line outweigh a day, smaller would cut what a storm in a kernel gives in ten minutes.
  package static var weightLimit: Int { 1_000_000 }

  @inlinable
  package init() {}

  /// Judges the severity anew; what the source had stated is kept beside it.
  @inlinable
  package mutating func judge(_ judged: Severity, from source: SeveritySource) {
    if severitySource == .field || severitySource == .priority {
      statedSeverity = severity
      statedSource = severitySource
    }
    severity = judged
    severitySource = source
  }

  /// Makes an access of it that went so, by what the request or its fields tell.
  @inlinable
  package mutating func becomeAccess(_ wanted: Outcome) {
    if category != .security {
      category = .security
      categorySource = .signal
      categoryConfidence = 0
    }
    if outcome != wanted {
      outcome = wanted
      outcomeSource = .signal
      outcomeConfidence = 0
    }
  }

  @inlinable
  package var fieldRange: Range<Int> {
    Int(fieldStart)..<(Int(fieldStart) + Int(fieldCount))
  }

  @inlinable
  package var captureRange: Range<Int> {
    Int(captureStart)..<(Int(captureStart) + Int(captureCount))
  }
}

/// What is to be known of an entry, one bit each.
///
/// The set operations are written out: the standard library's stay generic over module boundaries, and
/// then build an array for each literal.
@usableFromInline
package struct EntryFlags: OptionSet, Sendable {
  @usableFromInline package let rawValue: UInt16

  @inlinable
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  @inlinable
  package func contains(_ other: EntryFlags) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }

  @inlinable
  package func isDisjoint(with other: EntryFlags) -> Bool { rawValue & other.rawValue == 0 }

  @inlinable @discardableResult
  package mutating func insert(
    _ other: EntryFlags
  ) -> (inserted: Bool, memberAfterInsert: EntryFlags) {
    let isNew = !contains(other)
    self = EntryFlags(rawValue: rawValue | other.rawValue)
    return (isNew, other)
  }

  /// Cut at the line limit.
  @inlinable package static var cut: EntryFlags { EntryFlags(rawValue: 1) }
  /// The journal gave `null` for the message: it was over 4,096 bytes.
  @inlinable package static var messageWithheld: EntryFlags { EntryFlags(rawValue: 2) }
  /// Held bytes that are not UTF-8; the message holds U+FFFD for them.
  @inlinable package static var repaired: EntryFlags { EntryFlags(rawValue: 4) }
  /// A stack trace stands in the message or in `error.stack_trace`.
  @inlinable package static var exception: EntryFlags { EntryFlags(rawValue: 8) }
  /// Joined from several frames.
  @inlinable package static var joined: EntryFlags { EntryFlags(rawValue: 16) }
  /// Taffrail's own output, met in the journal.
  @inlinable package static var own: EntryFlags { EntryFlags(rawValue: 32) }
  /// The text went through a pattern that gave up at its match limit.
  @inlinable package static var gaveUp: EntryFlags { EntryFlags(rawValue: 64) }
  /// A deployment, restart or boot: kept as a change marker.
  @inlinable package static var change: EntryFlags { EntryFlags(rawValue: 128) }
  /// It is no entry of its own any more: it was joined to an earlier one.
  @inlinable package static var continuation: EntryFlags { EntryFlags(rawValue: 256) }
  /// Outside what the user asked for (unit, priority, time, field).
  @inlinable package static var filtered: EntryFlags { EntryFlags(rawValue: 512) }
  /// Its minute was closed before it came.
  @inlinable package static var late: EntryFlags { EntryFlags(rawValue: 1024) }
  /// Patterns saw only its start, since it is over the pattern limit.
  @inlinable package static var matchedInPart: EntryFlags { EntryFlags(rawValue: 2048) }
  /// The edge's clock ended it in a quiet stream; lines that came later may have belonged to it.
  @inlinable package static var closedByClock: EntryFlags { EntryFlags(rawValue: 4096) }
  /// Its stamp named a zone by an abbreviation, which tells no offset: it was read as of the input's zone.
  @inlinable package static var zoneUnknown: EntryFlags { EntryFlags(rawValue: 8192) }
  /// A Sigma rule matches it, or gave up on it: it stands in `batch.ruleMatches`.
  @inlinable package static var ruleMatch: EntryFlags { EntryFlags(rawValue: 16_384) }
  /// It stands for as many entries as its `weight` says.
  @inlinable package static var repeated: EntryFlags { EntryFlags(rawValue: 32_768) }
  /// Any of these, and the entry is in the ledger alone: it belongs to no group and no minute.
  @inlinable package static var notCounted: EntryFlags { EntryFlags(rawValue: 32 | 512 | 1024) }
}

/// Where an entry's time came from.
@usableFromInline
package enum TimeSource: UInt8, Sendable {
  case none
  /// From the entry's own stamp.
  case stamp
  /// The source's last stamp.
  case inherited
  /// The edge's clock, with `--arrival-time`.
  case arrival
}

/// What a line may be to the lines around it.
@usableFromInline
package enum LineRole: UInt8, Sendable {
  /// An entry of its own.
  case entry
  /// May open a stack trace whose lines follow.
  case opener
  /// Belongs to an open entry of its stream: an indented line, a frame, a "Caused by".
  case continuation
  /// A part of a line that goes on in the next frame of its stream (CRI's `P`, Docker's 16 KiB cut).
  case partial
}
