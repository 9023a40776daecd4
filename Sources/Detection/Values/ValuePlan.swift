internal import Bytes
internal import Model

/// Where the values stand in the messages of one shape: literals with wildcards between them.
///
/// Made once for a shape from its template's text. A message is walked from the left: each literal is looked for behind
/// the value before it, a space standing for any run of white space, and a value takes as little as it can
/// (`Grouping.Parameters` says the same of output). Where a literal is not found the message gives no value.
/// A parameter is known by its label: its kind, the word before it and how often that pair has stood before, so that a
/// template that generalises elsewhere keeps it.
/// - Limits: 4 measures and 3 texts of a template; literals of 512 bytes together; messages up to 2 KiB.
struct ValuePlan: Sendable {
  static let measureLimit = 4
  static let textLimit = 3
  static let literalLimit = 512
  static let messageLimit = 2048

  struct Slot: Sendable {
    var label: UInt64
    /// Nil for a text.
    var measure: Measure?
    var word: String
  }

  /// Behind each literal but the last one stands a wildcard: the slot that takes it, or -1.
  private struct Step: Sendable {
    var literal: Range<Int>
    var slot: Int32
  }

  private(set) var slots: [Slot] = []
  private var literals: [UInt8] = []
  private var steps: [Step] = []

  /// Reads of the plan what walking a message reads first.
  @inline(__always)
  var touch: Int { steps[0].literal.upperBound &+ Int(literals.first ?? 0) }

  /// Nil where the template has no value that is watched.
  init?(_ template: [UInt8]) {
    var at = 0
    var start = 0
    var measures = 0
    var texts = 0
    var seen: [UInt64: UInt64] = [:]
    while at < template.count {
      guard let wildcard = Wildcard.standing(in: template.span, at: at) else {
        let isEscape =
          template[at] == 0x5c && Wildcard.spelled(in: template.span, at: at + 1) != nil
        if !isEscape { literals.append(template[at]) }
        at += 1
        continue
      }
      let after = at + wildcard.bytes.count
      let before = Self.wordBefore(template, at)
      let measure = Self.measure(wildcard, before, Self.wordAfter(template, after))
      let isText = Self.isText(wildcard)
      var slot: Int32 = -1
      if measure != nil && measures < Self.measureLimit || isText && texts < Self.textLimit {
        slot = Int32(slots.count)
        let hash = StableHash(before.span).high &* 31 &+ UInt64(wildcard.rawValue)
        let turn = seen[hash, default: 0]
        seen[hash] = turn + 1
        slots.append(
          Slot(
            label: hash &+ turn &* 0x9e37_79b9_7f4a_7c15, measure: measure,
            word: String(decoding: before, as: UTF8.self)))
        if measure != nil { measures += 1 } else { texts += 1 }
      }
      steps.append(Step(literal: start..<literals.count, slot: slot))
      start = literals.count
      at = after
    }
    steps.append(Step(literal: start..<literals.count, slot: -1))
    guard !slots.isEmpty, literals.count <= Self.literalLimit else { return nil }
  }

  /// Durations and sizes are measures wherever they stand; a bare number is one where a word beside it says that it
  /// counts something, since most numbers are names (of processes, ports, orders, lines).
  private static func measure(
    _ wildcard: Wildcard, _ before: [UInt8], _ after: [UInt8]
  ) -> Measure? {
    switch wildcard {
    case .duration: return .duration
    case .size: return .size
    case .num:
      if let known = QuantityWords.measure(before) { return known }
      return QuantityWords.measureOfUnit(after)
    default: return nil
    }
  }

  private static func isText(_ wildcard: Wildcard) -> Bool {
    switch wildcard {
    case .any, .ip, .path, .id: true
    default: false
    }
  }

  /// The letters of the last word that ends before `end`, marks between passed over.
  private static func wordBefore(_ text: [UInt8], _ end: Int) -> [UInt8] {
    var last = end
    while last > 0, end - last < 3, !isLetter(text[last - 1]) {
      if text[last - 1] == 0x3e { return [] }
      last -= 1
    }
    var first = last
    while first > 0, isLetter(text[first - 1]) || text[first - 1] == 0x5f { first -= 1 }
    return Array(text[first..<last].suffix(24))
  }

  private static func wordAfter(_ text: [UInt8], _ start: Int) -> [UInt8] {
    var first = start
    while first < text.count, first - start < 2, text[first] == 0x20 || text[first] == 0x25 {
      if text[first] == 0x25 { return [0x25] }
      first += 1
    }
    var last = first
    while last < text.count, isLetter(text[last]) { last += 1 }
    return Array(text[first..<last].prefix(24))
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Hands out the values of a message, each with its slot; false where the message is not as the shape says.
  func walk(
    _ message: Span<UInt8>, into values: inout InlineArray<8, ValuePlace>
  ) -> Int? {
    var end = min(message.count, Self.messageLimit)
    guard message.count == end else { return nil }
    while end > 0, message[end - 1] <= 0x20 { end -= 1 }
    let steps = steps.span
    let literals = literals.span
    var at = 0
    while at < end, message[at] <= 0x20 { at += 1 }
    guard let begun = Self.match(literals, steps[0].literal, message, at, end) else { return nil }
    at = begun
    var count = 0
    for index in 1..<steps.count {
      let slot = steps[index - 1].slot
      let literal = steps[index].literal
      var from = at
      var after = end
      if literal.isEmpty {
        from = end
      } else {
        let byte = literals[literal.lowerBound]
        while true {
          while from < end, message[from] != byte, !(byte == 0x20 && message[from] <= 0x20) {
            from &+= 1
          }
          guard from < end else { return nil }
          if let matched = Self.match(literals, literal, message, from, end) {
            after = matched
            break
          }
          from &+= 1
        }
      }
      if slot >= 0, count < 8 {
        values[count] = ValuePlace(slot: slot, start: Int32(at), end: Int32(from))
        count += 1
      }
      at = after
      if literal.isEmpty, index < steps.count - 1 { return nil }
    }
    return at == end ? count : nil
  }

  @inline(__always)
  private static func match(
    _ literals: Span<UInt8>, _ literal: Range<Int>, _ message: Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int? {
    var at = start
    for index in literal {
      let byte = literals[index]
      if byte == 0x20 {
        guard at < end, message[at] <= 0x20 else { return nil }
        while at < end, message[at] <= 0x20 { at &+= 1 }
      } else {
        guard at < end, message[at] == byte else { return nil }
        at &+= 1
      }
    }
    return at
  }
}

/// Where a value stands in its message.
struct ValuePlace: Sendable {
  var slot: Int32 = 0
  var start: Int32 = 0
  var end: Int32 = 0
}
