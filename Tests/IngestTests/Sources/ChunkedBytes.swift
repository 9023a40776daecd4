import Bytes
import Ingest
import Model

/// A source that gives its bytes in pieces of one size.
final class ChunkedBytes: ByteSource {
  private let bytes: [UInt8]
  private let size: Int
  private var at = 0

  init(_ bytes: [UInt8], size: Int) {
    self.bytes = bytes
    self.size = size
  }

  func read(into arena: Arena, limit: Int, waiting: Patience) throws(ReadProblem) -> ReadOutcome {
    guard at < bytes.count else { return .end }
    let count = min(size, limit, bytes.count - at)
    append(bytes[at..<(at + count)], to: arena)
    at += count
    return .bytes
  }
}

/// A frame as a decoder would see it.
struct SeenFrame: Equatable, CustomStringConvertible {
  var kind: Frame.Kind
  var text: String
  /// Of its body in the file.
  var offset: Int64
  var file = 0

  var description: String { "\(kind) \(text.prefix(60).debugDescription) at \(offset) of \(file)" }
}

/// All that came out of a source.
struct Reading: Equatable {
  var frames: [SeenFrame] = []
  var cut = 0
  var framing = Framing.lines
  var problems: [ReadProblem] = []
  var lineFeeds = 0

  var texts: [String] { frames.map(\.text) }

  /// Reads a source to its end.
  init(_ reader: BatchReader, limit: Int = 1 << 20, capacity: Int = 4 << 20) {
    let batch = Batch(inputCapacity: capacity, sideCapacity: 1024)
    while true {
      batch.reset()
      let fill = reader.fill(batch, limit: limit)
      take(batch)
      if case .ended = fill { break }
    }
    problems = reader.takeProblems()
  }

  mutating func take(_ batch: Batch) {
    let input = batch.arenas.input
    let bytes = input.span
    framing = batch.framing
    cut += batch.frames.cut
    var at = 0
    while let frame = FrameWalk.next(batch.framing, bytes, from: at, atEnd: true) {
      frames.append(
        SeenFrame(
          kind: frame.kind, text: String(bytes.extracting(frame.body)),
          offset: batch.offset + Int64(frame.body.lowerBound), file: batch.file))
      at = frame.next
    }
    for index in 0..<bytes.count where bytes[index] == 0x0a { lineFeeds += 1 }
  }

  init(
    _ bytes: [UInt8], chunk: Int, frameLimit: Int = BatchReader.frameLimit, limit: Int = 1 << 20
  ) {
    self.init(
      BatchReader(ChunkedBytes(bytes, size: chunk), name: "test", frameLimit: frameLimit),
      limit: limit)
  }
}

func append(_ slice: ArraySlice<UInt8>, to arena: Arena) {
  let copy = Array(slice)
  let span = copy.span
  arena.append(span)
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A field of the journal's export format with a length.
func binaryField(_ name: String, _ value: [UInt8]) -> [UInt8] {
  var length = UInt64(value.count)
  var field = bytes(name + "\n")
  for _ in 0..<8 {
    field.append(UInt8(truncatingIfNeeded: length))
    length >>= 8
  }
  return field + value + [0x0a]
}
