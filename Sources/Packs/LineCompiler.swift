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

/// The line formats of the loaded packs, compiled.
struct CompiledLines: Sendable {
  private(set) var patterns: [PackPattern] = []
  private(set) var formats: [LineFormat] = []
  /// For each first byte the formats that may begin with it, ascending.
  private(set) var byFirstByte = [[UInt16]](repeating: [], count: 256)
  private(set) var index = CandidateIndex([])

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
    formats.append(
      LineFormat(
        name: pattern.id, pack: pack.name, program: Array((line.program ?? "").utf8),
        severity: pattern.verdict.severity ?? .unknown,
        levels: line.levels.map { (Array($0.text.utf8), $0.severity) },
        timeLayout: Array((line.timeLayout ?? "").utf8), category: pattern.verdict.category,
        outcome: pattern.verdict.outcome, words: pattern.requiredWords))
    let first = Pattern.firstBytes(of: pattern.regex, isAnchored: pattern.pattern.isAnchored)
    for byte in 0..<256 where first?[byte] ?? true { byFirstByte[byte].append(number) }
  }

  mutating func finish() { index = CandidateIndex(patterns.map(\.clauses)) }
}
