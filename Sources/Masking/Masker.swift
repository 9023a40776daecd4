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
    for index in entries.indices {
      let flags = entries[index].flags
      if flags.contains(.continuation) { continue }
      if flags.contains(.exception) {
        ExceptionMask.write(entries[index], in: batch, to: &exception)
        if !exception.isEmpty {
          let slot = note(Array(exception).span, .exception, in: batch)
          entries[index].mask = slot
          continue
        }
      }
      let message = arenas.bytes(entries[index].message)
      var out = text.mutableSpan
      let isBinary = flags.contains(.repaired) && BinaryText.holds(message)
      let count = isBinary ? BinaryText.mask(into: &out) : lexer.mask(message, into: &out)
      entries[index].mask = note(text.span.extracting(0..<count), .message, in: batch)
    }
    swap(&text, &scratch)
    swap(&entries, &batch.entries)
  }

  @inline(__always)
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
