internal import Model
internal import YAML

/// The modifiers behind a field's name, `field|contains|all`, and what they make of its values.
struct SigmaModifiers: Sendable {
  enum Encoding: Sendable { case base64, base64Offset, wide, wideBigEndian, wideWithMark }

  private(set) var placement = SigmaPlacement.whole
  /// All values have to hold, not one of them.
  private(set) var joinsAll = false
  private(set) var isCased = false
  private(set) var negates = false
  private(set) var asksExistence = false
  private(set) var isPattern = false
  /// Flags of the regular expression, from `i`, `m`, `s`.
  private(set) var flags = ""
  private(set) var encodings: [Encoding] = []
  private(set) var order: NumberOrder?
  private(set) var part: MomentPart?
  private(set) var isBlock = false
  private(set) var expands = false
  private(set) var namesField = false
  private(set) var variesDashes = false

  static let names = [
    "all", "base64", "base64offset", "cased", "cidr", "contains", "day", "endswith", "exists",
    "expand", "fieldref", "gt", "gte", "hour", "i", "lt", "lte", "m", "minute", "month", "neq",
    "re", "s", "startswith", "utf16", "utf16be", "utf16le", "week", "wide", "windash", "year",
  ]

  /// - Parameter key: the key that they stand in, for errors.
  init(_ words: [String], in key: YAMLNode) throws(ConfigurationError) {
    for word in words { try take(word, key) }
    let kinds = [
      (isPattern, "re"), (isBlock, "cidr"), (asksExistence, "exists"), (namesField, "fieldref"),
      (order != nil || part != nil, order?.rawValue ?? part?.rawValue ?? ""),
      (!encodings.isEmpty, "an encoding"),
    ].filter { $0.0 }.map { $0.1 }
    if kinds.count > 1 {
      throw key.error(
        "'\(kinds[0])' and '\(kinds[1])' can't stand together", found: words.joined(separator: "|"))
    }
    if let kind = kinds.first, placement != .whole, !namesField, encodings.isEmpty {
      throw key.error(
        "'\(kind)' takes no place in the text", found: words.joined(separator: "|"),
        hint: "leave startswith, endswith and contains out")
    }
  }

  private mutating func take(_ word: String, _ key: YAMLNode) throws(ConfigurationError) {
    switch word {
    case "all": joinsAll = true
    case "startswith": placement = .start
    case "endswith": placement = .end
    case "contains": placement = .anywhere
    case "exists": asksExistence = true
    case "cased": isCased = true
    case "neq": negates = true
    case "re": isPattern = true
    case "i", "m", "s":
      guard isPattern else {
        throw key.error("'\(word)' is a flag of 're'", found: word, hint: "write re|\(word)")
      }
      flags += word
    case "base64": encodings.append(.base64)
    case "base64offset": encodings.append(.base64Offset)
    case "utf16le", "wide": encodings.append(.wide)
    case "utf16be": encodings.append(.wideBigEndian)
    case "utf16": encodings.append(.wideWithMark)
    case "windash": variesDashes = true
    case "lt", "lte", "gt", "gte": order = NumberOrder(rawValue: word)
    case "minute", "hour", "day", "week", "month", "year": part = MomentPart(rawValue: word)
    case "cidr": isBlock = true
    case "expand": expands = true
    case "fieldref": namesField = true
    default:
      throw key.error(
        "unknown modifier '\(word)'", found: word, allowed: Self.names,
        hint: nearest(word, among: Self.names).map { "did you mean '\($0)'?" })
    }
  }
}
