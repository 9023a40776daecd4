/// A pattern's text with every `%{…}` written out, and what its groups are called.
struct ExpandedPattern: Equatable {
  struct Capture: Equatable {
    /// The group's name in the regular expression.
    var group: String
    /// The field's name.
    var field: String
    var type: CaptureType
  }

  var regex: String
  /// Groups whose names can't be PCRE2's (or have a type), in the order in which they begin.
  var captures: [Capture]
}

/// What a capture is written as.
enum CaptureType: String, CaseIterable, Sendable {
  case string, int, long, float

  var isNumber: Bool { self != .string }
}

/// A mistake in a pattern's text.
struct ExpansionError: Error, Equatable {
  /// Byte of the pattern as it was written; the outermost reference's for what stands inside it.
  var offset: Int
  var problem: String
  var found: String?
  var allowed: [String] = []
  var hint: String?
}

/// Writes out `%{NAME:field:type}` and maps field names to group names that PCRE2 takes.
///
/// - Limits: references 32 deep, 64 KiB written out; a name that reaches itself is refused.
struct GrokExpander {
  private let library: GrokLibrary
  private var captures: [ExpandedPattern.Capture] = []
  private var out: [UInt8] = []
  private var path: [String] = []

  private static let depthLimit = 32
  private static let sizeLimit = 60 << 10

  private init(_ library: GrokLibrary) { self.library = library }

  static func expand(
    _ pattern: String, _ library: GrokLibrary
  ) throws(ExpansionError) -> ExpandedPattern {
    var expander = GrokExpander(library)
    try expander.write(Array(pattern.utf8), outer: nil)
    return ExpandedPattern(
      regex: String(decoding: expander.out, as: UTF8.self), captures: expander.captures)
  }

  private mutating func write(_ text: [UInt8], outer: Int?) throws(ExpansionError) {
    var at = 0
    while at < text.count {
      let byte = text[at]
      if byte == 0x5c, at + 1 < text.count {
        out += text[at...(at + 1)]
        at += 2
      } else if byte == 0x25, at + 1 < text.count, text[at + 1] == 0x7b {
        at = try reference(text, at, outer: outer)
      } else if byte == 0x28, let end = groupName(text, at) {
        try named(text, at, end, outer: outer)
        at = end + 1
      } else {
        out.append(byte)
        at += 1
      }
      if out.count > Self.sizeLimit {
        throw ExpansionError(
          offset: outer ?? at, problem: "longer than \(Self.sizeLimit) bytes when written out")
      }
    }
  }

  /// Writes out the reference that begins at `at`; tells where it ends.
  private mutating func reference(
    _ text: [UInt8], _ at: Int, outer: Int?
  ) throws(ExpansionError) -> Int {
    let place = outer ?? at
    guard let end = text[at...].firstIndex(of: 0x7d) else {
      throw ExpansionError(offset: place, problem: "'%{' without its '}'")
    }
    let written = String(decoding: text[(at + 2)..<end], as: UTF8.self)
    let parts = written.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 3, parts.allSatisfy({ !$0.isEmpty }) else {
      throw ExpansionError(
        offset: place, problem: "not a grok reference", found: "%{\(written)}",
        hint: "%{NAME}, %{NAME:field} or %{NAME:field:type}")
    }
    guard let definition = library.definitions[parts[0]] else {
      throw ExpansionError(
        offset: place, problem: "no grok pattern has this name", found: parts[0],
        allowed: [], hint: "the names are those of patterns/grok/*")
    }
    guard !path.contains(parts[0]) else {
      throw ExpansionError(
        offset: place, problem: "a grok pattern reaches itself",
        found: (path + [parts[0]]).joined(separator: " → "),
        hint: "defined in \(definition.file), line \(definition.line)")
    }
    guard path.count < Self.depthLimit else {
      throw ExpansionError(
        offset: place, problem: "references more than \(Self.depthLimit) deep", found: parts[0])
    }
    if parts.count > 1 {
      try open(field: parts[1], type: parts.count > 2 ? parts[2] : nil, place)
    } else {
      out += Array("(?:".utf8)
    }
    path.append(parts[0])
    try write(definition.regex, outer: place)
    path.removeLast()
    out.append(0x29)
    return end + 1
  }

  private mutating func open(
    field: String, type: String?, _ place: Int
  ) throws(ExpansionError) {
    let name = try Self.fieldName(field, place)
    guard let kind = CaptureType(rawValue: type ?? "string") else {
      throw ExpansionError(
        offset: place, problem: "not a type", found: type,
        allowed: CaptureType.allCases.map(\.rawValue))
    }
    // A group name that no one writes; PCRE2 allows letters, digits and underscores, 32 at most.
    let group = "_g\(captures.count)_"
    captures.append(ExpandedPattern.Capture(group: group, field: name, type: kind))
    out += Array("(?<\(group)>".utf8)
  }

  /// `a.b` as it stands, `[a][b]` as `a.b`.
  static func fieldName(_ written: String, _ place: Int) throws(ExpansionError) -> String {
    var name = written
    if name.hasPrefix("["), name.hasSuffix("]") {
      name = name.dropFirst().dropLast().split(separator: "]").map {
        $0.hasPrefix("[") ? String($0.dropFirst()) : String($0)
      }.joined(separator: ".")
    }
    let isFine = name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d, 0x2e, 0x40: true
      default: false
      }
    }
    guard isFine, !name.isEmpty, name.utf8.count <= 128, !name.hasPrefix("."), !name.hasSuffix(".")
    else {
      throw ExpansionError(
        offset: place, problem: "not a field name", found: written,
        hint: "letters, digits, '_', '-', '@' and dots, as in source.ip")
    }
    return name
  }

  /// Where the `>` of a group `(?<name>` stands that begins at `at`; nil for other groups.
  private func groupName(_ text: [UInt8], _ at: Int) -> Int? {
    guard at + 3 < text.count, text[at + 1] == 0x3f, text[at + 2] == 0x3c,
      text[at + 3] != 0x3d, text[at + 3] != 0x21
    else { return nil }
    return text[at...].firstIndex(of: 0x3e)
  }

  /// A group named in the pattern: kept where PCRE2 takes the name, renamed where it doesn't.
  private mutating func named(
    _ text: [UInt8], _ at: Int, _ end: Int, outer: Int?
  ) throws(ExpansionError) {
    let written = text[(at + 3)..<end]
    let isIdentifier =
      written.count <= 32
      && written.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f: true
        default: false
        }
      }
    if isIdentifier {
      out += text[at...end]
      return
    }
    let parts = String(decoding: written, as: UTF8.self).split(separator: ":").map(String.init)
    try open(
      field: parts.first ?? "", type: parts.count > 1 ? parts[1] : nil, outer ?? at)
  }
}
