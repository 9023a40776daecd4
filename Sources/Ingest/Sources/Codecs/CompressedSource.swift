internal import Bytes

/// The decoded bytes of a compressed source, member after member.
///
/// What can't be decoded behind a complete member is padding and passed over, as gzip does. All that was
/// decoded before an error is delivered first.
final class CompressedSource: ByteSource {
  private static let readSize = 256 << 10

  private let source: any ByteSource
  private let decoder: any Decompressor
  private let name: String
  private let packed: Arena
  private var at = 0
  private var isWithinMember = true
  private var hasMember = false

  init(_ source: any ByteSource, first: Arena, decoder: any Decompressor, name: String) {
    self.source = source
    self.decoder = decoder
    self.name = name
    packed = Arena(capacity: max(first.count, Self.readSize))
    packed.append(first.span)
  }

  func read(into arena: Arena, limit: Int, waiting: Patience) throws(ReadProblem) -> ReadOutcome {
    while true {
      if at == packed.count {
        packed.truncate(to: 0)
        at = 0
        switch try source.read(into: packed, limit: Self.readSize, waiting: waiting) {
        case .nothing: return .nothing
        case .bytes: break
        case .end:
          guard isWithinMember else { return .end }
          throw ReadProblem(.truncated, file: name, reason: "compressed file ends too early")
        }
      }
      if !isWithinMember {
        decoder.restart()
        isWithinMember = true
      }
      let step = decode(into: arena, limit: limit)
      at += step.consumed
      switch step.state {
      case .within where step.consumed == 0 && step.produced == 0:
        throw ReadProblem(.corrupt, file: name, reason: "compressed data can't be decoded")
      case .within: break
      case .memberEnd:
        isWithinMember = false
        hasMember = true
      case .failed(let reason):
        if hasMember, step.produced == 0 { return .end }
        throw ReadProblem(.corrupt, file: name, reason: reason)
      }
      if step.produced > 0 { return .bytes }
    }
  }

  private func decode(into arena: Arena, limit: Int) -> DecodeStep {
    var step = DecodeStep(consumed: 0, produced: 0, state: .within)
    _ = unsafe arena.fill(limit: limit) { output in
      let input = unsafe UnsafeRawBufferPointer(
        start: packed.start + at, count: packed.count - at)
      unsafe step = decoder.decode(input, into: output)
      return step.produced
    }
    return step
  }
}
