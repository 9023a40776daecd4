import Foundation
import Testing

/// Bad usage and configuration end the run before anything is read, with status 2 and what would be right.
@Suite("Bad usage")
struct BadUsageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var script: String
    var says: [String]
    var testDescription: String { script }

    init(_ script: String, _ says: String...) {
      self.script = script
      self.says = says
    }
  }

  static let cases = [
    Case("taffrail --folow", "unknown flag --folow", "did you mean --follow?"),
    Case("taffrail -Z", "unknown flag -Z"),
    Case("taffrail anaylze", "anaylze: no such command or file", "did you mean analyze?"),
    Case("taffrail prase good.log", "did you mean parse?"),
    Case("taffrail --workers 2 parse good.log", "a command comes before its flags"),
    Case("taffrail investigate good.log", "not in this version"),
    Case("taffrail help prase", "did you mean parse?"),
    Case("taffrail -o xml good.log", "\"xml\" is not one of text, json"),
    Case("taffrail --workers 0 good.log", "is not a number from 1 to 256"),
    Case("taffrail --max-line 1T good.log", "is not a size"),
    Case("taffrail --since noon good.log", "\"noon\" is not a time"),
    Case("taffrail --lateness soon good.log", "\"soon\" is not a duration"),
    Case("taffrail -S end-5m", "end is known only for files"),
    Case("taffrail --where user good.log", "is not FIELD=VALUE"),
    Case("taffrail -p loud good.log", "\"loud\" is not a level"),
    Case("taffrail -g '(' good.log", "is not a PCRE2 pattern"),
    Case("taffrail --ignore '(' good.log", "neither a group's id nor a PCRE2 pattern"),
    Case("taffrail --patterns nope good.log", "nope: no such file or folder"),
    Case("taffrail --output-file good.log good.log", "it is an input and an output"),
    Case(
      "taffrail -c typo.yaml good.log", "typo.yaml:2:1: unknown key 'outptu'", "2 | outptu: json",
      "^^^^^^", "did you mean 'output'?"),
    Case("taffrail -c value.yaml good.log", "value.yaml:1:9", "jsn", "allowed  text, json"),
    Case("taffrail -c nope.yaml good.log", "nope.yaml: can't be read: No such file"),
    Case("taffrail -c broken.yaml good.log", "broken.yaml:2:1: "),
    Case("TAFFRAIL_OUTPUT=jsn taffrail good.log", "TAFFRAIL_OUTPUT: \"jsn\" is not one of"),
    Case(
      "taffrail --patterns pack.yaml good.log", "pack.yaml:5:20", "5 |     match: '(((oops'", "^"),
    Case("taffrail patterns", "say one of list, test, check"),
    Case("taffrail patterns tets", "\"tets\" is not one of", "did you mean test?"),
    Case("taffrail --shell-completions csh", "bash, zsh or fish"),
    Case("taffrail generate --rate fast", "\"fast\" is not a rate"),
    Case("taffrail generate --services 999", "out of range"),
    Case("taffrail detect --detector magic", "\"magic\" is not one of"),
  ]

  @Test("is told before anything is read", arguments: cases)
  func table(one: Case) throws {
    let shell = try Shell()
    try shell.write("good.log", BadInputTests.good)
    try shell.write("typo.yaml", "workers: 2\noutptu: json\n")
    try shell.write("value.yaml", "output: jsn\n")
    try shell.write("broken.yaml", "output: [json\n")
    try shell.write(
      "pack.yaml",
      """
      pack: bad
      description: A pack with a mistake
      patterns:
        - id: bad.pattern
          match: '(((oops'
          samples:
            - text: x

      """)
    let outcome = try shell.run(one.script + " </dev/null")
    #expect(outcome.status == 2, "\(outcome.out) \(outcome.error)")
    #expect(outcome.out.isEmpty)
    for words in one.says { #expect(outcome.error.contains(words), "\(outcome.error)") }
    #expect(!outcome.error.contains("Error("))
  }

  @Test("without input on a terminal shows the help")
  func terminal() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
    let shell = try Shell()
    let outcome = try shell.run("script -qec 'taffrail -c -; echo status $?' /dev/null </dev/null")
    #expect(outcome.out.contains("Usage: taffrail [COMMAND]"))
    #expect(outcome.out.contains("no input"))
    #expect(outcome.out.contains("status 2"))
  }
}
