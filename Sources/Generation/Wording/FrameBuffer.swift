/// A stretch of a byte pool.
struct Piece: Sendable {
  var start: Int
  var end: Int
}

/// Text pieces stored one behind the other, so that an entry is written by copying stretches.
struct PiecePool: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ text: String) -> Piece { add(Array(text.utf8)) }

  mutating func add(_ added: [UInt8]) -> Piece {
    let start = bytes.count
    bytes.append(contentsOf: added)
    return Piece(start: start, end: bytes.count)
  }

  func text(_ piece: Piece) -> String {
    String(decoding: bytes[piece.start..<piece.end], as: UTF8.self)
  }
}

/// The bytes of one entry in the making; its memory is kept from entry to entry.
struct FrameBuffer: Sendable {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(16 << 10) }

  var count: Int { bytes.count }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ piece: Piece, of pool: PiecePool) {
    bytes.append(contentsOf: pool.bytes[piece.start..<piece.end])
  }

  mutating func append(_ literal: String) { bytes.append(contentsOf: literal.utf8) }

  mutating func append(contentsOf other: [UInt8]) { bytes.append(contentsOf: other) }

  /// Decimal digits, zeros in front up to `digits`.
  mutating func decimal(_ value: Int, digits: Int = 1) {
    var left = UInt64(max(value, 0))
    var low: UInt64 = 0
    var high: UInt64 = 0
    var written = 0
    while left > 0 || written < digits {
      let digit = 0x30 + left % 10
      left /= 10
      high = (high << 8) | (low >> 56)
      low = (low << 8) | digit
      written += 1
      if written == 16 { break }
    }
    if left > 0 { decimal(Int(left)) }
    for index in 0..<written {
      let word = index < 8 ? low >> UInt64(index * 8) : high >> UInt64((index - 8) * 8)
      bytes.append(UInt8(truncatingIfNeeded: word))
    }
  }

  /// The lowest `digits` (at most 16) hexadecimal digits, lower case.
  mutating func hex(_ value: UInt64, digits: Int) {
    var shift = (digits - 1) * 4
    while shift >= 0 {
      let nibble = UInt8(truncatingIfNeeded: (value >> UInt64(shift)) & 15)
      bytes.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
      shift -= 4
    }
  }

  /// Hexadecimal digits without zeros in front.
  mutating func hex(_ value: UInt64) {
    hex(value, digits: max(1, (67 - value.leadingZeroBitCount) / 4))
  }
}
