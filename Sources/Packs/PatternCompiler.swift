internal import Model
internal import PatternMatching
internal import YAML

/// Makes a `PackPattern` of its definition.
enum PatternCompiler {
  static func compile(
    _ definition: PatternDefinition, of pack: PackDefinition, scope: Int, _ grok: GrokLibrary,
    _ names: inout FieldNames
  ) throws(ConfigurationError) -> PackPattern {
    let node = definition.match
    let expanded: ExpandedPattern
    do {
      expanded = try GrokExpander.expand(definition.source, grok)
    } catch {
      var hint = error.hint
      if error.problem.hasPrefix("no grok pattern"), let found = error.found,
        let near = nearest(found, among: grok.names)
      {
        hint = "did you mean '\(near)'?"
      }
      throw place(
        node, error.offset,
        node.error(error.problem, found: error.found, allowed: error.allowed, hint: hint))
    }
    let regex: String
    do {
      regex = try ByteDialect.adapt(expanded.regex)
    } catch {
      throw node.error(error.problem, found: definition.id, hint: error.hint)
    }
    let pattern: Pattern
    do {
      pattern = try Pattern(regex, jit: .whenPrepared)
    } catch {
      let isAsWritten = regex == definition.source
      let mistake = node.error(
        "PCRE2: \(error.message)", found: excerpt(regex, error.offset),
        hint: isAsWritten ? nil : "at byte \(error.offset) of the pattern as written out")
      throw isAsWritten ? place(node, error.offset, mistake) : mistake
    }
    let captures = try captures(definition, expanded, pattern, &names)
    return PackPattern(
      id: definition.id, pack: pack.name, file: pack.file, line: definition.line,
      column: definition.column, match: definition.source, regex: regex, pattern: pattern,
      captures: captures,
      constants: try constants(definition, besides: captures, &names),
      verdict: definition.verdict, samples: definition.samples, scope: scope,
      clauses: RequiredWords.of(regex))
  }

  private static func captures(
    _ definition: PatternDefinition, _ expanded: ExpandedPattern, _ pattern: Pattern,
    _ names: inout FieldNames
  ) throws(ConfigurationError) -> [PackPattern.Capture] {
    for mapped in definition.fields
    where !pattern.groups.contains(where: { $0.name == mapped.group }) {
      let groups = pattern.groups.map(\.name).filter { !$0.hasPrefix("_g") }
      throw definition.match.error(
        "'fields' names a group that the pattern does not have", found: mapped.group,
        allowed: groups)
    }
    var found: [PackPattern.Capture] = []
    for group in pattern.groups {
      var field = group.name
      var type = CaptureType.string
      if let reference = expanded.captures.first(where: { $0.group == group.name }) {
        field = reference.field
        type = reference.type
      } else if let mapped = definition.fields.first(where: { $0.group == group.name }) {
        field = mapped.field
        type = mapped.type
      }
      guard let name = names.declare(field) else {
        throw definition.match.error("more than 65,535 field names", found: field)
      }
      let capture = PackPattern.Capture(
        group: group.number, field: name, name: field, isNumber: type.isNumber)
      if let last = found.lastIndex(where: { $0.field == name }) {
        found.insert(capture, at: last + 1)
      } else {
        found.append(capture)
      }
    }
    return found
  }

  private static func constants(
    _ definition: PatternDefinition, besides captures: [PackPattern.Capture],
    _ names: inout FieldNames
  ) throws(ConfigurationError) -> [PackPattern.Constant] {
    var found: [PackPattern.Constant] = []
    if let action = definition.action, !action.isEmpty {
      let field = WellKnownField.eventAction
      found.append(
        .init(field: field.name, name: field.rawValue, kind: .text, bytes: Array(action.utf8)))
    }
    for constant in definition.constants {
      guard !captures.contains(where: { $0.name == constant.name }) else {
        throw ConfigurationError(
          file: definition.match.file, line: constant.line, column: 1,
          problem: "the field '\(constant.name)' is captured and set", found: constant.name,
          hint: "keep one of the two")
      }
      guard let field = names.declare(constant.name) else {
        throw definition.match.error("more than 65,535 field names", found: constant.name)
      }
      found.append(
        .init(field: field, name: constant.name, kind: constant.kind, bytes: constant.bytes))
    }
    return found
  }

  /// The mistake, moved to the byte of a scalar on one line.
  private static func place(
    _ node: YAMLNode, _ offset: Int, _ error: ConfigurationError
  ) -> ConfigurationError {
    var placed = error
    switch node.content {
    case .scalar(_, .plain): placed.column += offset
    case .scalar(_, .quoted): placed.column += offset + 1
    default: break
    }
    return placed
  }

  private static func excerpt(_ regex: String, _ offset: Int) -> String {
    let bytes = Array(regex.utf8)
    let from = max(0, min(offset, bytes.count) - 24)
    return String(decoding: bytes[from..<min(bytes.count, offset + 8)], as: UTF8.self)
  }
}
