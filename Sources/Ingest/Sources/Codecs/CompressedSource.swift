internal import Bytes

/// The decoded bytes of a compressed source, member after member.
///
/// Zeros between members are padding; what doesn't begin like a member behind a complete one is passed
/// over and counted, as gzip does. All that was decoded before an error is delivered first.
final class CompressedSource: ByteSource {
  private static let readSize = 256 << 10

  private let source: any ByteSource
  private let decoder: any Decompressor
  private let name: String
  private let packed: Arena
  private var at = 0
  private var isWithinMember = true
  private let codec: Codec
  /// Bytes behind the last member that are none of it.
  private(set) var passedOver = 0
  private var isPassingOver = false
  /// What is left to be given of a member that breaks off.
  private var remainder: ArraySlice<UInt8>?

  init(
    _ source: any ByteSource, first: Arena, codec: Codec, decoder: any Decompressor, name: String
  ) {
    self.source = source
    self.codec = codec
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
          if giveRemainder(to: arena, limit: limit) { return .bytes }
          throw ReadProblem(.truncated, file: name, reason: "compressed file ends too early")
        }
      }
      if isPassingOver {
        passOver()
        continue
      }
      if !isWithinMember {
        guard let byte = passZeros() else { continue }
        guard codec.mayBegin(with: byte) else {
          isPassingOver = true
          continue
        }
        decoder.restart()
        isWithinMember = true
      }
      let step = decode(into: arena, limit: limit)
      at += step.consumed
      switch step.state {
      case .within where step.consumed == 0 && step.produced == 0:
        throw ReadProblem(.corrupt, file: name, reason: "compressed data can't be decoded")
      case .within: break
      case .memberEnd: isWithinMember = false
      case .failed(let reason):
        throw ReadProblem(.corrupt, file: name, reason: reason)
      }
      if step.produced > 0 { return .bytes }
    }
  }

  private func passOver() {
    passedOver += packed.count - at
    at = packed.count
  }

  /// Gives what a torn member still tells; false where that is all.
  private func giveRemainder(to arena: Arena, limit: Int) -> Bool {
    let rest = remainder ?? decoder.remainder()[...]
    let part = Array(rest.prefix(max(1, limit)))
    remainder = rest.dropFirst(part.count)
    guard !part.isEmpty else { return false }
    return arena.append(part.span) != nil
  }

  /// The first byte that is no padding; nil where more bytes are needed.
  private func passZeros() -> UInt8? {
    let packed = packed
    let bytes = packed.span
    while at < bytes.count, bytes[at] == 0 { at += 1 }
    return at < bytes.count ? bytes[at] : nil
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
