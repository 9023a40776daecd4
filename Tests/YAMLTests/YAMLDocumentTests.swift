import Model
import Testing
import YAML

@Suite struct YAMLDocumentTests {
  private func read(_ text: String, _ limits: YAMLLimits = YAMLLimits()) throws -> YAMLNode {
    try YAMLDocument.read(Array(text.utf8), file: "a.yaml", limits: limits)
  }

  private func mistake(_ text: String, _ limits: YAMLLimits = YAMLLimits()) -> ConfigurationError? {
    do {
      _ = try YAMLDocument.read(Array(text.utf8), file: "a.yaml", limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func valuesComeWithTheirPlace() throws {
    let root = try read("a: 1\nb:\n  - x\n  - 'y z'\nc: {d: yes, e: ~}\n")
    let map = try root.mapping()
    #expect(try map.integer("a") == 1)
    #expect(try map.texts("b") == ["x", "y z"])
    let c = try map.required("c").mapping(allowed: ["d", "e"])
    #expect(try c.flag("d") == true)
    #expect(c["e"] == nil)
    #expect(map["b"]?.line == 3)
    #expect(map["c"]?.column == 4)
  }

  @Test(arguments: [
    ("a: 1\na: 2\n", 2, 1, "the key 'a' stands twice"),
    ("a: [1\nb: 2\n", 2, 2, "expected"),
    ("a: *x\n", 1, 4, "no anchor '&x'"),
    ("[a]: 1\n", 1, 1, "a key must be a scalar"),
    ("a: b: c\n", 1, 5, "mapping values are not allowed"),
    ("a: 1\n---\nb: 2\n", 3, 1, "a second document"),
    ("a: &x [*x]\n", 1, 8, "no anchor '&x'"),
  ])
  func mistakesSayWhere(text: String, line: Int, column: Int, problem: String) throws {
    let error = try #require(mistake(text))
    #expect(error.file == "a.yaml")
    #expect(error.problem.contains(problem), "\(error)")
    #expect(error.line == line, "\(error)")
    #expect(error.column == column, "\(error)")
  }

  @Test func badBytesAreRefused() throws {
    let bytes: [UInt8] = Array("a: 1\nb: ".utf8) + [0xff, 0xfe]
    #expect(throws: ConfigurationError.self) { try YAMLDocument.read(bytes, file: "a.yaml") }
  }

  @Test func depthSizeAndAliasesAreBounded() {
    var limits = YAMLLimits()
    limits.depth = 8
    #expect(
      mistake(String(repeating: "[", count: 9) + "1", limits)?.problem.contains("deeper") == true)
    limits.size = 4
    #expect(mistake("a: 12", limits)?.problem.contains("larger than 4") == true)
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let alias = "*a\(level - 1)"
      bomb +=
        "a\(level): &a\(level) [" + [String](repeating: alias, count: 10).joined(separator: ",")
        + "]\n"
    }
    #expect(mistake(bomb)?.problem.contains("more than 1000000 values") == true)
  }

  @Test func unknownKeysNameTheAllowedOnes() throws {
    let root = try read("patern: 1\n")
    #expect {
      _ = try root.mapping(allowed: ["pattern", "fields"])
    } throws: {
      guard let error = $0 as? ConfigurationError else { return false }
      return error.found == "patern" && error.allowed == ["pattern", "fields"]
        && error.hint == "did you mean 'pattern'?" && error.line == 1 && error.column == 1
    }
  }

  @Test(
    arguments: [
      ("sevrity", "severity"), ("severtiy", "severity"), ("categroy", "category"), ("zzz", nil),
      ("", nil),
    ] as [(String, String?)])
  func theNearestNameIsFound(word: String, name: String?) {
    #expect(nearest(word, among: ["severity", "category", "outcome"]) == name)
  }

  @Test func wrongKindsAreMistakes() throws {
    let map = try read("a: [1]\nb: x\nc: {d: 1}\n").mapping()
    #expect(throws: ConfigurationError.self) { try map.text("a") }
    #expect(throws: ConfigurationError.self) { try map.integer("b") }
    #expect(throws: ConfigurationError.self) { try map.flag("b") }
    #expect(throws: ConfigurationError.self) { try map.number("c") }
    #expect(throws: ConfigurationError.self) { try map.choice("b", of: ["y"]) }
    #expect(throws: ConfigurationError.self) { try map.required("zz") }
  }

  @Test func randomBytesNeverFail() {
    var state: UInt64 = 0x5eed_0002
    let alphabet = Array("ab:-[]{}&*!|>'\"%@`#,?\n \t\\0~<=".utf8) + [0xc3, 0xa9, 0xff, 0x00]
    for _ in 0..<5000 {
      var bytes: [UInt8] = []
      for _ in 0..<40 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        bytes.append(alphabet[Int(state % UInt64(alphabet.count))])
      }
      _ = try? YAMLDocument.readAll(bytes, file: "x")
    }
  }
}
