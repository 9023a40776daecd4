internal import Model
internal import YAML

/// Reads a pack's file: `docs/packs.md` describes it, `patterns/pack.schema.json` checks it in an editor.
enum PackReader {
  static func read(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> PackDefinition {
    let root = try YAMLDocument.read(bytes, file: file)
    let map = try root.mapping(allowed: ["pack", "description", "applies", "patterns", "lines"])
    let name = try map.required("pack")
    var seen: [String: Int] = [:]
    var lines: [LineDefinition] = []
    for item in try map["lines"]?.items() ?? [] {
      let line = try self.line(item)
      try note(line.pattern, item, &seen)
      lines.append(line)
    }
    let scope = try scope(map["applies"])
    var patterns: [PatternDefinition] = []
    if lines.isEmpty || map["patterns"] != nil {
      let list = try map.required("patterns")
      for item in try list.items() {
        let pattern = try self.pattern(item, allowed: patternKeys)
        if pattern.isNamed, scope.programs.isEmpty, scope.units.isEmpty, scope.loggers.isEmpty {
          throw item.error(
            "the pack applies to no program or unit that an entry could name", found: pattern.id,
            hint: "leave 'named' out, or add applies: { program: [NAME] } to the pack")
        }
        try note(pattern, item, &seen)
        patterns.append(pattern)
      }
      if patterns.isEmpty { throw list.error("a pack without patterns") }
    }
    return PackDefinition(
      name: try identifier(name), description: try map.text("description") ?? "",
      scope: scope, patterns: patterns, lines: lines, file: file,
      line: root.line)
  }

  private static func note(
    _ pattern: PatternDefinition, _ item: YAMLNode, _ seen: inout [String: Int]
  ) throws(ConfigurationError) {
    if let first = seen.updateValue(pattern.line, forKey: pattern.id) {
      throw item.error(
        "the pattern id '\(pattern.id)' stands twice", found: pattern.id,
        hint: "first on line \(first)")
    }
  }

  private static let lineKeys = [
    "id", "match", "program", "severity", "levels", "time", "category", "outcome", "fields",
    "samples", "description",
  ]

  private static func line(_ node: YAMLNode) throws(ConfigurationError) -> LineDefinition {
    let pattern = try self.pattern(node, allowed: lineKeys)
    let map = try node.mapping(allowed: lineKeys)
    var levels: [(text: String, severity: Severity)] = []
    if let written = map["levels"] {
      for pair in try written.mapping().pairs {
        let name = try pair.value.choice(of: severityNames)
        guard let index = severityNames.firstIndex(of: name) else { continue }
        levels.append((try pair.key.text(), severities[index]))
      }
    }
    return LineDefinition(
      pattern: pattern, program: try map.text("program"), levels: levels,
      timeLayout: try map.text("time"))
  }

  private static func scope(_ node: YAMLNode?) throws(ConfigurationError) -> Scope {
    guard let node else { return Scope() }
    let map = try node.mapping(allowed: ["program", "unit", "logger", "format"])
    var scope = Scope()
    scope.programs = try names(map["program"])
    scope.units = try names(map["unit"]).map {
      $0.hasSuffix(".service") ? String($0.dropLast(8)) : $0
    }
    scope.loggers = try names(map["logger"])
    if let formats = map["format"], !isEmptyList(formats) {
      let known = SourceFormat.allCases.map(\.name)
      let items: [YAMLNode] =
        if case .sequence(let items) = formats.content { items } else { [formats] }
      for item in items {
        let name = try item.choice(of: known)
        scope.formats += SourceFormat.allCases.filter { $0.name == name }
      }
      // A line in a declared format is text: packs for text are for its message, too.
      if scope.formats.contains(.plain), !scope.formats.contains(.pack) {
        scope.formats.append(.pack)
      }
    }
    return scope
  }

  private static func isEmptyList(_ node: YAMLNode) -> Bool {
    if case .sequence(let items) = node.content { return items.isEmpty }
    return false
  }

  private static func names(_ node: YAMLNode?) throws(ConfigurationError) -> [String] {
    guard let node else { return [] }
    let names = try node.texts()
    for name in names where name.dropLast().contains("*") || name.isEmpty {
      throw node.error(
        "a '*' may only end a name", found: name, hint: "'ssh@*' fits every name that begins so")
    }
    return names
  }

  private static func identifier(_ node: YAMLNode) throws(ConfigurationError) -> String {
    let text = try node.text()
    let isFine = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d, 0x2e: true
      default: false
      }
    }
    guard isFine, text.utf8.count <= 100 else {
      throw node.error(
        "not an identifier", found: text, hint: "letters, digits, '_', '-' and dots, 100 at most")
    }
    return text
  }

  private static let patternKeys = [
    "id", "match", "category", "severity", "outcome", "action", "change", "fields", "set",
    "samples", "named",
    "description",
  ]

  private static func pattern(
    _ node: YAMLNode, allowed: [String]
  ) throws(ConfigurationError) -> PatternDefinition {
    let map = try node.mapping(allowed: allowed)
    let id = try identifier(try map.required("id"))
    let match = try map.required("match")
    let samples = try self.samples(map["samples"])
    guard samples.contains(where: \.matches) else {
      throw node.error(
        "the pattern '\(id)' has no sample that it matches", found: id,
        hint: "add samples: [{ text: '…', fields: { … } }]")
    }
    return PatternDefinition(
      id: id, match: match, source: try match.text(), verdict: try verdict(map),
      action: try map.text("action"), fields: try fields(map["fields"]),
      constants: try ConstantReader.read(map["set"]), samples: samples,
      isNamed: try map.flag("named") ?? false, line: node.line, column: node.column)
  }

  // Made once: a case's name is found by reflection, which takes microseconds.
  private static let categories = Model.Category.allCases.map(\.name)
  private static let severities = Severity.allCases.filter { $0 != .unknown }
  private static let severityNames = severities.map(\.name)
  private static let outcomes = Outcome.allCases.filter { $0 != .none }
  private static let outcomeNames = outcomes.map(\.name)

  private static func verdict(_ map: YAMLMapping) throws(ConfigurationError) -> PatternVerdict {
    var verdict = PatternVerdict()
    if let name = try map.choice("category", of: categories),
      let index = categories.firstIndex(of: name)
    {
      verdict.category = Model.Category.allCases[index]
    }
    if let name = try map.choice("severity", of: severityNames),
      let index = severityNames.firstIndex(of: name)
    {
      verdict.severity = severities[index]
    }
    if let name = try map.choice("outcome", of: outcomeNames),
      let index = outcomeNames.firstIndex(of: name)
    {
      verdict.outcome = outcomes[index]
    }
    if let name = try map.choice("change", of: ["deployment", "restart", "boot"]) {
      verdict.change = ChangeMarker.Kind(rawValue: name)
    }
    return verdict
  }

  private static func fields(
    _ node: YAMLNode?
  ) throws(ConfigurationError) -> [(group: String, field: String, type: CaptureType)] {
    guard let node else { return [] }
    var found: [(group: String, field: String, type: CaptureType)] = []
    for pair in try node.mapping().pairs {
      let written = try pair.value.text()
      let parts = written.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2 else {
        throw pair.value.error("not a field", found: written, hint: "field or field:type")
      }
      guard let type = CaptureType(rawValue: parts.count > 1 ? parts[1] : "string") else {
        throw pair.value.error(
          "not a type", found: parts[1], allowed: CaptureType.allCases.map(\.rawValue))
      }
      do {
        found.append((try pair.key.text(), try GrokExpander.fieldName(parts[0], 0), type))
      } catch let error as ExpansionError {
        throw pair.value.error(error.problem, found: error.found, hint: error.hint)
      } catch let error as ConfigurationError {
        throw error
      } catch {
        throw pair.value.error("not a field", found: written)
      }
    }
    return found
  }

  private static func samples(_ node: YAMLNode?) throws(ConfigurationError) -> [PatternSample] {
    guard let node else { return [] }
    var samples: [PatternSample] = []
    for item in try node.items() {
      let map = try item.mapping(allowed: ["text", "fields", "matches"])
      let matches = try map.flag("matches") ?? true
      var fields: [PatternSample.ExpectedField]?
      if let expected = map["fields"] {
        if !matches { throw expected.error("a sample that must not match gives no fields") }
        fields = []
        for pair in try expected.mapping().pairs {
          fields?.append(.init(name: try pair.key.text(), value: try pair.value.text()))
        }
      }
      samples.append(
        PatternSample(
          text: try map.required("text").text(), matches: matches, fields: fields,
          line: item.line, column: item.column))
    }
    return samples
  }
}
