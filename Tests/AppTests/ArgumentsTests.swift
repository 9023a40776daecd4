import Testing

@testable import App

struct ArgumentsTests {
  private let options = [
    Option("follow", "f", help: ""), Option("unit", "u", .value("UNIT"), repeats: true, help: ""),
    Option("output", "o", .choice(["text", "json"]), help: ""),
  ]

  @Test(arguments: [
    (["-f", "-u", "a", "x"], ["a"], ["x"]), (["-fua", "x"], ["a"], ["x"]),
    (["--unit=a", "--unit", "b", "-"], ["a", "b"], ["-"]), (["--", "-f"], [], ["-f"]),
  ])
  func readsGNUStyle(words: [String], units: [String], operands: [String]) throws {
    let arguments = try Arguments(words, options: options)
    #expect(arguments.all("unit") == units)
    #expect(arguments.operands == operands)
  }

  @Test(arguments: [
    (["--folow"], "unknown flag --folow", "did you mean --follow?"),
    (["-o", "jsn"], #"--output: "jsn" is not one of text, json"#, "did you mean json?"),
    (["--unit"], "--unit UNIT: the value is missing", nil),
    (["--follow=1"], "--follow takes no value", nil),
  ])
  func saysWhatIsWrong(words: [String], problem: String, hint: String?) {
    #expect(throws: UsageError(problem, hint: hint)) {
      if words == ["--unit"] {
        _ = try Arguments(words, options: [Option("unit", nil, .value("UNIT"), help: "")])
      } else {
        _ = try Arguments(words, options: options)
      }
    }
  }

  @Test(arguments: [
    ("90s", 90_000_000_000 as Int64), ("1h30m", 5_400_000_000_000), ("250ms", 250_000_000),
  ])
  func readsDurations(text: String, nanoseconds: Int64) throws {
    #expect(try Values.duration(text, flag: "lateness") == nanoseconds)
  }

  @Test(arguments: ["", "5", "m", "5 parsecs", "99999999999999d"])
  func refusesOtherDurations(text: String) {
    #expect(throws: UsageError.self) { try Values.duration(text, flag: "lateness") }
  }
}
