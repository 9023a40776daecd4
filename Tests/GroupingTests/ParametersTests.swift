import Grouping
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
      (["5"], "===== 5 =====", "=== <num> ==="),
      (["5"], "  size   5\t", "size <num>"),
    ] as [([String], String, String)])
  func values(_ expected: [String], _ message: String, _ template: String) {
    let parameters = Parameters(of: Array(message.utf8).span, template: template)
    #expect(parameters.fits)
    #expect(parameters.values == expected)
  }

  @Test func whatDoesNotFitIsTheWholeMessage() {
    let parameters = Parameters(of: Array("other text".utf8).span, template: "size <num>")
    #expect(!parameters.fits)
    #expect(parameters.values == ["other text"])
  }

  @Test(arguments: [UInt64(21), 22])
  func valuesGiveTheMessageAgain(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = ["<*>", "<num>", "word", "x=", "(", ")", "eth<num>", "\\<num>", "to"]
    for _ in 0..<500 {
      let template = (0..<Int.random(in: 1...8, using: &generator))
        .map { _ in parts.randomElement(using: &generator) ?? "" }.joined(separator: " ")
      let message = Parameters.rebuilt(
        template,
        with: (0..<8).map { _ in ["7", "ab", "to", "word"].randomElement(using: &generator) ?? "" })
      let parameters = Parameters(of: Array(message.utf8).span, template: template)
      #expect(parameters.fits, "seed \(seed)")
      #expect(Parameters.rebuilt(template, with: parameters.values) == message, "seed \(seed)")
    }
  }
}
