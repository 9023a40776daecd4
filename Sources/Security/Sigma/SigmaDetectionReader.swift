internal import Model
internal import PatternMatching
internal import YAML

/// Reads the selections of a rule: maps (all of their fields), lists (any of their items), keywords.
struct SigmaDetectionReader {
  /// Values for `expand`, by the placeholder's name.
  let placeholders: [String: [String]]
  /// What the rule asks for and this version can't do; the first of it.
  private(set) var unsupported: ConfigurationError?

  /// Values in one selection, forms of encodings included.
  private static let valueLimit = 20_000

  init(placeholders: [String: [String]] = [:]) { self.placeholders = placeholders }

  mutating func refuse(_ error: ConfigurationError) { unsupported = unsupported ?? error }

  mutating func selection(_ node: YAMLNode) throws(ConfigurationError) -> SigmaExpression {
    switch node.content {
    case .mapping(let pairs):
      guard !pairs.isEmpty else { throw node.error("a selection without a field") }
      var parts: [SigmaExpression] = []
      for pair in pairs { parts.append(try field(pair.key, pair.value)) }
      return parts.count == 1 ? parts[0] : .all(parts)
    case .sequence(let items):
      guard !items.isEmpty else { throw node.error("a selection without values") }
      var parts: [SigmaExpression] = []
      for item in items { parts.append(try selection(item)) }
      return parts.count == 1 ? parts[0] : .any(parts)
    case .scalar:
      let modifiers = try SigmaModifiers(["contains"], in: node)
      return try value(node, of: nil, modifiers, key: node)
    }
  }

  private mutating func field(
    _ key: YAMLNode, _ node: YAMLNode
  ) throws(ConfigurationError) -> SigmaExpression {
    let words = try key.text().split(separator: "|", omittingEmptySubsequences: false)
      .map(String.init)
    let name = words[0]
    var modifierWords = Array(words.dropFirst())
    if name.isEmpty, !modifierWords.contains("re"), !modifierWords.contains("contains") {
      modifierWords.append("contains")
    }
    let modifiers = try SigmaModifiers(modifierWords, in: key)
    let items: [YAMLNode]
    switch node.content {
    case .sequence(let list):
      guard !list.isEmpty else { throw node.error("'\(name)' without a value") }
      items = list
    case .scalar: items = [node]
    case .mapping:
      throw node.error("a value or a list of values is wanted here", found: node.kind)
    }
    var parts: [SigmaExpression] = []
    for item in items {
      parts.append(try value(item, of: name.isEmpty ? nil : name, modifiers, key: key))
    }
    let joined: SigmaExpression =
      parts.count == 1 ? parts[0] : modifiers.joinsAll ? .all(parts) : .any(parts)
    if joined.size > Self.valueLimit {
      throw key.error("more than \(Self.valueLimit) values", found: "\(joined.size)")
    }
    return modifiers.negates ? .not(joined) : joined
  }

  private mutating func value(
    _ node: YAMLNode, of field: String?, _ modifiers: SigmaModifiers, key: YAMLNode
  ) throws(ConfigurationError) -> SigmaExpression {
    if modifiers.asksExistence {
      let exists = SigmaExpression.test(SigmaTest(field: field, comparison: .exists))
      return try node.flag() ? exists : .not(exists)
    }
    if node.isNull { return .test(SigmaTest(field: field, comparison: .missing)) }
    guard case .scalar(let written, _) = node.content else {
      throw node.error("a value is wanted here", found: node.kind)
    }
    if modifiers.expands { return try expanded(node, written, of: field, modifiers, key: key) }
    let comparisons = try comparisons(node, written, modifiers)
    let tests = comparisons.map {
      SigmaExpression.test(SigmaTest(field: field, comparison: $0))
    }
    return tests.count == 1 ? tests[0] : .any(tests)
  }

