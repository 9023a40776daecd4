import Foundation
import Testing

/// Bad input is data: what was readable is analysed, and the exit status tells what could not be done.
@Suite("Bad input")
struct BadInputTests {
  static let good = """
    2026-03-01T10:00:00Z host app[7]: started
    2026-03-01T10:00:01Z host app[7]: ready

    """

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var script = ""
    var status: Int32
    var entries = 0
    var unparsed = 0
    var says = ""
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing", script: ": | taffrail -c -", status: 0),
    Case(name: "an empty file", script: ": >e; taffrail -c - e", status: 0),
    Case(name: "only blank lines", script: "printf '\\n\\n' | taffrail -c -", status: 0),
    Case(
      name: "half an object", script: "printf '{\"MESSAGE\":\"hal' | taffrail -c -", status: 1,
      unparsed: 1, says: "nothing in the input could be read as an entry"),
    Case(
      name: "half an object behind a whole one",
      script: """
        printf '{"MESSAGE":"a","__REALTIME_TIMESTAMP":"1772409600000000"}\n{"MESSAGE":"b' | taffrail -c -
        """, status: 0, entries: 1, unparsed: 1),
    Case(
      name: "a missing file", script: "taffrail -c - nope.log good.log", status: 1, entries: 2,
      says: "nope.log: No such file or directory"),
    Case(
      name: "a pattern without files", script: "taffrail -c - 'x*.log' good.log", status: 1,
      entries: 2, says: "x*.log: No file matches"),
    Case(name: "a folder", script: "taffrail -c - logs", status: 0, entries: 2),
    Case(
      name: "a folder with garbage in it",
      script: "head -c 5000 /dev/zero >logs/blob; taffrail -c - logs", status: 0, entries: 2),
    Case(
      name: "a gzip file that was cut",
      script: """
        for i in $(seq 20000); do echo "2026-03-01T10:00:00Z host app[$i]: line $RANDOM"; done | gzip |
          head -c 30000 >cut.gz; taffrail -c - cut.gz >out; status=$?
        test "$(tail -1 out | grep -c '"entries":0')" = 0 && cat out; exit $status
        """, status: 1, entries: -1, says: "cut.gz: compressed file ends too early"),
    Case(
      name: "a gzip file that is damaged",
      script: """
        gzip <good.log >bad.gz; printf '\\377\\377\\377' | dd of=bad.gz bs=1 seek=12 conv=notrunc status=none
        taffrail -c - good.log bad.gz
        """, status: 1, entries: -1, says: "bad.gz: "),
  ]

  @Test("has the right status, and the rest is analysed", arguments: cases)
  func table(one: Case) throws {
    let shell = try Shell()
    try shell.write("good.log", Self.good)
    try shell.write("logs/app.log", Self.good)
    let outcome = try shell.run(one.script)
    #expect(outcome.status == one.status, "\(outcome.error)")
    if one.says.isEmpty {
      #expect(outcome.error.isEmpty)
    } else {
      #expect(outcome.error.contains(one.says), "\(outcome.error)")
    }
    let ledger = try outcome.ledger
    #expect(ledger.isBalanced)
    if one.entries >= 0 { #expect(ledger["entries"] == one.entries) }
    #expect(ledger["unparsed"] == one.unparsed)
  }

  @Test("a folder without permission", .enabled(if: getuid() != 0, "root may read every folder"))
  func forbiddenFolder() throws {
    let shell = try Shell()
    try shell.write("good.log", Self.good)
    let outcome = try shell.run("mkdir -m 0 shut; taffrail -c - shut good.log")
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("shut: Permission denied"))
    #expect(try outcome.ledger["entries"] == 2)
  }

  @Test("a line of 100 MB is cut and counted, in little memory")
  func longLine() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      (head -c 100000000 /dev/zero | tr '\\0' x; echo; echo '2026-03-01T10:00:00Z h app[1]: ready') |
        taffrail -c - -o json --stats --workers 2
      """)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try outcome.ledger.isBalanced)
    #expect(try outcome.ledger["entries"] == 2)
    let hints = try outcome.summary["hints"] as? [String] ?? []
    #expect(hints.contains { $0.contains("1 lines were cut") || $0.contains("1 line was cut") })
    let words = outcome.error.split(whereSeparator: \.isWhitespace)
    let megabytes = try #require(
      words.firstIndex(of: "memory").flatMap { Int(words[words.index(after: $0)]) })
    #expect(megabytes < 150)
  }

  @Test("a pattern that would never end gives up, and is named")
  func hostilePattern() throws {
    let shell = try Shell()
    try shell.write(
      "evil.yaml",
      """
      pack: evil
      description: A pattern that takes exponential time
      patterns:
        - id: evil.backtracking
          match: '^(a+)+$'
          samples:
            - text: aaaa
            - text: bbbb
              matches: false

      """)
    let list = try shell.run("taffrail patterns list --patterns evil.yaml")
    #expect(list.status == 0, "\(list.error)")
    try shell.write(
      "in.log", String(repeating: String(repeating: "a", count: 60) + "9\n", count: 20))
    let outcome = try shell.run(
      "taffrail -c - -o json --format plain --patterns evil.yaml in.log")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try outcome.ledger["analysed"] == 20)
    let hints = try outcome.summary["hints"] as? [String] ?? []
    #expect(hints.contains { $0.contains("evil.backtracking gave up 20 times") }, "\(hints)")
    let limits = try outcome.summary["limits"] as? [String: Int] ?? [:]
    #expect(limits["matches given up"] == 20)
  }

  @Test("UTF-16 is told of")
  func wideText() throws {
    let shell = try Shell()
    try shell.write("wide.log", Data([0xff, 0xfe]) + Data(Self.good.utf8.flatMap { [$0, 0] }))
    let outcome = try shell.run("taffrail -c - -o json wide.log")
    let hints = try outcome.summary["hints"] as? [String] ?? []
    #expect(hints.contains { $0.contains("UTF-16") }, "\(outcome.out)")
    #expect(try outcome.ledger.isBalanced)
  }

  @Test("control characters don't reach a terminal")
  func escapes() throws {
    let shell = try Shell()
    let bell =
      "2026-03-01T10:00:00Z h app[1]: error: \u{1b}[31mred\u{7}\u{9b}31m and \u{202e}back\n"
    try shell.write("in.log", String(repeating: bell, count: 30))
    for command in ["analyze", "groups", "parse", "groups --per-entry"] {
      let outcome = try shell.run("taffrail \(command) -c - -o text --color never in.log")
      #expect(outcome.status == 0)
      #expect(!outcome.out.isEmpty)
      let wrong = outcome.out.unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || (0x7f..<0xa0).contains($0.value) || $0.value == 0x202e
      }
      #expect(wrong.isEmpty, "\(command)")
    }
  }
}
