internal import Bytes
internal import Model

/// Entries put by in a temporary file until the groups are final: line, shape and message of each.
///
/// So memory stays flat however long the input is. The file has no name: it goes with the process.
final class EntrySpool {
  /// An entry that was put by.
  struct Item {
    var line: Int64
    var shape: ShapeNumber
    var message: [UInt8]
  }

  struct Failure: Error, CustomStringConvertible {
    var folder: String
    var reason: String

    var description: String { "temporary file in \(folder): \(reason)" }
  }

  private let folder: String
  private let file: FileDescriptor
  private var buffer = ByteBuffer(capacity: 1 << 20)
  private(set) var failure: Failure?

  init() throws {
    let folder = Environment.value("TMPDIR") ?? "/tmp"
    self.folder = folder
    do {
      file = try FileDescriptor(unnamedIn: FilePath(folder))
    } catch {
      throw Failure(folder: folder, reason: error.text)
    }
  }

  /// Puts an entry by, whose `mask` holds its shape.
  func add(_ batch: Batch, _ index: Int) {
    let entry = batch.entries[index]
    let arenas = batch.arenas
    let message = arenas.bytes(entry.message)
    put(UInt64(bitPattern: batch.firstLine &+ Int64(entry.line)))
    put(UInt64(entry.mask) << 32 | UInt64(message.count))
    buffer.write(message)
    if buffer.count > 1 << 20 { flush() }
  }

  /// Hands back all entries in order, while `body` returns true.
  func readBack(_ body: (Item) throws -> Bool) throws {
    flush()
    if let failure { throw failure }
    let input = Arena(capacity: 96 << 20)
    try file.seek(to: 0)
    while true {
      let count = try file.read(into: input, limit: 1 << 20)
      var at = 0
      let bytes = input.span
      while at + 16 <= bytes.count {
        let head = bytes.word(at: at + 8)
        let length = Int(head & 0xffff_ffff)
        guard at + 16 + length <= bytes.count else { break }
        var message: [UInt8] = []
        message.reserveCapacity(length)
        for index in (at + 16)..<(at + 16 + length) { message.append(bytes[index]) }
        let item = Item(
          line: Int64(bitPattern: bytes.word(at: at)),
          shape: ShapeNumber(index: Int(head >> 32)), message: message)
        guard try body(item) else { return }
        at += 16 + length
      }
      if count == 0 { return }
      input.dropFirst(at)
    }
  }

  private func put(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      buffer.write(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }

  private func flush() {
    guard failure == nil, buffer.count > 0 else { return }
    if case .failed(let number) = file.write(buffer.span) {
      failure = Failure(folder: folder, reason: DescriptorOutput.words(errno: number))
    }
    buffer.removeAll()
  }
}
