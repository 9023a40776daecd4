internal import Bytes

/// Cuts pieces of bytes into lines; the end of one piece is kept for the next.
///
/// - Limits: a line over `limit` bytes is handed on as nil, once, and passed over to its end.
struct LineSplitter: ~Copyable {
  /// 1 MiB, as for log lines.
  static let limit = 1 << 20

  private var held = ByteBuffer(capacity: 4096)
  private var isTooLong = false

  /// Hands each whole line to `take`, without its line feed and a carriage return before that.
  mutating func cut<E: Error>(
    _ piece: Span<UInt8>, _ take: (Span<UInt8>?) throws(E) -> Void
  ) throws(E) {
    var from = 0
    while let end = piece.scan(for: 0x0a, from: from) {
      try finish(piece.extracting(from..<end), take)
      from = end + 1
    }
    hold(piece.extracting(from..<piece.count))
  }

  /// Hands on what has no line feed at the input's end.
  mutating func end<E: Error>(_ take: (Span<UInt8>?) throws(E) -> Void) throws(E) {
    if !held.isEmpty || isTooLong { try finish(Span(), take) }
  }

  private mutating func hold(_ rest: Span<UInt8>) {
    guard !isTooLong else { return }
    isTooLong = held.count + rest.count > Self.limit
    if isTooLong { held.removeAll() } else { held.write(rest) }
  }

  private mutating func finish<E: Error>(
    _ rest: Span<UInt8>, _ take: (Span<UInt8>?) throws(E) -> Void
  ) throws(E) {
    if held.isEmpty, !isTooLong, rest.count <= Self.limit { return try take(Self.line(rest)) }
    hold(rest)
    let wasTooLong = isTooLong
    isTooLong = false
    defer { held.removeAll() }
    if wasTooLong { try take(nil) } else { try take(Self.line(held.span)) }
  }

  @_lifetime(copy bytes)
  private static func line(_ bytes: Span<UInt8>) -> Span<UInt8> {
    guard bytes.count > 0, bytes[bytes.count - 1] == 0x0d else { return bytes }
    return bytes.extracting(0..<bytes.count - 1)
  }
}
