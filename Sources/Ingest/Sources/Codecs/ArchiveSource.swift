internal import Bytes
internal import CArchive

/// The decoded bytes of a source in a format that libarchive knows as a filter.
@safe
final class ArchiveSource: ByteSource {
  private let input: Input
  private let archive: OpaquePointer
  private let name: String

  /// What libarchive reads from.
  private final class Input {
    static let readSize = 256 << 10
    let source: any ByteSource
    let packed: Arena
    var isFirst = true
    var waiting = Patience(milliseconds: -1)
    var problem: ReadProblem?

    init(_ source: any ByteSource, first: Arena) {
      self.source = source
      packed = Arena(capacity: max(first.count, Input.readSize))
      packed.append(first.span)
    }

    /// The next stretch of packed bytes; none at the end.
    func refill() -> Int {
      if isFirst {
        isFirst = false
        return packed.count
      }
      packed.truncate(to: 0)
      do {
        _ = try source.read(into: packed, limit: Input.readSize, waiting: waiting)
      } catch {
        problem = error
      }
      return packed.count
    }
  }

  init(_ source: any ByteSource, first: Arena, name: String) throws(ReadProblem) {
    self.name = name
    input = Input(source, first: first)
    guard let made = unsafe archive_read_new() else {
      throw ReadProblem(.failed, file: name, reason: "no memory to decompress it")
    }
    unsafe archive = made
    unsafe archive_read_support_filter_all(archive)
    unsafe archive_read_support_format_raw(archive)
    unsafe archive_read_support_format_empty(archive)
    let context = unsafe Unmanaged.passUnretained(input).toOpaque()
    var entry: OpaquePointer?
    guard
      unsafe archive_read_open(
        archive, context, nil,
        { _, context, block in
          guard let context = unsafe context, let block = unsafe block else { return 0 }
          let input = unsafe Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
          let count = input.refill()
          unsafe block.pointee = input.packed.start
          return count
        }, nil) == ARCHIVE_OK,
      unsafe archive_read_next_header(archive, &entry) == ARCHIVE_OK
    else { throw problem() }
  }

  deinit { unsafe archive_read_free(archive) }

  /// Waits inside libarchive; a wake-up ends the source.
  func read(into arena: Arena, limit: Int, waiting: Patience) throws(ReadProblem) -> ReadOutcome {
    input.waiting = Patience(milliseconds: -1, wakeUp: waiting.wakeUp)
    var failed = false
    let count = unsafe arena.fill(limit: limit) { buffer in
      let count = unsafe archive_read_data(archive, buffer.baseAddress, buffer.count)
      failed = count < 0
      return max(0, count)
    }
    if failed { throw problem() }
    return count > 0 ? .bytes : .end
  }

  private func problem() -> ReadProblem {
    if let problem = input.problem { return problem }
    let text = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    return ReadProblem(.corrupt, file: name, reason: text ?? "compressed data can't be decoded")
  }
}
