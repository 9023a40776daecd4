internal import Model
internal import PatternMatching
internal import YAML

/// What a grok file becomes that is given on its own: where a pack uses one of its names it gives names
/// only, as in Logstash; where none does it is a pack by itself.
///
/// The pack's patterns are the definitions that name fields and that no other definition of the file uses;
/// each must match a message as a whole. What can't be written out or compiled is no pattern: a name that
/// nobody uses is no mistake.
enum GrokPack {
  static func definition(
    file: String, _ grok: GrokLibrary, besides packs: [PackDefinition]
  ) -> PackDefinition? {
    let own = grok.definitions.filter { $0.value.file == file }
    let texts = packs.flatMap { $0.patterns.map { Array($0.source.utf8) } }
    if own.keys.contains(where: { name in texts.contains { uses($0, name) } }) { return nil }
    let tops = own.filter { name, definition in
      namesFields(definition.regex)
        && !own.contains { $0.key != name && uses($0.value.regex, name) }
    }.sorted { $0.value.line < $1.value.line }
    let base = file.split(separator: "/").last.map(String.init) ?? file
    let pack =
      "grok.\(base.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) })"
    let patterns = tops.compactMap { name, definition in
      pattern("\(pack).\(name)", name, definition, grok)
    }
    if patterns.isEmpty { return nil }
    return PackDefinition(
      name: pack, description: "definitions of \(base) that name fields", scope: Scope(),
      patterns: patterns, lines: [], file: file, line: 1)
  }

  private static func pattern(
    _ id: String, _ name: String, _ definition: GrokLibrary.Definition, _ grok: GrokLibrary
  ) -> PatternDefinition? {
    let source = "^%{\(name)}$"
    guard let expanded = try? GrokExpander.expand(source, grok),
      let regex = try? ByteDialect.adapt(expanded.regex),
      (try? Pattern(regex, jit: .never)) != nil
    else { return nil }
    return PatternDefinition(
      id: id,
      match: YAMLNode(
        content: .scalar(source, .block), file: definition.file, line: definition.line, column: 1),
      source: source, verdict: PatternVerdict(), action: nil, fields: [], constants: [],
      samples: [], line: definition.line, column: 1)
  }

  /// Whether a text refers to a name: `%{NAME}` or `%{NAME:…}`.
  private static func uses(_ text: [UInt8], _ name: String) -> Bool {
    let wanted = Array("%{\(name)".utf8)
    guard text.count > wanted.count else { return false }
    return (0..<(text.count - wanted.count)).contains { at in
      let next = text[at + wanted.count]
      return (next == UInt8(ascii: "}") || next == UInt8(ascii: ":"))
        && text[at..<(at + wanted.count)].elementsEqual(wanted)
    }
  }

  /// Whether a definition names a field, by `%{NAME:field}` or `(?<field>…)`.
  private static func namesFields(_ regex: [UInt8]) -> Bool {
    for at in regex.indices {
      if regex[at] == UInt8(ascii: "%"), at + 1 < regex.count, regex[at + 1] == UInt8(ascii: "{"),
        let end = regex[at...].firstIndex(of: UInt8(ascii: "}")),
        regex[at..<end].contains(UInt8(ascii: ":"))
      {
        return true
      }
      if regex[at...].starts(with: Array("(?<".utf8)), at + 3 < regex.count,
        regex[at + 3] != UInt8(ascii: "="), regex[at + 3] != UInt8(ascii: "!")
      {
        return true
      }
    }
    return false
  }
}
