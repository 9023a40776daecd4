internal import Bytes
internal import Model

/// The forms in which secrets stand in texts; each answers with the bytes to take out.
///
/// All look forward only, and at most to the end of the secret itself.
enum SecretForms {
  // MARK: Forms of the word itself

  /// From `-----BEGIN … PRIVATE KEY-----` to the end of its block, or of the text.
  static func privateKey(_ text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    let start = word.lowerBound
    guard text.has("-----BEGIN", at: start) else { return nil }
    let header = find("PRIVATE KEY-----", in: text, from: start, limit: start + 64)
    guard let header else { return nil }
    guard let end = find("-----END", in: text, from: header, limit: text.count) else {
      return start..<text.count
    }
    let tail = find("KEY-----", in: text, from: end, limit: end + 64)
    return start..<(tail.map { $0 + 8 } ?? text.count)
  }

  /// A JWT, an AWS key id, or a token with its provider's prefix; in a template, what masking left of one.
  static func token(_ text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    let start = word.lowerBound
    let end = maskedEnd(text, word)
    if end > word.upperBound { return isMaskedToken(text, start..<end) ? start..<end : nil }
    if word.count >= 30, text.has("eyJ", at: start) {
      var dots = 0
      for at in word where text[at] == 0x2e { dots += 1 }
      if dots >= 2 { return word }
    }
    if word.count >= 20 {
      let isAWS =
        text.has("AKIA", at: start) || text.has("ASIA", at: start)
      if isAWS {
        var end = start
        while end < word.upperBound, isUpperOrDigit(text[end]) { end += 1 }
        if end - start == 20 { return start..<end }
      }
    }
    for prefix in providers where text.has(prefix, at: start) {
      if word.count >= prefix.utf8CodeUnitCount + 16 { return word }
    }
    return nil
  }

  /// Where a word ends with the wildcards in it and the letters and marks between them.
  private static func maskedEnd(_ text: Span<UInt8>, _ word: Range<Int>) -> Int {
    var end = word.upperBound
    while end < text.count, text[end] == 0x3c, let wildcard = Wildcard.spelled(in: text, at: end) {
      end += wildcard.bytes.count
      if end < text.count, SecretWords.isWord(text[end]) {
        end = SecretWords.wordEnd(text, from: end)
      }
    }
    return end
  }

  /// How long it was nobody can tell any more.
  private static func isMaskedToken(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    let start = word.lowerBound
    if text.has("AKIA", at: start) { return true }
    if text.has("ASIA", at: start) || text.has("eyJ", at: start) { return word.count >= 16 }
    return providers.contains { text.has($0, at: start) }
  }

  /// What GitHub, GitLab, Slack, Stripe and npm begin their tokens with.
  private static let providers: [StaticString] = [
    "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-",
    "sk_live_", "rk_live_", "npm_",
  ]

  /// 13 to 19 digits, alone or in groups set apart by one space or hyphen, of a card network's first
  /// digits and length, and right by Luhn's check (ISO/IEC 7812-1 annex B).
  static func cardNumber(_ text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    let start = word.lowerBound
    guard text[start] &- 0x33 < 4 else { return nil }
    var digits = 0
    var sum = (even: 0, odd: 0)
    var at = start
    var end = start
    while at < text.count, digits < 20 {
      let byte = text[at]
      if byte &- 0x30 < 10 {
        let digit = Int(byte &- 0x30)
        let doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2
        sum.even += digits % 2 == 0 ? doubled : digit
        sum.odd += digits % 2 == 0 ? digit : doubled
        digits += 1
        end = at + 1
      } else if byte != 0x20 && byte != 0x2d || at != end {
        break
      }
      at += 1
    }
    guard isCardLength(digits, first: text[start]) else { return nil }
    if end < text.count, SecretWords.isAlphanumeric(text[end]) || text[end] == 0x5f { return nil }
    return (digits % 2 == 0 ? sum.even : sum.odd) % 10 == 0 ? start..<end : nil
  }

  private static func isCardLength(_ digits: Int, first: UInt8) -> Bool {
    switch first {
    case 0x33: digits == 15 || digits == 14
    case 0x34: digits == 16 || digits == 13 || digits == 19
    case 0x35: digits == 16
    default: (16...19).contains(digits)
    }
  }

  private static func isUpperOrDigit(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte &- 0x41 < 26
  }

  // MARK: What follows the word

