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

  package init(_ file: InputFile) throws(ReadProblem) {
    name = file.path.text
    self.file = try OpenedFile(file)
  }

  /// Appends the next block's payload to an empty arena and tells its kind; nil at the file's end.
  package func next(into arena: Arena) throws(ReadProblem) -> PartialLayout.BlockKind? {
    let head = head
    if !hasBegun { try begin(head) }
    head.truncate(to: 0)
    guard try read(PartialLayout.blockHeaderSize, into: head) else {
      if head.count == 0 { return nil }
      throw cutShort
    }
    let bytes = head.span
    guard let kind = PartialLayout.BlockKind(rawValue: bytes[0]) else { throw damaged }
    let size = Int(Self.number(bytes, at: 1, count: 4))
    let hash = Self.number(bytes, at: 5, count: 8)
    guard size <= PartialLayout.payloadLimit else { throw damaged }
    guard try read(size, into: arena) else { throw cutShort }
    guard StableHash(arena.span).high == hash else { throw damaged }
    return kind
  }

  private func begin(_ head: Arena) throws(ReadProblem) {
    hasBegun = true
    let isWhole = try read(PartialLayout.headerSize, into: head)
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
      let outcome = try file.read(
        into: arena, limit: wanted - arena.count, waiting: Patience(milliseconds: -1))
      if case .end = outcome { return false }
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
