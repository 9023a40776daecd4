import Grouping
import GroupingTrial
import Testing

@Suite struct ParametersTests {
  @Test(
    arguments: [
      (
        ["bob", "10.0.0.1", "22"], "Failed for bob from 10.0.0.1 port 22 x",
        "Failed for <*> from <ip> port <num> x"
      ),
      (["7"], "up on eth7", "up on eth<num>"),
      (["", "1"], "logname= uid=1", "logname=<*> uid=<num>"),
      ([], "just text", "just text"),
      (["all of it"], "all of it", "<*>"),
      (["2"], "got <num> and 2", "got \\<num> and <num>"),
      (["a b", "c"], "x a b y c", "x <*> y <*>"),
      (["  5\t"], "size   5\t", "size <num>"),
      (["1, 2, 3"], "ids 1, 2, 3 left", "ids <num> left"),
      (["\u{e9}t\u{e9} "], "l'\u{e9}t\u{e9} is", "l'<*>is"),
    ] as [([String], String, String)])
  func values(_ expected: [String], _ message: String, _ template: String) {
    let parameters = Parameters(of: Array(message.utf8).span, template: template)
    #expect(parameters.fits)
    #expect(parameters.values == expected)
    #expect(Parameters.rebuilt(template, with: parameters.values) == message)
  }

  @Test(
    arguments: [
      (["other text", ""], "other text", "size <num>"),
      (["===== 5 =====", ""], "===== 5 =====", "=== <num> ==="),
      (["two  blanks"], "two  blanks", "two blanks"),
      (["read 1  of 2"], "read 1  of 2", "read <num> of <num> at <time>"),
      (["a.BError: x"], "a.BError: x", "a.BError <- a.b"),
    ] as [([String], String, String)])
  func whatDoesNotFitIsTheWholeMessage(
    _ expected: [String], _ message: String, _ template: String
  ) {
    let parameters = Parameters(of: Array(message.utf8).span, template: template)
    #expect(!parameters.fits)
    #expect(parameters.values == expected)
    #expect(Parameters.rebuilt(template, with: parameters.values) == message)
  }

  @Test(arguments: [UInt64(21), 22])
  func valuesGiveTheMessageAgain(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = ["<*>", "<num>", "word", "x=", "(", ")", "eth<num>", "\\<num>", "to"]
    for _ in 0..<500 {
      let template = (0..<Int.random(in: 1...8, using: &generator))
        .map { _ in parts.randomElement(using: &generator) ?? "" }.joined(separator: " ")
      let count = Parameters(of: Array(template.utf8).span, template: template).values.count
      let message = Parameters.rebuilt(
        template,
        with: (0..<count).map { _ in ["7", "ab", "to", ""].randomElement(using: &generator) ?? "" })
      let parameters = Parameters(of: Array(message.utf8).span, template: template)
      #expect(Parameters.rebuilt(template, with: parameters.values) == message, "seed \(seed)")
    }
  }

  /// Parts of messages that are hard to tell from wildcards, or that masking rewrites.
  private static let hostile = [
    "<*>", "<num>", "\\<num>", "\\\\<*>", "<", ">", "\\", "\\\"", "\"", "'", "  ", "\t", "\n", "=",
    "==", "=====", "k=", "k=v", "k=\"a b\"", "[", "]", "()", "[]", "1", "-7", "0x1f", "1.2.3.4",
    "::1", "a:b:c", "12:00:01", "2024-01-02", "Jan 3", "5 ms", "7 KB", "a,b,c", "1, 2, 3",
    "/a/b", "C:\\x\\y", "\\5", "x\\7", "é", "日本", "e\u{301}", "\u{1f468}\u{200d}\u{1f469}", "true",
    "a.b.com", "user", "eth0", "blk_1", "word", "s3://b/c", "{\"a\":1}", "ORA-1", "...", "......9",
    "<ip>", "<time>", "\\<", "\u{0}", "\u{1b}[1m", "%", "~", "$1",
  ]

  @Test(arguments: [UInt64(61), 62, 63])
  func anyMessageComesBackFromItsGroup(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var messages: [String] = [
      "", " ", "<*>", "\\<*>", "\\\\<*>", "a  b", " a", "a ",
      String(repeating: "x1 ", count: 11_000),
      String(repeating: "=", count: 32_768), String(repeating: "<*>", count: 4000),
    ]
    for _ in 0..<1200 {
      let parts = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        Self.hostile.randomElement(using: &generator) ?? ""
      }
      let joint = Bool.random(using: &generator) ? " " : ""
      messages.append(parts.joined(separator: joint))
    }
    let mined = TrialMiner(messages.map { Array($0.utf8) })
    for (index, message) in messages.enumerated() {
      let template = mined.miner.text(of: mined.template(index))
      let parameters = Parameters(of: Array(message.utf8).span, template: template)
      let rebuilt = Parameters.rebuilt(template, with: parameters.values)
      #expect(
        Array(rebuilt.utf8) == Array(message.utf8), "seed \(seed): \(template) of \(message)")
    }
  }
}
