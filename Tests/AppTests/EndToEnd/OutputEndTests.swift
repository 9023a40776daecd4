import Foundation
import Testing

/// Outputs that fail, close or are interrupted, and what the exit status says then.
@Suite("Outputs and signals")
struct OutputEndTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var script: String
    var says: String
    var testDescription: String { script }

    init(_ script: String, _ says: String) {
      self.script = script
      self.says = says
    }
  }

  static let failing = [
    Case("taffrail -c - -o json --output-file /nope/x in.log", "can't write to /nope/x"),
    Case("taffrail -c - --insights /nope/x in.log", "can't write to /nope/x"),
    Case("taffrail -c - --entries /dev/full in.log", "/dev/full: No space left"),
    Case("taffrail -c - in.log >/dev/full", "standard output: No space left"),
    Case("taffrail parse -c - in.log >/dev/full", "standard output: No space left"),
    Case("taffrail groups -c - in.log >/dev/full", "standard output: No space left"),
    Case("taffrail groups --per-entry -c - in.log >/dev/full", "standard output: No space left"),
    Case("taffrail detect in.csv >/dev/full", "standard output: No space left"),
    Case("taffrail generate --count 9 >/dev/full", "standard output: No space left"),
    Case("TMPDIR=/nope taffrail groups --per-entry -c - in.log", "No such file or directory"),
  ]

  @Test("that can't be written give status 1 and a message", arguments: failing)
  func failures(one: Case) throws {
    let shell = try Shell()
    try shell.write("in.log", BadInputTests.good)
    try shell.write("in.csv", "timestamp,value\n1,2\n")
    let outcome = try shell.run(one.script)
    #expect(outcome.status == 1)
    #expect(outcome.error.contains(one.says), "\(outcome.error)")
  }

  @Test(
    "that close end the run quietly",
    arguments: ["parse", "groups", "groups --per-entry", "groups -o text", "parse -o text"])
  func closed(command: String) throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      taffrail generate --count 20000 --rate 6000/m >in.log
      taffrail \(command) -c - in.log | head -1 >/dev/null; echo ${PIPESTATUS[0]}
      """)
    #expect(outcome.out == "0\n")
    #expect(outcome.error.isEmpty)
  }

  @Test("an endless input ends with its reader")
  func endless() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      "yes '2026-03-01T10:00:00Z h app[1]: on and on' | taffrail parse -c - | head -3 | wc -l")
    #expect(outcome.out.contains("3"))
    #expect(outcome.status == 0)
  }

  @Test(
    "on a signal what was read is told", arguments: [("INT", 130), ("TERM", 143)],
    [
      "taffrail -o json --entries seen", "taffrail -f -o json --entries seen",
      "taffrail parse --stats --output-file seen",
    ])
  func signals(signal: (name: String, status: Int32), command: String) throws {
    let shell = try Shell()
    try shell.write("in.log", BadInputTests.good)
    let outcome = try shell.run(
      """
      mkfifo pipe; exec 9<>pipe; cat in.log >&9
      \(command) -c - <pipe >out 2>err & tool=$!
      until [ "$(cat seen 2>/dev/null | wc -l)" = 2 ]; do sleep 0.02; done
      kill -\(signal.name) $tool; wait $tool; status=$?
      cat out; cat err >&2; exit $status
      """)
    #expect(outcome.status == signal.status)
    #expect(try outcome.ledger["analysed"] == 2, "\(outcome.out) \(outcome.error)")
    #expect(try outcome.ledger.isBalanced)
  }

  @Test("are not read again from a followed or walked folder")
  func ownOutput() throws {
    let shell = try Shell()
    try shell.write("logs/in.log", BadInputTests.good)
    let outcome = try shell.run(
      """
      for i in 1 2; do taffrail parse -c - logs --output-file logs/out.jsonl || exit 9; done
      wc -l <logs/out.jsonl
      taffrail parse -c - logs >logs/more.jsonl; wc -l <logs/more.jsonl
      """)
    #expect(outcome.status == 0, "\(outcome.error)")
    // The second run reads neither what it appends to, nor what the first wrote there.
    #expect(outcome.out == "4\n6\n")
  }
}
