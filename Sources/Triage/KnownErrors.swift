internal import Bytes
internal import Model

/// The words of the run's error templates by service: whether a new one only varies one of them.
///
/// Compared are the words without wildcards and marks, in order. A template is a variation where its
/// first word is that of a known one of the same service, the two share three plain words at least, and
/// - what differs is one stretch of at most four words, no more than the plain words shared, or
/// - both have as many words, and two at most differ.
///
/// Plain are words of letters alone, not all capitals: levels, components and tickers say nothing. So
/// another venue, instrument or reason of the operating system is no news, another exception is.
/// - Limits: the first 512 templates of a service and 20,000 in all, of 48 words each.
struct KnownErrors: Sendable {
  static let perService = 512
  static let limit = 20_000
  static let wordLimit = 48
  static let shared = 3
  static let stretch = 4
  static let columns = 2

  private struct Word: Hashable, Sendable {
    var hash: UInt64
    var isPlain: Bool
  }

  private var templates: [Symbol: [[Word]]] = [:]
  private var count = 0

  /// Notes a service's error template; true where it only varies one known before.
  mutating func note(_ template: String, of service: Symbol) -> Bool {
    let words = Self.words(template)
    let known = templates[service] ?? []
    var isVariation = false
    for other in known {
      if other == words { return !words.isEmpty }
      if Self.varies(words, other) { isVariation = true }
    }
    if known.count < Self.perService, count < Self.limit {
      templates[service, default: []].append(words)
      count += 1
    }
    return isVariation
  }

  private static func varies(_ left: [Word], _ right: [Word]) -> Bool {
    guard let first = left.first, first == right.first else { return false }
    let least = min(left.count, right.count)
    var prefix = 0
    while prefix < least, left[prefix] == right[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < least - prefix, left[left.count - 1 - suffix] == right[right.count - 1 - suffix]
    {
      suffix += 1
    }
    let plain =
      left[..<prefix].count(where: \.isPlain) + left.suffix(suffix).count(where: \.isPlain)
    let longest = max(left.count, right.count) - prefix - suffix
    if plain >= shared, longest <= min(stretch, plain) { return true }
    guard left.count == right.count else { return false }
    var differing = 0
    var common = 0
    for (a, b) in zip(left, right) {
      if a != b { differing += 1 } else if a.isPlain { common += 1 }
    }
    return common >= shared && differing <= columns
  }

  private static func words(_ template: String) -> [Word] {
    let bytes = Array(template.utf8)
    var words: [Word] = []
    var at = 0
    while at < bytes.count, words.count < wordLimit {
      if let wildcard = Wildcard.standing(in: bytes.span, at: at) {
        at += wildcard.bytes.count
        continue
      }
      guard isPart(bytes[at]) else {
        at += 1
        continue
      }
      let start = at
      while at < bytes.count, isPart(bytes[at]) || isJoint(bytes, at) { at += 1 }
      words.append(word(Array(bytes[start..<at])))
    }
    return words
  }

  private static func word(_ bytes: [UInt8]) -> Word {
    let isPlain =
      bytes.count > 1 && bytes.allSatisfy { isLetter($0) }
      && !bytes.allSatisfy { $0 < 0x80 && $0 & 0x20 == 0 }
    return Word(hash: StableHash(bytes.span).high, isPlain: isPlain)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte &- 0x30 < 10 || byte == 0x5f
  }

  /// A dot, slash, hyphen or colon between parts of one name.
  private static func isJoint(_ bytes: [UInt8], _ at: Int) -> Bool {
    switch bytes[at] {
    case 0x2e, 0x2f, 0x2d, 0x40: at + 1 < bytes.count && isPart(bytes[at + 1])
    default: false
    }
  }
}
