internal import Bytes
internal import Flow
package import Model

/// Gives each entry the slot of its masked text; new texts are noted in the batch.
///
/// The text of an ordinary entry is its message with typed wildcards (`MaskLexer`), that of one with a
/// stack trace its exceptions and frames (`ExceptionMask`), that of bytes that are no text one wildcard
/// (`BinaryText`). All depend on the entry's bytes alone.
/// - Limits: the table of texts is emptied at a batch's start once it holds over 32,768 texts or 8 MiB
///   (`batch.restartsMasks`). Where the side arena is full, a text gets no slot (`entry.mask` is 0) and
///   is counted in `unkept`.
package struct Masker: ~Copyable, BatchStage {
  static let countLimit = 32_768
  static let byteLimit = 8 << 20

  private let lexer = MaskLexer()
  private var table = MaskTable()
  private var exception: [UInt8] = []
  private var scratch = [UInt8](repeating: 0, count: 1 << MaskLexer.outputBits)
  /// Read of the table before its look-ups, and told nobody.
  private var warmth: UInt32 = 0
  /// Entries left without a slot because the side arena was full.
  package private(set) var unkept = 0

  package init() {}

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
    var hashes = InlineArray<32, StableHash>(repeating: StableHash(high: 0, low: 0))
    var start = 0
    while start < entries.count {
      // The table is larger than the nearest caches: first hashes and a touch, side by side, for a block
      // of entries, then the look-ups.
      let end = min(start + hashes.count, entries.count)
      for index in start..<end where entries[index].flags.isDisjoint(with: Self.special) {
        let hash = hash(arenas.bytes(entries[index].message), &text)
        warmth &+= table.touch(hash)
        hashes[index - start] = hash
      }
      for index in start..<end {
        if entries[index].flags.isDisjoint(with: Self.special) {
          let known = table.slot(hashes[index - start])
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

  @inline(__always)
  private func hash(_ message: Span<UInt8>, _ text: inout [UInt8]) -> StableHash {
    var out = text.mutableSpan
    let count = lexer.mask(message, into: &out)
    return StableHash(text.span.extracting(0..<count))
  }

  /// The slot of an entry that is new or no plain message.
  @inline(never)
  private mutating func slot(_ entry: Entry, in batch: Batch, _ text: inout [UInt8]) -> UInt32 {
    if entry.flags.contains(.continuation) { return entry.mask }
    if entry.flags.contains(.exception) {
      ExceptionMask.write(entry, in: batch, to: &exception)
      if !exception.isEmpty { return note(Array(exception).span, .exception, in: batch) }
    }
    let arenas = batch.arenas
    let message = arenas.bytes(entry.message)
    var out = text.mutableSpan
    let isBinary = entry.flags.contains(.repaired) && BinaryText.holds(message)
    let count = isBinary ? BinaryText.mask(into: &out) : lexer.mask(message, into: &out)
    return note(text.span.extracting(0..<count), .message, in: batch)
  }

  private mutating func note(_ text: Span<UInt8>, _ kind: GroupKind, in batch: Batch) -> UInt32 {
    var hash = StableHash(text)
    // A message that reads like an exception's text is another thing.
    if kind == .exception { hash.low ^= 0x5851_f42d_4c95_7f2d }
    let known = table.slot(hash)
    return known != 0 ? known : noteNew(hash, text, kind, in: batch)
  }

  private mutating func noteNew(
    _ hash: StableHash, _ text: Span<UInt8>, _ kind: GroupKind, in batch: Batch
  ) -> UInt32 {
    guard let range = batch.arenas.keep(text) else {
      unkept += 1
      return 0
    }
    let slot = table.insert(hash, byteCount: text.count)
    batch.newMasks.append(NewMask(slot: slot, kind: kind, text: range))
    return slot
  }
}
