internal import Bytes

/// A value's hash and its first 24 bytes, for tables of values and for what is told of them.
///
/// In values of more than 15 bytes (longer than an IPv4 address) a run of digits counts as one: a reason that names a
/// process or a port is the same reason.
struct ValueText: Sendable {
  static let capacity = 24

  private(set) var hash: UInt64 = 0
  private var bytes: InlineArray<24, UInt8> = .init(repeating: 0)
  private var count: UInt8 = 0
  private var isCut = false

  init() {}

  @inline(__always)
  var touch: Int { Int(truncatingIfNeeded: hash) }

  init(_ text: Span<UInt8>) {
    // 0 means no value.
    hash = (text.count > 15 ? Self.hash(ofLong: text) : StableHash(text).high) | 1
    count = UInt8(min(text.count, Self.capacity))
    isCut = text.count > Self.capacity
    for index in 0..<Int(count) { bytes[index] = text[index] }
  }

  private static func hash(ofLong text: Span<UInt8>) -> UInt64 {
    var state = StableHash.Absorber()
    var wasDigit = false
    for index in 0..<min(text.count, 256) {
      let isDigit = text[index] &- 0x30 < 10
      if !isDigit || !wasDigit { state.absorb(isDigit ? 0x30 : UInt64(text[index])) }
      wasDigit = isDigit
    }
    return state.finish(length: 0).high
  }

  var text: String {
    var out: [UInt8] = []
    for index in 0..<Int(count) { out.append(bytes[index]) }
    return String(decoding: out, as: UTF8.self) + (isCut ? "…" : "")
  }
}
