internal import Bytes
internal import Model

/// What a masked text alone says of its entry's severity and subject.
struct TextEvidence: Equatable, Sendable {
  enum Strength: UInt8, Sendable {
    case none
    /// Told by the wording: `failed to …`.
    case prose
    /// Told by a level that is written out: `ERROR …`, `[warn]`, `level=error`.
    case level
  }

  var severity = Severity.unknown
  var strength = Strength.none
  var category = Category.other
}

/// The anchored text rules; a pure function of the masked text.
///
/// First a level that is written out: a known level in capitals or brackets among the first four
/// words, first and followed by a colon, klog's `E<num>`, or as the value of `level=`. Else complaints by
/// their words, each judged by what stands around it: `no errors`, `0 errors`, `error=0`, `"err":null`,
/// `failed=<num>`, `error rate`, `without error` and names such as `error.log` or `on_error` are none. A
/// number is masked, so that `error=<num>` says nothing.
struct TextRules: Sendable {
  private let words = TextWords()
  private let subjects = SubjectWords()
  private static let headWords = 4

  func evidence(_ text: Span<UInt8>, _ scratch: inout TextTokens) -> TextEvidence {
    scratch.read(text)
    let tokens = scratch.tokens
    var evidence = TextEvidence()
    evidence.category = subjects.category(tokens)
    if let level = writtenLevel(text, tokens) {
      evidence.severity = level
      evidence.strength = .level
    } else if let severity = complaint(text, tokens, evidence.category) {
      evidence.severity = severity
      evidence.strength = .prose
    }
    return evidence
  }

  private func writtenLevel(_ text: Span<UInt8>, _ tokens: [TextTokens.Token]) -> Severity? {
    var seen = 0
    for index in tokens.indices {
      let token = tokens[index]
      guard token.kind == .word else { continue }
      if case .levelKey? = words.roles[token.key], let level = value(after: index, tokens) {
        return level
      }
      guard seen < Self.headWords else { continue }
      seen += 1
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      if seen == 1, index == 0, token.range.count == 1, let next, next.kind == .wildcard,
        !next.isSpaced, let level = Self.letter(text[token.range.lowerBound])
      {
        return level
      }
      guard let level = words.levels[token.key] else { continue }
      let before = index > 0 ? tokens[index - 1] : nil
      let isJoined = !token.isSpaced && (before.map { Self.joins($0.mark) } ?? false)
      if token.isUpper, token.range.count > 2, !isJoined, next.map({ !Self.glued($0) }) ?? true {
        return level
      }
      if let before, let next, before.mark == 0x5b, next.mark == 0x5d { return level }
      if let before, let next, before.mark == 0x28, next.mark == 0x29 { return level }
      if index == 0, let next, next.mark == 0x3a, !next.isSpaced {
        let after = index + 2 < tokens.count ? tokens[index + 2] : nil
        if after.map({ isNothing($0) }) ?? false { continue }
        return level
      }
    }
    return nil
  }

  /// The level after a key: past quotes, one `=` or `:`, quotes.
  private func value(after index: Int, _ tokens: [TextTokens.Token]) -> Severity? {
    var at = index + 1
    while at < tokens.count, Self.isQuote(tokens[at].mark) { at += 1 }
    guard at < tokens.count, tokens[at].mark == 0x3d || tokens[at].mark == 0x3a else { return nil }
    at += 1
    while at < tokens.count, Self.isQuote(tokens[at].mark) { at += 1 }
    guard at < tokens.count, tokens[at].kind == .word else { return nil }
    return words.levels[tokens[at].key]
  }

  private func complaint(
    _ text: Span<UInt8>, _ tokens: [TextTokens.Token], _ category: Category
  ) -> Severity? {
    var worst: Severity?
    var position = 0
    func raise(_ severity: Severity) { worst = max(worst ?? severity, severity) }
    for index in tokens.indices where tokens[index].kind == .word {
      let token = tokens[index]
      position += 1
      guard let role = words.roles[token.key] else {
        if isExceptionName(text, token.range) { raise(.error) }
        if isPair(index, "out", "of", "memory", tokens) { raise(.critical) }
        if isPair(index, "timed", "out", nil, tokens) { raise(.warning) }
        if isPair(index, "could", "not", nil, tokens) { raise(position <= 6 ? .error : .warning) }
        if isPair(index, "core", "dumped", nil, tokens) { raise(.error) }
        continue
      }
      switch role {
      case .complaint:
        if isMeant(index, tokens) { raise(category == .security ? .warning : .error) }
      case .fatal:
        let colon = index + 1 < tokens.count && tokens[index + 1].mark == 0x3a
        if isMeant(index, tokens), position <= 3 || colon { raise(.critical) }
      case .crash: if isMeant(index, tokens) { raise(.error) }
      case .inability: raise(position <= 6 ? .error : .warning)
      case .concern: if isMeant(index, tokens), !isSetting(index, tokens) { raise(.warning) }
      case .level(.warning): if isMeant(index, tokens), position == 1 { raise(.warning) }
      default: break
      }
    }
    return worst
  }

