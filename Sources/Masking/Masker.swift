internal import Bytes
internal import Flow
package import Model

/// Gives each entry the slot of its masked text; new texts are noted in the batch.
///
/// The text of an ordinary entry is its message with typed wildcards (`MaskLexer`), that of one with a
/// stack trace its exceptions and frames with the masked message under them (`ExceptionFingerprint`), that of bytes that are no text one wildcard
/// (`BinaryText`). All depend on the entry's bytes alone.
/// - Limits: the table of texts is emptied at a batch's start once it holds over 32,768 texts or 8 MiB
///   (`batch.restartsMasks`). Where the side arena is full, a text gets no slot (`entry.mask` is 0) and
///   is counted in `unkept`.
package struct Masker: ~Copyable, BatchStage {
  static let countLimit = 32_768
  static let byteLimit = 8 << 20

  private let lexer = MaskLexer()
  private var table = MaskTable()
  private var order = LikelyOrder()
  private let lists: FrameLists
  private var scratch = [UInt8](repeating: 0, count: 1 << MaskLexer.outputBits)
  /// Read of the table before its look-ups, and told nobody.
  private var warmth: UInt32 = 0
  /// Entries left without a slot because the side arena was full.
  package private(set) var unkept = 0

  /// - Parameter frames: which frames of stack traces are no part of a fingerprint.
  package init(frames: FrameLists = FrameLists()) { lists = frames }

  /// Distinct masked texts since the table was last emptied.
  package var count: Int { table.count }

  package mutating func process(_ batch: Batch) {
    if table.count > Self.countLimit || table.byteCount > Self.byteLimit {
      table.removeAll()
      batch.restartsMasks = true
    }
    // Held apart while they are written, so that the table can be changed beside them.
    var text: [UInt8] = []
    var entries: [Entry] = []
    swap(&text, &scratch)
    swap(&entries, &batch.entries)
    let arenas = batch.arenas
    order.sort(entries.span)
    var hashes = InlineArray<32, StableHash>(repeating: StableHash(high: 0, low: 0))
    var start = 0
    while start < entries.count {
      // The table is larger than the nearest caches: first hashes and a touch, side by side, for a block
      // of entries, then the look-ups.
      let end = min(start + hashes.count, entries.count)
      for place in start..<end { warmth &+= touch(entries[order[place]], arenas) }
      for place in start..<end {
        let index = order[place]
        guard entries[index].flags.isDisjoint(with: Self.special) else { continue }
        let hash = hash(arenas.bytes(entries[index].message), &text)
        warmth &+= table.touch(hash)
        hashes[place - start] = hash
      }
      for place in start..<end {
        let index = order[place]
        if entries[index].flags.isDisjoint(with: Self.special) {
          let known = table.slot(hashes[place - start])
          if known != 0 {
            entries[index].mask = known
            continue
          }
        }
        entries[index].mask = slot(entries[index], in: batch, &text)
      }
      start = end
    }
    swap(&text, &scratch)
    swap(&entries, &batch.entries)
  }

  /// Entries whose text may be another than their masked message.
  private static let special = EntryFlags(
    rawValue: EntryFlags.continuation.rawValue | EntryFlags.exception.rawValue
      | EntryFlags.repaired.rawValue)

  /// Reads a byte of each cache line that a message begins with.
  @inline(__always)
  private func touch(_ entry: borrowing Entry, _ arenas: ArenaPair) -> UInt32 {
    let message = arenas.bytes(entry.message)
    var sum: UInt32 = 0
    for at in stride(from: 0, to: min(message.count, 256), by: 64) { sum &+= UInt32(message[at]) }
    return sum
  }

  @inline(__always)
  private func hash(_ message: Span<UInt8>, _ text: inout [UInt8]) -> StableHash {
    var out = text.mutableSpan
    let count = lexer.mask(message, into: &out)
    return MaskHash.hash(text.span.extracting(0..<count))
  }

  /// The slot of an entry that is new or no plain message.
  @inline(never)
  private mutating func slot(_ entry: Entry, in batch: Batch, _ text: inout [UInt8]) -> UInt32 {
    if entry.flags.contains(.continuation) { return entry.mask }
    if entry.flags.contains(.exception) {
      if let found = ExceptionMask.fingerprint(entry, in: batch, lists) {
        return note(found, in: batch, &text)
      }
    }
    let count = mask(entry, in: batch, &text)
    return note(text.span.extracting(0..<count), .message, in: batch)
  }

  /// Masks an entry's message, or what is no text; tells the bytes written.
  private func mask(_ entry: Entry, in batch: Batch, _ text: inout [UInt8]) -> Int {
    let arenas = batch.arenas
    let message = arenas.bytes(entry.message)
    var out = text.mutableSpan
    let isBinary = entry.flags.contains(.repaired) && BinaryText.holds(message)
    return isBinary ? BinaryText.mask(into: &out) : lexer.mask(message, into: &out)
  }

  /// The slot of a group that a rule names: of that name, whatever the entry says.
  package mutating func slot(named name: [UInt8], _ entry: Entry, in batch: Batch) -> UInt32 {
    let kind: GroupKind = entry.flags.contains(.exception) ? .exception : .message
    let text = Wildcard.escaped(name)
    var hash = MaskHash.hash(text.span)
    // A message that reads like the name is another thing.
    hash.low ^= kind == .exception ? 0x5851_f42d_4c95_7f2d : 0x1405_7b7e_f767_814f
    let known = table.slot(hash)
    if known != 0 { return known }
    return noteNew(hash, text.span, kind, message: .empty, isNamed: true, in: batch)
  }

  /// The slot that an entry has with a title in front of its text.
  package mutating func slot(
    titled title: [UInt8], _ known: ExceptionFingerprint?, _ entry: Entry, in batch: Batch
  ) -> UInt32 {
    let lead = Wildcard.escaped(title) + [0x3a, 0x20]
    var out: [UInt8] = []
    swap(&out, &scratch)
    defer { swap(&out, &scratch) }
    if entry.flags.contains(.exception),
      let found = known ?? ExceptionMask.fingerprint(entry, in: batch, lists)
    {
      return note(found, titled: lead, in: batch, &out)
    }
    let count = mask(entry, in: batch, &out)
    let text = lead + Array(out[..<count])
    var hash = MaskHash.hash(text.span)
    // A message that reads like a titled one is another thing.
    hash.low ^= Self.titledSalt
    let slot = table.slot(hash)
    if slot != 0 { return slot }
    return noteNew(hash, text.span, .message, message: .empty, isNamed: false, in: batch)
  }

  private static let titledSalt: UInt64 = 0x8cb9_2ba7_2f3d_8dd7

  /// The slot of an exception: of its fingerprint and the masked message under it.
  private mutating func note(
    _ exception: ExceptionFingerprint, titled lead: [UInt8] = [], in batch: Batch,
    _ text: inout [UInt8]
  ) -> UInt32 {
    var out = text.mutableSpan
    let count = lexer.mask(exception.message.span, into: &out)
    let message = text.span.extracting(0..<count)
    let fingerprint = lead + exception.text
    // A message that reads like an exception's text is another thing.
    var absorber = StableHash.Absorber()
    for part in [StableHash(fingerprint.span), StableHash(message)] {
      absorber.absorb(part.high)
      absorber.absorb(part.low)
    }
    var hash = absorber.finish(length: fingerprint.count + message.count)
    if !lead.isEmpty { hash.low ^= Self.titledSalt }
    let known = table.slot(hash)
    if known != 0 { return known }
    guard let range = batch.arenas.keep(message) else {
      unkept += 1
      return 0
    }
    return noteNew(hash, fingerprint.span, .exception, message: range, isNamed: false, in: batch)
  }

  private mutating func note(_ text: Span<UInt8>, _ kind: GroupKind, in batch: Batch) -> UInt32 {
    let hash = MaskHash.hash(text)
    let known = table.slot(hash)
    return known != 0
      ? known : noteNew(hash, text, kind, message: .empty, isNamed: false, in: batch)
  }

  private mutating func noteNew(
    _ hash: StableHash, _ text: Span<UInt8>, _ kind: GroupKind, message: ByteRange, isNamed: Bool,
    in batch: Batch
  ) -> UInt32 {
    guard let range = batch.arenas.keep(text) else {
      unkept += 1
      return 0
    }
    let slot = table.insert(hash, byteCount: text.count + Int(message.count))
    batch.newMasks.append(
      NewMask(slot: slot, kind: kind, text: range, message: message, isNamed: isNamed))
    return slot
  }
}
