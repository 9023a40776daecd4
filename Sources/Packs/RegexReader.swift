internal import Bytes

/// Reads PCRE2's syntax into `RegexNode`s, and gives up (nil) on what could change the meaning of the rest.
///
/// Conservative: verbs, recursion, conditions, `\Q`, `(?x)`, unknown escapes and flags, and an unescaped
/// brace that is no quantifier end the reading.
struct RegexReader {
  private struct Flags {
    var folded = false
  }

  private let text: [UInt8]
  private var at = 0
  private var depth = 0

  private init(_ regex: String) { text = Array(regex.utf8) }

  /// The branches of a whole pattern; nil where they can't be told.
  static func read(_ regex: String) -> [[RegexNode]]? {
    var reader = RegexReader(regex)
    var flags = Flags()
    guard let branches = reader.branches(&flags), reader.at == reader.text.count else { return nil }
    return branches
  }

  private var next: UInt8? { at < text.count ? text[at] : nil }

  private func has(_ word: StaticString) -> Bool {
    text.span.has(word, at: at)
  }

  private mutating func branches(_ flags: inout Flags) -> [[RegexNode]]? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { return nil }
    var all: [[RegexNode]] = [[]]
    while let byte = next, byte != UInt8(ascii: ")") {
      if byte == UInt8(ascii: "|") {
        at += 1
        all.append([])
        continue
      }
      guard let node = atom(&flags) else { return nil }
      all[all.count - 1].append(quantified(node))
    }
    return all
  }

  private mutating func atom(_ flags: inout Flags) -> RegexNode? {
    let byte = text[at]
    switch byte {
    case UInt8(ascii: "\\"): return escape(flags)
    case UInt8(ascii: "["): return characterClass()
    case UInt8(ascii: "("): return group(&flags)
    case UInt8(ascii: "^"):
      at += 1
      return .start
    case UInt8(ascii: "$"):
      at += 1
      return .end
    case UInt8(ascii: "."):
      at += 1
      return .opaque
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"): return nil
    default:
      at += 1
      return .character(byte, folded: flags.folded && Separators.isLetter(byte))
    }
  }

  private mutating func escape(_ flags: Flags) -> RegexNode? {
    guard at + 1 < text.count else { return nil }
    let byte = text[at + 1]
    at += 2
    switch byte {
    case UInt8(ascii: "s"), UInt8(ascii: "h"), UInt8(ascii: "n"), UInt8(ascii: "t"),
      UInt8(ascii: "r"):
      return .separators(optional: false, blank: true)
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "G"): return .nothing
    case UInt8(ascii: "A"): return .start
    case UInt8(ascii: "z"), UInt8(ascii: "Z"): return .end
    case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"),
      UInt8(ascii: "S"), UInt8(ascii: "H"), UInt8(ascii: "N"), UInt8(ascii: "R"),
      UInt8(ascii: "v"), UInt8(ascii: "V"):
      return next == UInt8(ascii: "{") && byte == UInt8(ascii: "N") ? nil : .opaque
    case UInt8(ascii: "k"):
      guard let open = next, let close = Self.closing(open),
        let end = text[at...].firstIndex(of: close)
      else { return nil }
      at = end + 1
      return .opaque
    default:
      let isWordByte = Separators.isLetter(byte) || (0x30...0x39).contains(byte)
      return isWordByte || byte >= 0x80 ? nil : .character(byte, folded: false)
    }
  }

  private static func closing(_ open: UInt8) -> UInt8? {
    switch open {
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "'"): UInt8(ascii: "'")
    default: nil
    }
  }

  /// A class: separators where it holds nothing else, opaque otherwise.
  private mutating func characterClass() -> RegexNode? {
    at += 1
    var isSeparators = true
    var isBlank = true
    if next == UInt8(ascii: "^") {
      isSeparators = false
      at += 1
    }
    var isFirst = true
    while let byte = next {
      if byte == UInt8(ascii: "]"), !isFirst {
        at += 1
        return isSeparators ? .separators(optional: false, blank: isBlank) : .opaque
      }
      isFirst = false
      if byte == UInt8(ascii: "["), at + 1 < text.count,
        [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(text[at + 1])
      {
        // `[:name:]`, or a bracket and a colon as members.
        isSeparators = false
        let kind = text[at + 1]
        var end = at + 2
        while end + 1 < text.count, Separators.isLetter(text[end]) || text[end] == 0x5e { end += 1 }
        at = end + 1 < text.count && text[end] == kind && text[end + 1] == 0x5d ? end + 2 : at + 1
      } else if byte == UInt8(ascii: "\\") {
        guard at + 1 < text.count else { return nil }
        let escaped = text[at + 1]
        if escaped == UInt8(ascii: "Q") || escaped == UInt8(ascii: "E") { return nil }
        if escaped != UInt8(ascii: "s"), escaped != UInt8(ascii: "t") {
          isBlank = false
          if Separators.isLetter(escaped) || !Separators.contains(escaped) { isSeparators = false }
        }
        at += 2
      } else {
        // A range may hold what its ends don't show.
        if !Separators.contains(byte) { isSeparators = false }
        if byte > 0x20 { isBlank = false }
        if at + 1 < text.count, text[at + 1] == UInt8(ascii: "-") { isSeparators = false }
        at += 1
      }
    }
    return nil
  }

  private mutating func group(_ flags: inout Flags) -> RegexNode? {
    at += 1
    if next == UInt8(ascii: "*") { return nil }
    guard next == UInt8(ascii: "?") else { return body(flags) }
    at += 1
    if has("#") {
      guard let end = text[at...].firstIndex(of: UInt8(ascii: ")")) else { return nil }
      at = end + 1
      return .nothing
    }
    if has("=") {
      at += 1
      guard let wanted = body(flags) else { return nil }
      return Self.isBoundary(wanted) ? .ahead : .nothing
    }
    if has("!") || has("<=") || has("<!") {
      at += has("<") ? 2 : 1
      return body(flags) == nil ? nil : .nothing
    }
    if has("<") || has("'") || has("P<") {
      if has("P") { at += 1 }
      guard let close = Self.closing(text[at]), let end = text[(at + 1)...].firstIndex(of: close)
      else { return nil }
      at = end + 1
      return body(flags)
    }
    if has(">") {
      at += 1
      return body(flags)
    }
    return flagged(&flags)
  }

  private static func isBoundary(_ node: RegexNode) -> Bool {
    switch node {
    case .separators(optional: false, _), .end: return true
    case .character(let byte, _): return Separators.contains(byte)
    case .group(let branches):
      return branches.allSatisfy { branch in branch.first.map(isBoundary) ?? false }
    default: return false
    }
  }

  /// `(?i-x)` for the rest of the group, or `(?i:…)`.
  private mutating func flagged(_ flags: inout Flags) -> RegexNode? {
    var changed = flags
    var value = true
    while let byte = next {
      at += 1
      switch byte {
      case UInt8(ascii: "i"): changed.folded = value
      case UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "n"): break
      case UInt8(ascii: "-"): value = false
      case UInt8(ascii: ":"): return body(changed)
      case UInt8(ascii: ")"):
        flags = changed
        return .nothing
      default: return nil
      }
    }
    return nil
  }

  /// A group's branches, from behind what opens it to behind its parenthesis.
  private mutating func body(_ flags: Flags) -> RegexNode? {
    var inner = flags
    guard let found = branches(&inner), next == UInt8(ascii: ")") else { return nil }
    at += 1
    var isBlank = true
    let isBoundary =
      found.count > 1
      && found.allSatisfy { branch in
        guard branch.count == 1 else { return false }
        switch branch[0] {
        case .start, .end: return true
        case .separators(optional: false, let blank):
          isBlank = isBlank && blank
          return true
        case .character(let byte, _):
          isBlank = isBlank && byte <= 0x20
          return Separators.contains(byte)
        default: return false
        }
      }
    return isBoundary ? .separators(optional: false, blank: isBlank) : .group(found)
  }

  /// The node as the quantifier behind it makes it.
  private mutating func quantified(_ node: RegexNode) -> RegexNode {
    guard let (least, most) = quantifier() else { return node }
    if next == UInt8(ascii: "?") || next == UInt8(ascii: "+") { at += 1 }
    if least == 1, most == 1 { return node }
    switch node {
    case .separators(let optional, let blank):
      return .separators(optional: optional || least == 0, blank: blank)
    case .character(let byte, _) where Separators.contains(byte):
      return .separators(optional: least == 0, blank: byte <= 0x20)
    case .start, .end, .nothing, .ahead: return least == 0 ? .nothing : node
    case .group(let branches): return least == 0 ? .optional(branches) : .repeated(branches)
    case .repeated where least > 0: return node
    default: return .opaque
    }
  }

  private mutating func quantifier() -> (least: Int, most: Int)? {
    switch next {
    case UInt8(ascii: "?"):
      at += 1
      return (0, 1)
    case UInt8(ascii: "*"):
      at += 1
      return (0, .max)
    case UInt8(ascii: "+"):
      at += 1
      return (1, .max)
    case UInt8(ascii: "{"): return counted()
    default: return nil
    }
  }

  /// `{n}`, `{n,}` or `{n,m}`; any other brace stands for itself.
  private mutating func counted() -> (least: Int, most: Int)? {
    guard let end = text[at...].firstIndex(of: UInt8(ascii: "}")), end - at <= 12 else {
      return nil
    }
    let parts = text[(at + 1)..<end].split(
      separator: UInt8(ascii: ","), maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let least = Int(String(decoding: first, as: UTF8.self)),
      least >= 0
    else { return nil }
    guard parts.count > 1 else {
      at = end + 1
      return (least, least)
    }
    if parts[1].isEmpty {
      at = end + 1
      return (least, .max)
    }
    guard let most = Int(String(decoding: parts[1], as: UTF8.self)) else { return nil }
    at = end + 1
    return (least, most)
  }
}
