import Flow
import Model
import Packs
import PatternMatching
import Testing

/// Whole-line formats that packs declare.
@Suite struct LineFormatTests {
  private static let pack = """
    pack: p
    lines:
      - id: p.first
        match: '^(?<at>\\d{8}) job=(?<job>\\w+) (?<message>.*)'
        fields: { at: '@timestamp', job: 'job.name' }
        time: '%d%m%Y'
        program: jobs
        levels: { "!": error }
        severity: notice
        samples: [{ text: '01032026 job=a b c' }, { text: 'x', matches: false }]
      - id: p.second
        match: '^\\d{8} (?<message>.*)'
        samples: [{ text: '01032026 b' }]
    """

  private func library(_ text: String) throws -> PackLibrary {
    var names = FieldNames()
    return try PackLibrary([.pack(file: "p.yaml", text: text)], names: &names)
  }

  @Test func tellsItsMeaning() throws {
    let format = try #require(try library(Self.pack).tables.lineFormats.first)
    #expect(format.name == "p.first")
    #expect(format.pack == "p")
    #expect(format.program == Array("jobs".utf8))
    #expect(format.severity == .notice)
    #expect(format.timeLayout == Array("%d%m%Y".utf8))
    #expect(format.levels.map(\.severity) == [.error])
  }

  @Test(arguments: [
    ("01032026 job=a b c", [Int](), 1), ("01032026 other", [], 2), ("x01032026 job=a b", [], 0),
    ("01032026 job=a b c", [2], 2), ("01032026 other", [1], 0), ("", [], 0),
  ])
  func firstThatMatches(_ line: String, _ allowed: [Int], _ expected: Int) throws {
    let reader = try library(Self.pack).tables.makeLineReader()
    let bytes = Array(line.utf8)
    let number = reader.read(bytes.span, among: allowed)
    #expect(number == expected)
  }

  @Test func givesWhatItCaptured() throws {
    let reader = try library(Self.pack).tables.makeLineReader()
    let bytes = Array("01032026 job=night b c".utf8)
    let number = reader.read(bytes.span, among: [])
    #expect(number == 1)
    #expect(reader.captures.map(\.role) == [.time, .field, .message])
    let texts = reader.captures.map { String(decoding: bytes[$0.from..<$0.to], as: UTF8.self) }
    #expect(texts == ["01032026", "night", "b c"])
  }

  @Test func aLongMessageGoesToTheLinesEnd() throws {
    let reader = try library(Self.pack).tables.makeLineReader()
    let bytes = Array(("01032026 job=a " + String(repeating: "word ", count: 8000)).utf8)
    let number = reader.read(bytes.span, among: [])
    #expect(number == 1)
    #expect(reader.captures.last?.to == bytes.count)
  }

  @Test(arguments: [
    ("match: '^x'\n    samples: [{ text: y }]", "does not match"),
    ("match: '^x'", "no sample"),
    ("match: '^x'\n    chance: a\n    samples: [{ text: x }]", "unknown key 'chance'"),
  ])
  func mistakes(_ body: String, _ problem: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try library("pack: p\nlines:\n  - id: a\n    \(body)\n")
    }
    #expect(try #require(error).problem.contains(problem))
  }

  @Test(arguments: [
    ("^abc", "aA"), ("^(?:GET|POST) ", "GP"), ("^[0-3]x", "0123"), ("^(?i)ab", "aA"),
    ("^(?<n>-)?z", "-z"),
  ])
  func firstBytes(_ source: String, _ expected: String) throws {
    let found = try #require(Pattern.firstBytes(of: source, isAnchored: true))
    let bytes = (0..<256).filter { found[$0] }.map { UInt8($0) }
    #expect(bytes == expected.utf8.sorted())
  }

  @Test func unknownFirstBytes() {
    #expect(Pattern.firstBytes(of: "abc", isAnchored: false) == nil)
    #expect(Pattern.firstBytes(of: "^.*x", isAnchored: true) == nil)
  }
}
