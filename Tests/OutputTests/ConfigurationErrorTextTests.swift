import Model
import Output
import Testing

@Suite("Configuration errors as prose")
struct ConfigurationErrorTextTests {
  @Test("show the place, the line, what is allowed and a hint")
  func whole() {
    let error = ConfigurationError(
      file: "patterns/sshd.yaml", line: 3, column: 3, problem: "unknown key", found: "sevrity",
      allowed: ["id", "match", "severity"], hint: "did you mean severity?")
    let expected = """
      error: patterns/sshd.yaml:3:3: unknown key
          3 |   sevrity: error
            |   ^^^^^^^
        found    sevrity
        allowed  id, match, severity
        hint     did you mean severity?

      """
    let source = "a: 1\r\nb:\r\n\t\tsevrity: error\r\n"
    #expect(ConfigurationErrorText.text(error, source: source) == expected)
  }

  @Test("do without what is not known")
  func bare() {
    let error = ConfigurationError(file: "x\u{1b}.yaml", problem: "can't be read")
    #expect(ConfigurationErrorText.text(error) == "error: x\\x1b.yaml: can't be read\n")
    let past = ConfigurationError(file: "x", line: 9, column: 9, problem: "p", found: "f")
    #expect(ConfigurationErrorText.text(past, source: "a\nb") == "error: x:9:9: p\n  found    f\n")
  }

  @Test("count what is allowed beyond twenty")
  func many() {
    let error = ConfigurationError(
      file: "x", problem: "p", allowed: (1...23).map { "k\($0)" })
    #expect(ConfigurationErrorText.text(error).hasSuffix("k19, k20 and 3 more\n"))
  }

  @Test("point at a column behind the end, and at wide characters")
  func columns() {
    let end = ConfigurationError(file: "x", line: 1, column: 3, problem: "p")
    #expect(
      ConfigurationErrorText.text(end, source: "高b")
        == "error: x:1:3: p\n    1 | 高b\n      |    ^\n")
  }
}
