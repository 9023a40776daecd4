/// How a captured number stands in JSON (RFC 8259 section 6).
enum NumberText: Equatable {
  /// It is a JSON number.
  case asItStands
  /// It is a number that JSON writes otherwise: `007`, `+5`, `.5`.
  case rewritten([UInt8])
  /// It is none: written as text.
  case none

  init(_ text: Span<UInt8>) {
    if NumberText.isJSON(text) {
      self = .asItStands
      return
    }
    var at = 0
    var digits: [UInt8] = []
    if at < text.count, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") {
      if text[at] == UInt8(ascii: "-") { digits.append(text[at]) }
      at += 1
    }
    while at + 1 < text.count, text[at] == UInt8(ascii: "0"), NumberText.isDigit(text[at + 1]) {
      at += 1
    }
    if at < text.count, text[at] == UInt8(ascii: ".") { digits.append(UInt8(ascii: "0")) }
    for index in at..<text.count { digits.append(text[index]) }
    if digits.last == UInt8(ascii: ".") { digits.removeLast() }
    self =
      digits.count <= 400 && NumberText.isJSON(digits.span) ? .rewritten(digits) : .none
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Whether the bytes are a JSON number.
  static func isJSON(_ text: Span<UInt8>) -> Bool {
    var at = 0
    let count = text.count
    if at < count, text[at] == UInt8(ascii: "-") { at += 1 }
    guard at < count, isDigit(text[at]) else { return false }
    if text[at] == UInt8(ascii: "0") {
      at += 1
    } else {
      while at < count, isDigit(text[at]) { at += 1 }
    }
    if at < count, text[at] == UInt8(ascii: ".") {
      at += 1
      guard at < count, isDigit(text[at]) else { return false }
      while at < count, isDigit(text[at]) { at += 1 }
    }
    if at < count, text[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < count, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") { at += 1 }
      guard at < count, isDigit(text[at]) else { return false }
      while at < count, isDigit(text[at]) { at += 1 }
    }
    return at == count
  }
}
