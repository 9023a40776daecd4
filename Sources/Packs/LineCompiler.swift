internal import Bytes
internal import Flow
internal import Model
internal import PatternMatching
internal import YAML

/// A whole-line format as its pack says it.
struct LineDefinition {
  /// What it matches and captures; its verdict's severity is for lines that state none.
  var pattern: PatternDefinition
  var program: String?
  var levels: [(text: String, severity: Severity)]
  var timeLayout: String?
}

/// Makes the line formats of the loaded packs ready, one after the other.
struct LineCompiler {
  private(set) var patterns: [PackPattern] = []
  private var tables = LineTables()

  /// The most line formats; their numbers have 16 bits.
  static let limit = 4000

  mutating func add(
    _ line: LineDefinition, of pack: PackDefinition, _ grok: GrokLibrary,
    _ names: inout FieldNames
  ) throws(ConfigurationError) {
    guard patterns.count < Self.limit else {
      throw ConfigurationError(
        file: pack.file, line: line.pattern.line, column: line.pattern.column,
        problem: "more than \(Self.limit) line formats", found: line.pattern.id)
    }
    let pattern = try PatternCompiler.compile(line.pattern, of: pack, scope: 0, grok, &names)
    let number = UInt16(patterns.count)
    patterns.append(pattern)
    tables.formats.append(
      LineFormat(
        name: pattern.id, pack: pack.name, program: Array((line.program ?? "").utf8),
        severity: pattern.verdict.severity ?? .unknown,
        levels: line.levels.map { (Array($0.text.utf8), $0.severity) },
        timeLayout: Array((line.timeLayout ?? "").utf8), category: pattern.verdict.category,
        outcome: pattern.verdict.outcome, words: pattern.requiredWords))
    tables.captures.append(
      pattern.captures.map {
        LineTables.Capture(
          group: $0.group, field: $0.field, isNumber: $0.isNumber,
          role: LineCapture.Role(name: $0.name))
      })
    let first = Pattern.firstBytes(of: pattern.regex, isAnchored: pattern.pattern.isAnchored)
    for byte in 0..<256 where first?[byte] ?? true { tables.byFirstByte[byte].append(number) }
  }

  /// The tables of all that were added.
  func finished() -> LineTables {
    var tables = tables
    tables.index = CandidateIndex(patterns.map(\.clauses))
    tables.store = PatternStore(patterns)
    return tables
  }
}
