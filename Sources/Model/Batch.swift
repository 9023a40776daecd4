package import Bytes

/// A run of frames of one source and what the stages made of it; one owner at a time.
///
/// `arenas.input` holds the bytes as read, cut at a frame's end; `arenas.side` what had to be
/// rewritten. All ranges in `entries` and `fields` point into these two.
package final class Batch {
  package let arenas: ArenaPair
  package var entries: [Entry] = []
  package var fields: [Field] = []
  /// Names that the worker met for the first time, in order.
  package var newNames: [NewName] = []
  /// Masked texts that the worker met for the first time, in order.
  package var newMasks: [NewMask] = []
  package var frames = FrameCounts()
  /// Patterns that gave up on an entry, in the order of entries.
  package var surrenders: [Surrender] = []
  /// Sigma rules that match, in the order of entries.
  package var ruleMatches: [RuleMatch] = []

  /// Position among the batches of the run, from 0.
  package var sequence = 0
  /// Which source it came from, an index into the run's sources.
  package var source = 0
  /// Of a shard's state, which of all shards' sources each entry came from; else empty.
  package var sources: [UInt16] = []
  /// Which of the source's files, from 0 in the order of reading; offsets and lines count anew in each.
  package var file = 0
  /// When that file was last written; unknown for what is no regular file. RFC 3164 takes its year.
  package var modified = Timestamp.unknown
  /// Which worker decoded it: its symbols and masks are that worker's.
  package var worker = 0
  /// Offset of the first input byte in the source.
  package var offset: Int64 = 0
  /// Entries before this one are not taken: they were decoded once more together with the batch before.
  package var firstEntry = 0
  /// Entries that only say that the last one came again; 0 for nearly all batches.
  package var echoes = 0
  /// Number of its first physical line in the source, from 1; set at the merge.
  package var firstLine: Int64 = 1
  /// Input offset from which entries may go on in the next batch: an open stack trace, a partial
  /// line. What stands behind it is not among the entries, and is decoded again with what follows.
  package var undecided = 0
  /// How the input is divided into frames.
  package var framing = Framing.lines
  /// What names the columns of its first frame, where a line before the batch did.
  package var columns: [UInt8] = []
  /// Its last frame is not whole: the reader cut it at the line limit and counted it in `frames.cut`,
  /// or the source ended within it.
  package var endsCut = false
  /// The source ends with this batch.
  package var endsSource = false
  /// Entries without a time have none: they don't take over that of the entry before.
  package var keepsTimes = false
  /// The edge's clock, where a live source was quiet.
  package var tick = Timestamp.unknown
  /// The merge's tables for the numbers in this batch, set when it is announced.
  package var nameTable = 0
  package var maskTable = 0
  /// The worker's tables were emptied before this batch: its numbers start anew.
  package var restartsNames = false
  package var restartsMasks = false

  package init(inputCapacity: Int, sideCapacity: Int) {
    arenas = ArenaPair(inputCapacity: inputCapacity, sideCapacity: sideCapacity)
  }

  /// Which source an entry came from.
  package func source(of index: Int) -> Int {
    index < sources.count ? Int(sources[index]) : source
  }

  /// Empties it for the next run of frames; the memory stays.
  package func reset() {
    arenas.reset()
    entries.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    newNames.removeAll(keepingCapacity: true)
    newMasks.removeAll(keepingCapacity: true)
    frames = FrameCounts()
    surrenders.removeAll(keepingCapacity: true)
    ruleMatches.removeAll(keepingCapacity: true)
    source = 0
    sources.removeAll(keepingCapacity: true)
    offset = 0
    firstLine = 1
    firstEntry = 0
    echoes = 0
    framing = .lines
    columns = []
    undecided = 0
    endsCut = false
    endsSource = false
    keepsTimes = false
    tick = .unknown
    restartsNames = false
    restartsMasks = false
  }
}

/// A pattern that gave up at its match limit, and on which of the batch's entries.
package struct Surrender: Equatable, Sendable {
  package var entry: UInt32
  package var pattern: UInt16

  @inlinable
  package init(entry: Int, pattern: Int) {
    self.entry = UInt32(truncatingIfNeeded: entry)
    self.pattern = UInt16(truncatingIfNeeded: pattern)
  }
}

/// A Sigma rule that one of the batch's entries matches, or that gave up on it.
package struct RuleMatch: Equatable, Sendable {
  package var entry: UInt32
  package var rule: UInt16
  package var gaveUp: Bool

  @inlinable
  package init(entry: Int, rule: Int, gaveUp: Bool = false) {
    self.entry = UInt32(truncatingIfNeeded: entry)
    self.rule = UInt16(truncatingIfNeeded: rule)
    self.gaveUp = gaveUp
  }
}

/// A name that a worker met for the first time.
package struct NewName: Sendable {
  package var symbol: Symbol
  package var spelling: ByteRange

  @inlinable
  package init(symbol: Symbol, spelling: ByteRange) {
    self.symbol = symbol
    self.spelling = spelling
  }
}

/// A masked text that a worker met for the first time.
///
/// Stages that keep something for each masked text (candidate patterns, a severity, a shape) compute
/// it from `text` alone when they see this, and find it again by `slot`.
package struct NewMask: Sendable {
  package var slot: UInt32
  package var kind: GroupKind
  /// The masked text, in the side arena.
  package var text: ByteRange
  /// The shape that the masked text has, in the side arena; made by Grouping.
  package var shape: ByteRange
  /// Of an exception: the masked message under its fingerprint, then that message's shape.
  package var message: ByteRange
  /// A user's rule gave the text: it is a template as it stands.
  package var isNamed: Bool

  @inlinable
  package init(
    slot: UInt32, kind: GroupKind, text: ByteRange, message: ByteRange = .empty,
    isNamed: Bool = false
  ) {
    self.isNamed = isNamed
    self.slot = slot
    self.kind = kind
    self.text = text
    self.shape = text
    self.message = message
  }
}

/// What became of the frames of a batch, before its entries go on: one side of the ledger.
package struct FrameCounts: Equatable, Sendable {
  package var read = 0
  /// Entries beyond the first that one frame held.
  package var expanded = 0
  package var blank = 0
  /// Joined to the entry that they belong to.
  package var continuations = 0
  /// Could not be decoded.
  package var unparsed = 0
  /// Physical lines, for the numbers of those that follow.
  package var lines = 0
  /// Cut at the line limit, or by the source's end.
  package var cut = 0
  /// Entries with a field that journalctl withheld.
  package var withheld = 0
  /// Entries with bytes that are not UTF-8.
  package var repaired = 0
  /// Entries with a field that could not be read: the journal file is damaged.
  package var damaged = 0

  package init() {}

  package mutating func add(_ other: FrameCounts) {
    read += other.read
    expanded += other.expanded
    blank += other.blank
    continuations += other.continuations
    unparsed += other.unparsed
    lines += other.lines
    cut += other.cut
    withheld += other.withheld
    repaired += other.repaired
    damaged += other.damaged
  }

  /// Takes back what another count, which this one includes, had counted.
  package mutating func subtract(_ part: FrameCounts) {
    read -= part.read
    expanded -= part.expanded
    blank -= part.blank
    continuations -= part.continuations
    unparsed -= part.unparsed
    lines -= part.lines
    cut -= part.cut
    withheld -= part.withheld
    repaired -= part.repaired
    damaged -= part.damaged
  }
}
