internal import Bytes

/// A value's hash and its first 24 bytes, for tables of values and for what is told of them.
struct ValueText: Sendable {
  static let capacity = 24

  private(set) var hash: UInt64 = 0
  private var bytes: InlineArray<24, UInt8> = .init(repeating: 0)
  private var count: UInt8 = 0
  private var isCut = false

  init() {}

  init(_ text: Span<UInt8>) {
    // 0 means no value.
    hash = StableHash(text).high | 1
    count = UInt8(min(text.count, Self.capacity))
    isCut = text.count > Self.capacity
    for index in 0..<Int(count) { bytes[index] = text[index] }
  }

  var isNone: Bool { hash == 0 }

  var text: String {
    var out: [UInt8] = []
    for index in 0..<Int(count) { out.append(bytes[index]) }
    return String(decoding: out, as: UTF8.self) + (isCut ? "…" : "")
  }
}
