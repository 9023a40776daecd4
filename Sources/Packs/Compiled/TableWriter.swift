internal import Bytes

/// Writes flat tables: numbers of 32 bits, little-endian, and lists with their length before them.
struct TableWriter {
  private(set) var out = ByteWriter(reserving: 256 << 10)

  mutating func write(_ number: Int) {
    let bits = UInt32(truncatingIfNeeded: number)
    for shift in [0, 8, 16, 24] { out.write(UInt8(truncatingIfNeeded: bits >> UInt32(shift))) }
  }

  mutating func write<Number: BinaryInteger>(_ numbers: [Number]) {
    write(numbers.count)
    for number in numbers { write(Int(number)) }
  }

  mutating func write(bytes: [UInt8]) {
    write(bytes.count)
    out.write(contentsOf: bytes)
  }

  mutating func write(text: String) { write(bytes: Array(text.utf8)) }

  mutating func write(texts: [String]) {
    write(texts.count)
    for text in texts { write(text: text) }
  }
}

/// Reads what `TableWriter` wrote, and believes none of it.
///
/// - Invariant: once something did not fit, `isSound` is false and every further answer is empty.
struct TableReader {
  private let bytes: [UInt8]
  private var at: Int
  private(set) var isSound = true

  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    at = start
  }

  var isAtEnd: Bool { at == bytes.count }

  /// Declares what was read to be wrong where `condition` does not hold.
  mutating func require(_ condition: Bool) { if !condition { isSound = false } }

  mutating func number() -> Int {
    guard take(4) else { return 0 }
    return value(at - 4)
  }

  mutating func numbers() -> [UInt32] {
    let count = number()
    guard count >= 0, count <= (bytes.count - at) / 4, take(count * 4) else {
      isSound = false
      return []
    }
    let start = at - count * 4
    return (0..<count).map { UInt32(truncatingIfNeeded: value(start + $0 * 4)) }
  }

  mutating func blob() -> [UInt8] {
    let count = number()
    guard count >= 0, take(count) else { return [] }
    return Array(bytes[(at - count)..<at])
  }

  mutating func text() -> String { String(decoding: blob(), as: UTF8.self) }

  mutating func texts() -> [String] {
    let count = number()
    require(count <= (bytes.count - at) / 4)
    guard isSound else { return [] }
    return (0..<count).map { _ in text() }
  }

  /// Goes on by `count` bytes, if there are so many.
  private mutating func take(_ count: Int) -> Bool {
    guard isSound, count >= 0, count <= bytes.count - at else {
      isSound = false
      return false
    }
    at += count
    return true
  }

  private func value(_ at: Int) -> Int {
    Int(bytes[at]) | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2]) << 16 | Int(bytes[at + 3]) << 24
  }
}
