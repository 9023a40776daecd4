internal import Bytes
internal import CCodecs

/// What stands in data objects: `NAME=value`, as it is or compressed.
struct JournalPayload: ~Copyable {
  private var zstd: ZstdDecompressor?
  private var xz: XzDecompressor?

  private static let xzFlag: UInt8 = 1
  private static let lz4Flag: UInt8 = 2
  private static let zstdFlag: UInt8 = 4
  static let compressed = xzFlag | lz4Flag | zstdFlag

  /// Where the content of a data object begins.
  @inline(__always)
  static func start(isCompact: Bool) -> Int { isCompact ? 72 : 64 }

  /// Decompresses an object's content to the end of an arena.
  ///
  /// - Parameter limit: as much of it as is wanted.
  /// - Returns: whether all of it was there within the limit; nil where it can't be decoded, and then
  ///   nothing stays in the arena.
  mutating func decompress(
    _ packed: Span<UInt8>, flags: UInt8, into arena: Arena, limit: Int
  ) -> Bool? {
    let start = arena.count
    let isWhole: Bool?
    switch flags & Self.compressed {
    case Self.zstdFlag:
      if let zstd { zstd.restart() } else { zstd = ZstdDecompressor() }
      isWhole = Self.decode(packed, zstd, into: arena, limit: limit)
    case Self.xzFlag:
      if let xz { xz.restart() } else { xz = XzDecompressor() }
      isWhole = Self.decode(packed, xz, into: arena, limit: limit)
    case Self.lz4Flag: isWhole = Self.decodeLZ4(packed, into: arena, limit: limit)
    default: isWhole = nil
    }
    if isWhole == nil { arena.truncate(to: start) }
    return isWhole
  }

  private static func decode(
    _ packed: Span<UInt8>, _ decoder: (any Decompressor)?, into arena: Arena, limit: Int
  ) -> Bool? {
    guard let decoder else { return nil }
    var at = 0
    var room = min(limit, arena.capacity - arena.count)
    while room > 0, at < packed.count {
      var step = DecodeStep(consumed: 0, produced: 0, state: .within)
      let rest = packed.extracting(at...)
      _ = unsafe arena.fill(limit: room) { output in
        unsafe rest.withUnsafeBytes { input in
          unsafe step = decoder.decode(input, into: output)
        }
        return step.produced
      }
      at += step.consumed
      room -= step.produced
      switch step.state {
      case .memberEnd: return true
      case .failed: return nil
      case .within: if step.consumed == 0, step.produced == 0 { return nil }
      }
    }
    return room == 0 ? false : nil
  }

  /// The length of the content as a word, then one block of LZ4.
  private static func decodeLZ4(
    _ packed: Span<UInt8>, into arena: Arena, limit: Int
  ) -> Bool? {
    guard packed.count > 8 else { return nil }
    let length = packed.word(at: 0)
    let room = min(UInt64(min(limit, arena.capacity - arena.count)), length, 1 << 30)
    let block = packed.extracting(8...)
    guard block.count <= 1 << 30 else { return nil }
    var result: Int32 = -1
    _ = unsafe arena.fill(limit: Int(room)) { output in
      unsafe block.withUnsafeBufferPointer { input in
        guard let from = input.baseAddress, let to = output.baseAddress else { return }
        unsafe result = from.withMemoryRebound(to: CChar.self, capacity: input.count) {
          unsafe LZ4_decompress_safe_partial(
            $0, to.assumingMemoryBound(to: CChar.self), Int32(input.count), Int32(room),
            Int32(output.count))
        }
      }
      return max(0, Int(result))
    }
    guard result >= 0, UInt64(result) == room else { return nil }
    return room == length
  }
}
