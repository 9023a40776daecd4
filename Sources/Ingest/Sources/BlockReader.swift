package import Bytes
package import Model

/// Reads the blocks of a partial, one by one, through the codec that its first bytes call for.
///
/// What is none, is of another version, is damaged or ends too early is a problem, told once; nothing of
/// a block is handed out unless its hash holds.
package final class BlockReader {
  private let name: String
  private let file: OpenedFile
  private let head = Arena(capacity: 64)
  private var hasBegun = false
  private let waiting: Patience
  /// Somebody called before the next block was whole; nothing more is read.
  package private(set) var isInterrupted = false

  /// - Parameter wakeUp: a descriptor that ends the waiting for a pipe once it is readable.
  package init(_ file: InputFile, wakeUp: Int32? = nil) throws(ReadProblem) {
    name = file.path.text
    waiting = Patience(milliseconds: -1, wakeUp: wakeUp)
    self.file = try OpenedFile(file)
  }

  /// Appends the next block's payload to an empty arena and tells its kind; nil at the file's end, or where it was interrupted.
  package func next(into arena: Arena) throws(ReadProblem) -> PartialLayout.BlockKind? {
    let head = head
    if isInterrupted { return nil }
    if !hasBegun { try begin(head) }
    head.truncate(to: 0)
    let isHeadWhole = try isInterrupted ? false : read(PartialLayout.blockHeaderSize, into: head)
    guard isHeadWhole else {
      if head.count == 0 || isInterrupted { return nil }
      throw cutShort
    }
    let bytes = head.span
    guard let kind = PartialLayout.BlockKind(rawValue: bytes[0]) else { throw damaged }
    let size = Int(Self.number(bytes, at: 1, count: 4))
    let hash = Self.number(bytes, at: 5, count: 8)
    guard size <= PartialLayout.payloadLimit else { throw damaged }
    guard try read(size, into: arena) else {
      if isInterrupted { return nil }
      throw cutShort
    }
    guard StableHash(arena.span).high == hash else { throw damaged }
    return kind
  }

  private func begin(_ head: Arena) throws(ReadProblem) {
    hasBegun = true
    let isWhole = try read(PartialLayout.headerSize, into: head)
    if isInterrupted { return }
    guard isWhole, head.span.has(PartialLayout.magic, at: 0) else {
      throw ReadProblem(
        .unknown, file: name, reason: "is no partial (taffrail partial writes them)")
    }
    let version = Self.number(head.span, at: 16, count: 4)
    guard version == UInt64(PartialLayout.version) else {
      throw ReadProblem(
        .unknown, file: name,
        reason: "is a partial of version \(version); this taffrail reads \(PartialLayout.version)")
    }
  }

  /// Whether so many bytes came; what came of them stays in the arena.
  private func read(_ wanted: Int, into arena: Arena) throws(ReadProblem) -> Bool {
    while arena.count < wanted {
      switch try file.read(into: arena, limit: wanted - arena.count, waiting: waiting) {
      case .bytes: break
      case .end: return false
      case .nothing:
        isInterrupted = true
        return false
      }
    }
    return true
  }

  private static func number(_ bytes: Span<UInt8>, at: Int, count: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<count { number |= UInt64(bytes[at + index]) << UInt64(8 * index) }
    return number
  }

  private var cutShort: ReadProblem {
    ReadProblem(.truncated, file: name, reason: "ends before its end: the partial is not whole")
  }

  private var damaged: ReadProblem {
    ReadProblem(.corrupt, file: name, reason: "is damaged: a block is not what its hash says")
  }
}
