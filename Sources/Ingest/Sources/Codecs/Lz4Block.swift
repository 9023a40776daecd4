/// The LZ4 block that was torn off: decoded up to where its bytes end.
///
/// liblz4 hands out whole blocks alone, which hold up to 4 MiB; a small file is a single one. So the bytes of
/// the block at hand are kept, and where the file ends within it, they are decoded here (LZ4 Block Format:
/// a token, literals, an offset, a match), as far as they go.
/// - Limits: a block's compressed bytes, and 64 KiB of what was decoded before it.
struct Lz4Tail {
  private enum Part {
    case header(left: Int)
    case size
    case data(left: Int, isPacked: Bool)
    case checksum(left: Int)
    case other
  }

  private static let window = 64 << 10
  /// The largest block that the format has.
  private static let blockLimit = 4 << 20

  private var part = Part.header(left: 6)
  private var head: [UInt8] = []
  private var block: [UInt8] = []
  private var history: [UInt8] = []
  private var hasChecksums = false

  /// Takes note of bytes that the library has taken.
  mutating func consume(_ bytes: borrowing Span<UInt8>) {
    var at = 0
    while at < bytes.count {
      switch part {
      case .other: return
      case .header(let left):
        head.append(bytes[at])
        at += 1
        part = .header(left: left - 1)
        if head.count == 6 { readFlags() }
        if case .header(let left) = part, left == 0 { begin() }
      case .size:
        head.append(bytes[at])
        at += 1
        if head.count == 4 { beginBlock() }
      case .data(let left, let isPacked):
        let count = min(left, bytes.count - at)
        for index in at..<(at + count) { block.append(bytes[index]) }
        at += count
        part = .data(left: left - count, isPacked: isPacked)
        if left == count { endBlock() }
      case .checksum(let left):
        at += 1
        part = .checksum(left: left - 1)
        if left == 1 { begin() }
      }
    }
  }

  /// Takes note of bytes that the library has given.
  mutating func produce(_ bytes: borrowing Span<UInt8>) {
    let start = max(0, bytes.count - Self.window)
    let surplus = history.count + bytes.count - start - Self.window
    if surplus > 0 { history.removeFirst(min(surplus, history.count)) }
    for index in start..<bytes.count { history.append(bytes[index]) }
  }

  /// What the torn block holds.
  func decoded() -> [UInt8] {
    guard case .data(_, let isPacked) = part else { return [] }
    return isPacked ? unpacked() : block
  }

  private mutating func readFlags() {
    let flags = head[4]
    guard head[0] == 0x04, head[3] == 0x18 else { return part = .other }
    hasChecksums = flags & 0x10 != 0
    // A header checksum, and a content size and a dictionary's id where the flags say so.
    part = .header(left: 1 + (flags & 0x08 != 0 ? 8 : 0) + (flags & 0x01 != 0 ? 4 : 0))
  }

  private mutating func begin() {
    head.removeAll(keepingCapacity: true)
    block.removeAll(keepingCapacity: true)
    part = .size
  }

  private mutating func beginBlock() {
    var size = 0
    for (index, byte) in head.enumerated() { size |= Int(byte) << (8 * index) }
    let count = size & 0x7fff_ffff
    part =
      count > 0 && count <= Self.blockLimit
      ? .data(left: count, isPacked: size >> 31 == 0) : .other
  }

  private mutating func endBlock() {
    if hasChecksums { part = .checksum(left: 4) } else { begin() }
    block.removeAll(keepingCapacity: true)
  }

  private func unpacked() -> [UInt8] {
    var out = history
    var at = 0
    while at < block.count, out.count - history.count < Self.blockLimit {
      let token = Int(block[at])
      at += 1
      let literals = length(token >> 4, &at)
      let end = min(at + literals, block.count)
      out.append(contentsOf: block[at..<end])
      at = end
      guard at + 2 <= block.count else { break }
      let offset = Int(block[at]) | Int(block[at + 1]) << 8
      at += 2
      let match = length(token & 15, &at) + 4
      guard offset > 0, offset <= out.count else { break }
      for _ in 0..<min(match, Self.blockLimit) { out.append(out[out.count - offset]) }
    }
    return Array(out.dropFirst(history.count).prefix(Self.blockLimit))
  }

  private func length(_ start: Int, _ at: inout Int) -> Int {
    var length = start
    guard start == 15 else { return length }
    while at < block.count {
      let byte = Int(block[at])
      at += 1
      length += byte
      if byte != 255 { break }
    }
    return length
  }
}