  /// A value with `%name%` in it, once for each value of the placeholder.
  private mutating func expanded(
    _ node: YAMLNode, _ written: String, of field: String?, _ modifiers: SigmaModifiers,
    key: YAMLNode
  ) throws(ConfigurationError) -> SigmaExpression {
    let parts = written.split(separator: "%", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let values = placeholders[String(parts[1])], !values.isEmpty else {
      refuse(
        node.error(
          "'expand' needs the values of this placeholder", found: written,
          allowed: placeholders.keys.sorted(),
          hint: "a document 'placeholders: { name: [value, …] }' among the rules gives them"))
      return .any([])
    }
    var tests: [SigmaExpression] = []
    for value in values {
      let text = "\(parts[0])\(value)\(parts[2])"
      for comparison in try comparisons(node, text, modifiers) {
        tests.append(.test(SigmaTest(field: field, comparison: comparison)))
      }
    }
    return tests.count == 1 ? tests[0] : .any(tests)
  }

  private func comparisons(
    _ node: YAMLNode, _ written: String, _ modifiers: SigmaModifiers
  ) throws(ConfigurationError) -> [SigmaTest.Comparison] {
    if modifiers.isPattern { return [.pattern(try pattern(node, written, modifiers.flags))] }
    if modifiers.isBlock {
      guard let block = AddressBlock(written) else {
        throw node.error(
          "not a block of addresses", found: written, hint: "as in 192.0.2.0/24 or 2001:db8::/32")
      }
      return [.block(block)]
    }
    if modifiers.namesField {
      return [.field(written, modifiers.placement, ignoresCase: !modifiers.isCased)]
    }
    if let part = modifiers.part {
      return [.moment(part, modifiers.order ?? .eq, try node.integer())]
    }
    if let order = modifiers.order { return [.number(order, try node.number())] }
    return try texts(node, written, modifiers).map {
      .text($0, ignoresCase: !modifiers.isCased && !modifiers.isEncodedAsBase64)
    }
  }

  private func texts(
    _ node: YAMLNode, _ written: String, _ modifiers: SigmaModifiers
  ) throws(ConfigurationError) -> [SigmaText] {
    let text = SigmaText(written)
    var texts = modifiers.variesDashes ? SigmaEncodings.dashForms(text) : [text]
    for encoding in modifiers.encodings {
      var encoded: [SigmaText] = []
      for text in texts {
        guard let bytes = text.bytes else {
          throw node.error(
            "a value that is encoded can't hold wildcards", found: written,
            hint: "write \\* for the character itself")
        }
        encoded += Self.encoded(bytes, encoding).map { SigmaText(bytes: $0) }
      }
      texts = encoded
    }
    return texts.map { text in
      switch modifiers.placement {
      case .whole: text
      case .start: text.opened(before: false, behind: true)
      case .end: text.opened(before: true, behind: false)
      case .anywhere: text.opened(before: true, behind: true)
      }
    }
  }

  private static func encoded(
    _ bytes: [UInt8], _ encoding: SigmaModifiers.Encoding
  ) -> [[UInt8]] {
    switch encoding {
    case .base64: [SigmaEncodings.base64(bytes)]
    case .base64Offset: SigmaEncodings.base64Offsets(bytes)
    case .wide: [SigmaEncodings.wide(bytes, bigEndian: false)]
    case .wideBigEndian: [SigmaEncodings.wide(bytes, bigEndian: true)]
    case .wideWithMark: [SigmaEncodings.wide(bytes, bigEndian: false, marked: true)]
    }
  }

  private func pattern(
    _ node: YAMLNode, _ written: String, _ flags: String
  ) throws(ConfigurationError) -> Pattern {
    do {
      return try Pattern((flags.isEmpty ? "" : "(?\(flags))") + written, jit: .whenPrepared)
    } catch {
      throw node.error(
        "not a regular expression: \(error.message)", found: written,
        hint:
          "PCRE2's words, at byte \(max(0, error.offset - (flags.isEmpty ? 0 : flags.utf8.count + 3)))"
      )
    }
  }
}

extension SigmaModifiers {
  /// Base64 tells capital letters from small ones.
  var isEncodedAsBase64: Bool {
    encodings.contains { $0 == .base64 || $0 == .base64Offset }
  }
}