  /// Whether a complaining word complains, by what stands before and after it.
  private func isMeant(_ index: Int, _ tokens: [TextTokens.Token]) -> Bool {
    let token = tokens[index]
    var before = index - 1
    if before >= 0, !token.isSpaced, Self.joins(tokens[before].mark) { return false }
    while before >= 0, Self.isQuote(tokens[before].mark) { before -= 1 }
    if before >= 0, takesBack(tokens[before]) { return false }
    if before >= 1, let role = words.roles[tokens[before].key], case .complaint = role,
      takesBack(tokens[before - 1])
    {
      return false
    }
    if before >= 1, tokens[before].key == WordKey("an") || tokens[before].key == WordKey("any"),
      takesBack(tokens[before - 1])
    {
      return false
    }
    var at = index + 1
    var sawQuote = false
    while at < tokens.count, Self.isQuote(tokens[at].mark) {
      sawQuote = true
      at += 1
    }
    guard at < tokens.count else { return true }
    let next = tokens[at]
    if next.mark == 0x3d || next.mark == 0x3a { return isComplaintValue(at, tokens, next.mark) }
    if sawQuote { return true }
    if next.kind == .wildcard { return next.key != Self.number }
    if !next.isSpaced, Self.joins(next.mark), at + 1 < tokens.count, !tokens[at + 1].isSpaced,
      tokens[at + 1].kind != .mark
    {
      return false
    }
    if case .topic? = words.roles[next.key] { return false }
    if next.key == WordKey("code"), at + 1 < tokens.count {
      let code = tokens[at + 1]
      if code.mark == 0x3d || code.mark == 0x3a { return isComplaintValue(at + 1, tokens, 0x3d) }
      return !isNothing(code) && code.key != Self.number
    }
    return !isNothing(next)
  }

  /// Whether the value after `error=` or `error:` tells of one; `mark` stands at `at`.
  private func isComplaintValue(_ at: Int, _ tokens: [TextTokens.Token], _ mark: UInt8) -> Bool {
    var value = at + 1
    var quotes = 0
    while value < tokens.count, Self.isQuote(tokens[value].mark) {
      quotes += 1
      value += 1
    }
    if quotes >= 2 { return false }
    guard value < tokens.count else { return mark == 0x3a && quotes == 0 }
    let first = tokens[value]
    if isNothing(first) || first.key == Self.number { return false }
    if first.kind == .wildcard { return mark == 0x3a }
    if mark == 0x3d, first.isSpaced, quotes == 0 { return false }
    switch first.mark {
    case 0x5b, 0x7b:
      return value + 1 < tokens.count && tokens[value + 1].mark != 0x5d
        && tokens[value + 1].mark != 0x7d
    case 0x2c, 0x7d, 0x29, 0x3b: return false
    default: return true
    }
  }

  /// `timeout: <duration>`: a setting's value, no complaint.
  private func isSetting(_ index: Int, _ tokens: [TextTokens.Token]) -> Bool {
    index + 2 < tokens.count && tokens[index + 1].mark == 0x3a
      && tokens[index + 2].kind == .wildcard
  }

  private func takesBack(_ token: TextTokens.Token) -> Bool {
    if token.key == Self.number || token.key == Self.zero { return true }
    if case .negation? = words.roles[token.key] { return true }
    if case .nothing? = words.roles[token.key] { return token.key == WordKey("no") }
    return false
  }

  private func isNothing(_ token: TextTokens.Token) -> Bool {
    if case .nothing? = words.roles[token.key] { return token.kind == .word }
    return false
  }

  /// `NullPointerException`, `ValueError`: in mixed case, ending so.
  private func isExceptionName(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 6, text[range.lowerBound] &- 0x41 < 26 else { return false }
    return text.has("Error", at: range.upperBound - 5)
      || range.count > 9 && text.has("Exception", at: range.upperBound - 9)
  }

  private func isPair(
    _ index: Int, _ first: String, _ second: String, _ third: String?,
    _ tokens: [TextTokens.Token]
  ) -> Bool {
    guard tokens[index].key == WordKey(first), index + 1 < tokens.count,
      tokens[index + 1].key == WordKey(second)
    else { return false }
    guard let third else { return true }
    return index + 2 < tokens.count && tokens[index + 2].key == WordKey(third)
  }

  private static let number = WordKey("<num>")
  private static let zero = WordKey("0")

  private static func isQuote(_ mark: UInt8) -> Bool {
    mark == 0x22 || mark == 0x27 || mark == 0x5c || mark == 0x60
  }

  /// Marks that join a word to a longer name: `error.log`, `on-error`, `/error`.
  private static func joins(_ mark: UInt8) -> Bool {
    mark == 0x2e || mark == 0x2d || mark == 0x2f || mark == 0x40 || mark == 0x24
  }

  private static func glued(_ next: TextTokens.Token) -> Bool {
    !next.isSpaced && (joins(next.mark) || next.mark == 0x3d)
  }

  private static func letter(_ byte: UInt8) -> Severity? {
    switch byte {
    case 0x45: .error
    case 0x57: .warning
    case 0x49: .info
    case 0x46: .critical
    default: nil
    }
  }
}