  /// The password of `scheme://user:password@host`.
  static func password(inURL text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    guard text.has("://", at: word.upperBound) else { return nil }
    var at = word.upperBound + 3
    var colon: Int?
    while at < text.count {
      switch text[at] {
      case 0x40:
        guard let colon, colon + 1 < at else { return nil }
        return (colon + 1)..<at
      case 0x3a: if colon == nil { colon = at }
      case 0x2f, 0x3f, 0x23, 0x22, 0x27, 0x00...0x20, 0x3c, 0x3e: return nil
      default: break
      }
      at += 1
    }
    return nil
  }

  /// The credentials behind `Bearer`, `Basic` or `Digest`, where they don't look like a plain word.
  static func credentials(_ text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    guard isScheme(text, word) else { return nil }
    let start = word.upperBound + 1
    guard start < text.count, text[word.upperBound] == 0x20 else { return nil }
    var end = start
    var hasMark = false
    while end < text.count, isCredential(text[end]) {
      let byte = text[end]
      if byte &- 0x30 < 10 || byte == 0x3d || (end > start && byte &- 0x41 < 26) { hasMark = true }
      end += 1
    }
    return end - start >= 8 && hasMark ? start..<end : nil
  }

  /// The value behind a name and `=` or `:`, quoted or up to a separator.
  static func value(of text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    var at = skipQuotes(text, from: skipSpaces(text, from: skipQuotes(text, from: word.upperBound)))
    guard at < text.count, text[at] == 0x3d || text[at] == 0x3a else { return nil }
    at += 1
    if at < text.count, text[at] == 0x3e { at += 1 }
    at = skipSpaces(text, from: at)
    let opening = at
    at = skipQuotes(text, from: at)
    guard at < text.count else { return nil }
    let quote: UInt8 = at > opening ? text[at - 1] : 0
    let isPlainQuote = at == opening + 1
    at = skipScheme(text, from: at)
    var end = at
    while end < text.count, !ends(text[end], quote: quote) {
      let isEscape = isPlainQuote && text[end] == 0x5c && end + 1 < text.count
      end += isEscape ? 2 : 1
    }
    if quote != 0, !isPlainQuote, end > at, text[end - 1] == 0x5c { end -= 1 }
    return end > at && !isPlaceholder(text, at..<end) ? at..<end : nil
  }

  private static func ends(_ byte: UInt8, quote: UInt8) -> Bool {
    if quote != 0 { return byte == quote || byte == 0x0a }
    switch byte {
    case 0x00...0x20, 0x2c, 0x3b, 0x26, 0x29, 0x7d, 0x5d, 0x22, 0x27, 0x5c: return true
    default: return false
    }
  }

  /// Behind `Bearer ` and its like, where more follows.
  private static func skipScheme(_ text: Span<UInt8>, from start: Int) -> Int {
    let end = SecretWords.wordEnd(text, from: start)
    guard isScheme(text, start..<end), end + 1 < text.count, text[end] == 0x20 else {
      return start
    }
    return end + 1
  }

  private static func isScheme(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    SecretWords.equals(text, word, "bearer") || SecretWords.equals(text, word, "basic")
      || SecretWords.equals(text, word, "digest") || SecretWords.equals(text, word, "negotiate")
  }

  private static func isCredential(_ byte: UInt8) -> Bool {
    SecretWords.isWord(byte) || byte == 0x7e || byte == 0x2b || byte == 0x2f || byte == 0x3d
  }

  /// No secret: nothing, a truth value, a template's wildcard, or what was redacted before.
  private static func isPlaceholder(_ text: Span<UInt8>, _ value: Range<Int>) -> Bool {
    let first = text[value.lowerBound]
    if first == 0x3c, text[value.upperBound - 1] == 0x3e { return true }
    if text.has("[redacted", at: value.lowerBound) { return true }
    for word: StaticString in ["null", "nil", "none", "true", "false", "undefined"]
    where SecretWords.equals(text, value, word) {
      return true
    }
    for at in value where text[at] != 0x2a && text[at] != 0x78 { return false }
    return value.count >= 3
  }

  private static func skipSpaces(_ text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.count, text[at] == 0x20, at < start + 4 { at += 1 }
    return at
  }

  /// Past one quotation mark, escaped or not.
  private static func skipQuotes(_ text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    if at < text.count, text[at] == 0x5c { at += 1 }
    guard at < text.count, text[at] == 0x22 || text[at] == 0x27 else { return start }
    return at + 1
  }

  private static func find(
    _ literal: StaticString, in text: Span<UInt8>, from: Int, limit: Int
  ) -> Int? {
    let end = min(limit, text.count)
    var at = from
    while at < end {
      if text.has(literal, at: at) { return at }
      at += 1
    }
    return nil
  }
}
