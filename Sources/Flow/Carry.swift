internal import Bytes
internal import Model

/// The bytes that a batch left undecided, until the batch after it shows how they end.
///
/// - Limits: as much as one batch holds (the decoders close what is open after 1 MiB of input).
struct Carry {
  private(set) var bytes: [UInt8] = []
  private(set) var offset: Int64 = 0
  private(set) var firstLine: Int64 = 1
  private(set) var framing = Framing.lines
  private(set) var file = 0
  private(set) var modified = Timestamp.unknown

  var isEmpty: Bool { bytes.isEmpty }

  /// How many physical lines it holds.
  var lineCount: Int {
    if let size = framing.frameSize { return bytes.count / size }
    return bytes.reduce(0) { $1 == 0x0a ? $0 + 1 : $0 }
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Takes over what stands behind the batch's undecided mark, whose first line is `line`.
  mutating func keepTail(of batch: Batch, firstLine line: Int64) {
    removeAll()
    let arena = batch.arenas.input
    let input = arena.span
    guard batch.undecided < input.count else { return }
    offset = batch.offset + Int64(batch.undecided)
    firstLine = line
    framing = batch.framing
    file = batch.file
    modified = batch.modified
    bytes.reserveCapacity(input.count - batch.undecided)
    for index in batch.undecided..<input.count { bytes.append(input[index]) }
  }
}
