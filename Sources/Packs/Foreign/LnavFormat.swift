internal import Bytes
internal import Model
internal import PatternMatching
internal import YAML

/// Reads lnav's format files (docs.lnav.org, "Log Formats") as packs: one pack for each format that has
/// regular expressions. Formats of JSON lines have none and are left out: such lines are read anyway.
///
/// - `regex`: a pattern each, tried on the message; for lines whose format is not recognised that is the
///   whole line.
/// - `level`: a pattern for each level before the general one, with the level's expression looked for where
///   the level field begins.
/// - `sample`: each goes to the first pattern that matches it.
/// - `value`: kinds `integer` and `float` make numbers. The fields of time, level and body are not captured:
///   the entry has them.
enum LnavFormat {
  static func read(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> [PackDefinition] {
    let root = try YAMLDocument.read(bytes, file: file)
    var packs: [PackDefinition] = []
    for pair in try root.mapping().pairs {
      let name = try pair.key.text()
      if name.hasPrefix("$") { continue }
      let format = try pair.value.mapping()
      guard let regexes = format["regex"] else { continue }
      var pack = PackDefinition(
        name: "lnav.\(identifier(name))", description: try format.text("description") ?? name,
        scope: Scope(), patterns: [], lines: [], file: file, line: pair.key.line)
      let fields = try Fields(format)
      for regex in try regexes.mapping().pairs {
        guard let pattern = try? regex.value.mapping()["pattern"] else { continue }
        let id = "\(pack.name).\(identifier(try regex.key.text()))"
        pack.patterns += try fields.patterns(pattern, id: id)
      }
      try assign(format["sample"], to: &pack)
      if !pack.patterns.isEmpty { packs.append(pack) }
    }
    if packs.isEmpty {
      throw root.error(
        "no lnav format with regular expressions", hint: "a format is { name: { regex: { … } } }")
    }
    return packs
  }

  private static func identifier(_ text: String) -> String {
    let fine = text.unicodeScalars.map { scalar -> Character in
      let isFine = scalar.isASCII && (Character(scalar).isLetter || Character(scalar).isNumber)
      return isFine || "_-.".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
    }
    return String(fine.prefix(60))
  }

  /// Gives each sample's first line to the first pattern that matches it.
  private static func assign(
    _ node: YAMLNode?, to pack: inout PackDefinition
  ) throws(ConfigurationError) {
    guard let node, !pack.patterns.isEmpty else { return }
    let compiled = pack.patterns.map { pattern in
      (try? ByteDialect.adapt(pattern.source)).flatMap { try? Pattern($0, jit: .never) }
    }
    var scratch = MatchScratch()
    for item in try node.items() {
      let map = try item.mapping()
      let text = try map.required("line").text()
      let line = text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
      let bytes = Array(line.utf8)
      let found = compiled.indices.first { index in
        compiled[index].map { scratch.match($0.interpreted(), bytes.span) == .found } ?? false
      }
      // One that none matches goes to the last pattern, where a test of the samples shows it.
      pack.patterns[found ?? pack.patterns.count - 1].samples.append(
        PatternSample(
          text: String(line), matches: true, fields: nil, line: item.line, column: item.column))
    }
  }
}

/// What a format says about its groups.
private struct Fields {
  private var dropped: Set<String> = ["timestamp", "body", "level"]
  private var levelGroup = "level"
  private var levels: [(severity: Severity, name: String, regex: String)] = []
  private var numbers: [(group: String, type: CaptureType)] = []

  init(_ format: YAMLMapping) throws(ConfigurationError) {
    for key in ["timestamp-field", "body-field", "level-field"] {
      if let name = try format.text(key) { dropped.insert(name) }
    }
    levelGroup = try format.text("level-field") ?? "level"
    if let node = format["level"] {
      for pair in try node.mapping().pairs {
        let name = try pair.key.text()
        guard let severity = Self.severity(name), case .scalar(let regex, _) = pair.value.content
        else { continue }
        levels.append((severity, name, regex))
      }
    }
    guard let values = format["value"] else { return }
    for pair in try values.mapping().pairs {
      guard let map = try? pair.value.mapping() else { continue }
      switch try map.text("kind") {
      case "integer": numbers.append((try pair.key.text(), .int))
      case "float": numbers.append((try pair.key.text(), .float))
      default: break
      }
    }
  }

  private static func severity(_ name: String) -> Severity? {
    switch name {
    case "stats": .info
    case "fatal": .critical
    case _ where name.hasPrefix("debug"): .debug
    default: Severity.allCases.first { $0.name == name && $0 != .unknown }
    }
  }

  /// A pattern for each level, then one for what has none of them.
  func patterns(_ node: YAMLNode, id: String) throws(ConfigurationError) -> [PatternDefinition] {
    let text = try node.text()
    var patterns: [PatternDefinition] = []
    func add(_ id: String, _ source: String, _ severity: Severity?) {
      let groups = numbers.filter { source.contains("(?<\($0.group)>") }
      patterns.append(
        PatternDefinition(
          id: id, match: node, source: source, verdict: PatternVerdict(severity: severity),
          action: nil, fields: groups.map { ($0.group, $0.group, $0.type) }, constants: [],
          samples: [], line: node.line, column: node.column))
    }
    if text.contains("(?<\(levelGroup)>") {
      for level in levels {
        let source = written(text, level: Self.lookahead(level.regex))
        add("\(id).\(level.name)", source, level.severity)
      }
    }
    add(id, written(text, level: ""), nil)
    return patterns
  }

  /// The expression without the groups that the entry has already, and with what the level begins with.
  private func written(_ text: String, level: String) -> String {
    var out = ""
    var rest = text[...]
    while let at = rest.firstIndex(of: "(") {
      out += rest[..<at]
      rest = rest[at...]
      let isEscaped = out.reversed().prefix { $0 == "\\" }.count % 2 == 1
      for opening in ["(?<", "(?P<"] where !isEscaped && rest.hasPrefix(opening) {
        guard let end = rest.firstIndex(of: ">") else { break }
        let name = String(rest[rest.index(rest.startIndex, offsetBy: opening.count)..<end])
        if dropped.contains(name) {
          out += "(?:" + (name == levelGroup ? level : "")
          rest = rest[rest.index(after: end)...]
        }
        break
      }
      if rest.first == "(" {
        out += "("
        rest = rest.dropFirst()
      }
    }
    return out + rest
  }

  /// Looks for a level's expression from where the level begins; its anchors are those of the level's text.
  private static func lookahead(_ regex: String) -> String {
    var inner = ""
    var isEscaped = false
    var inClass = false
    for character in regex {
      if !isEscaped, !inClass, character == "^" || character == "$" { continue }
      if !isEscaped, character == "[" { inClass = true }
      if !isEscaped, character == "]" { inClass = false }
      isEscaped = character == "\\" && !isEscaped
      inner.append(character)
    }
    let start = regex.hasPrefix("^") || regex.contains("|^") ? "" : #"\S{0,20}?"#
    return "(?=\(start)(?:\(inner))" + (regex.hasSuffix("$") ? #"(?!\w))"# : ")")
  }
}
