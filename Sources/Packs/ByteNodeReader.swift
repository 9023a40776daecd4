internal import Bytes

/// Reads PCRE2's syntax into `ByteNode`s, and gives up (nil) on what could change the meaning of the rest.
///
/// Never narrower than PCRE2: lookbehinds and negative lookaheads ask nothing, a back reference is any text,
/// an atomic group or a possessive quantifier is an ordinary one. Verbs, recursion, conditions, `\Q`, `(?x)`,
/// unknown escapes and flags end the reading.
struct ByteNodeReader {
  private struct Flags {
    var folded = false
    var multiline = false
  }

  private let text: [UInt8]
  private var at = 0
  private var depth = 0

  private init(_ regex: String) { text = Array(regex.utf8) }

  static func read(_ regex: String) -> ByteNode? {
    var reader = ByteNodeReader(regex)
    var flags = Flags()
    guard let node = reader.choice(&flags), reader.at == reader.text.count else { return nil }
    return node
  }

  private var next: UInt8? { at < text.count ? text[at] : nil }

  private func has(_ word: StaticString) -> Bool { text.span.has(word, at: at) }

  private mutating func choice(_ flags: inout Flags) -> ByteNode? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { return nil }
    var branches: [[ByteNode]] = [[]]
    while let byte = next, byte != UInt8(ascii: ")") {
      if byte == UInt8(ascii: "|") {
        at += 1
        branches.append([])
        continue
      }
      guard let node = atom(&flags) else { return nil }
      branches[branches.count - 1].append(quantified(node))
    }
    let nodes = branches.map { $0.count == 1 ? $0[0] : ByteNode.sequence($0) }
    return nodes.count == 1 ? nodes[0] : .choice(nodes)
  }

  private mutating func atom(_ flags: inout Flags) -> ByteNode? {
    let byte = text[at]
    switch byte {
    case UInt8(ascii: "\\"): return escape(flags)
    case UInt8(ascii: "["): return characterClass(flags).map { .bytes($0) }
    case UInt8(ascii: "("): return group(&flags)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"): return nil
    default: break
    }
    at += 1
    switch byte {
    case UInt8(ascii: "^"): return flags.multiline ? .nothing : .start
    case UInt8(ascii: "$"): return flags.multiline ? .lineEnd : .end
    case UInt8(ascii: "."): return .bytes(.all)
    default: return literal(byte, flags)
    }
  }

  private func literal(_ byte: UInt8, _ flags: Flags) -> ByteNode {
    let set = ByteSet([byte])
    return .bytes(flags.folded ? set.folded : set)
  }

  private mutating func escape(_ flags: Flags) -> ByteNode? {
    guard at + 1 < text.count else { return nil }
    let letter = text[at + 1]
    at += 2
    if letter == UInt8(ascii: "N"), next == UInt8(ascii: "{") { return nil }
    if let set = ByteSet.escape(letter) { return .bytes(set) }
    switch letter {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "G"), UInt8(ascii: "z"),
      UInt8(ascii: "Z"):
      return .nothing
    case UInt8(ascii: "A"): return .start
    case UInt8(ascii: "R"): return .anything
    case UInt8(ascii: "k"):
      guard let open = next, let close = Self.closing(open),
        let end = text[at...].firstIndex(of: close)
      else { return nil }
      at = end + 1
      return .anything
    default: return character(letter).map { literal($0, flags) }
    }
  }

  /// The byte that an escape stands for, from behind its letter on.
  private mutating func character(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "e"): return 27
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "x"):
      guard at + 1 < text.count,
        let value = UInt8(String(decoding: text[at..<(at + 2)], as: UTF8.self), radix: 16),
        text[at] != UInt8(ascii: "+")
      else { return nil }
      at += 2
      return value
    default: return ByteSet.word.contains(letter) || letter >= 0x80 ? nil : letter
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

  private mutating func characterClass(_ flags: Flags) -> ByteSet? {
    at += 1
    var set = ByteSet.none
    let isInverted = next == UInt8(ascii: "^")
    if isInverted { at += 1 }
    var isFirst = true
    while let byte = next {
      if byte == UInt8(ascii: "]"), !isFirst {
        at += 1
        if flags.folded { set = set.folded }
        return isInverted ? set.inverted : set
      }
      isFirst = false
      if byte == UInt8(ascii: "["), let kind = named() {
        guard let kind = kind else { return nil }
        set.formUnion(kind)
        continue
      }
      guard let low = member(&set) else { return nil }
      guard case .byte(let first) = low else { continue }
      guard next == UInt8(ascii: "-"), at + 1 < text.count, text[at + 1] != UInt8(ascii: "]")
      else {
        set.insert(first)
        continue
      }
      at += 1
      // A range ends with a byte; a class behind its hyphen is no range, and too rare to be read.
      if next == UInt8(ascii: "[") { return nil }
      guard case .byte(let last) = member(&set), first <= last else { return nil }
      set.formUnion(ByteSet(first...last))
    }
    return nil
  }

  private enum Member { case byte(UInt8), set }

  /// One byte of a class, or a set such as `\d`, which is added.
  private mutating func member(_ set: inout ByteSet) -> Member? {
    guard let byte = next else { return nil }
    at += 1
    if byte != UInt8(ascii: "\\") { return .byte(byte) }
    guard let letter = next else { return nil }
    at += 1
    if letter == UInt8(ascii: "N") { return nil }
    if let more = ByteSet.escape(letter) {
      set.formUnion(more)
      return .set
    }
    if letter == UInt8(ascii: "b") { return .byte(8) }
    return character(letter).map { .byte($0) }
  }

  /// `[:name:]` inside a class: nil where the bracket stands for itself, nil inside where it is not known.
  private mutating func named() -> ByteSet?? {
    guard at + 1 < text.count else { return nil }
    let kind = text[at + 1]
    guard kind == UInt8(ascii: ":") || kind == UInt8(ascii: ".") || kind == UInt8(ascii: "=") else {
      return nil
    }
    var end = at + 2
    while end < text.count, ByteSet.letters.contains(text[end]) || text[end] == UInt8(ascii: "^") {
      end += 1
    }
    guard end + 1 < text.count, text[end] == kind, text[end + 1] == UInt8(ascii: "]") else {
      return nil
    }
    let name = String(decoding: text[(at + 2)..<end], as: UTF8.self)
    at = end + 2
    return .some(kind == UInt8(ascii: ":") ? ByteSet.posix(name) : nil)
  }

  private mutating func group(_ flags: inout Flags) -> ByteNode? {
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
      return body(flags).map { .ahead($0) }
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

  /// `(?i-s)` for the rest of the group, or `(?i:…)`.
  private mutating func flagged(_ flags: inout Flags) -> ByteNode? {
    var changed = flags
    var value = true
    while let byte = next {
      at += 1
      switch byte {
      case UInt8(ascii: "i"): changed.folded = value
      case UInt8(ascii: "m"): changed.multiline = value
      case UInt8(ascii: "s"), UInt8(ascii: "n"): break
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

  private mutating func body(_ flags: Flags) -> ByteNode? {
    var inner = flags
    guard let found = choice(&inner), next == UInt8(ascii: ")") else { return nil }
    at += 1
    return found
  }

  private mutating func quantified(_ node: ByteNode) -> ByteNode {
    guard let (least, most) = quantifier() else { return node }
    if next == UInt8(ascii: "?") || next == UInt8(ascii: "+") { at += 1 }
    if least == 1, most == 1 { return node }
    switch node {
    case .start, .end, .lineEnd, .nothing, .ahead: return least == 0 ? .nothing : node
    default: return .repeated(node, least: least, most: most)
    }
  }

  private mutating func quantifier() -> (least: Int, most: Int?)? {
    switch next {
    case UInt8(ascii: "?"):
      at += 1
      return (0, 1)
    case UInt8(ascii: "*"):
      at += 1
      return (0, nil)
    case UInt8(ascii: "+"):
      at += 1
      return (1, nil)
    case UInt8(ascii: "{"): return counted()
    default: return nil
    }
  }

  /// `{n}`, `{n,}` or `{n,m}`; any other brace is not read.
  private mutating func counted() -> (least: Int, most: Int?)? {
    guard let end = text[at...].firstIndex(of: UInt8(ascii: "}")), end - at <= 12 else {
      return nil
    }
    let parts = text[(at + 1)..<end].split(
      separator: UInt8(ascii: ","), maxSplits: 1, omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    guard let least = Int(parts[0]), least >= 0 else { return nil }
    if parts.count == 1 {
      at = end + 1
      return (least, least)
    }
    if parts[1].isEmpty {
      at = end + 1
      return (least, nil)
    }
    guard let most = Int(parts[1]), most >= least else { return nil }
    at = end + 1
    return (least, most)
  }
}
