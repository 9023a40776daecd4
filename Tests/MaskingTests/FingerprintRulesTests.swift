import Bytes
import Masking
import Model
import Testing
import YAML

@Suite struct FingerprintRulesTests {
  private func rules(_ yaml: String) throws -> FingerprintRules {
    var rules = FingerprintRules()
    try rules.add(try YAMLDocument.read(Array(yaml.utf8), file: "c.yaml"))
    return rules
  }

  /// The text of each message's mask under the rules; "-" where it is filtered.
  private func texts(
    _ yaml: String, _ messages: [String], flags: EntryFlags = [], services: [String] = []
  ) throws -> [String] {
    let batch = try judged(yaml, messages, flags: flags, services: services)
    return batch.entries.map { entry in
      if entry.flags.contains(.filtered) { return "-" }
      return batch.newMasks.first { $0.slot == entry.mask }.map { batch.arenas.text($0.text) }
        ?? "?"
    }
  }

  private func judged(
    _ yaml: String, _ messages: [String], flags: EntryFlags = [], services: [String] = []
  ) throws -> Batch {
    let batch = batch(messages.map { Array($0.utf8) }, flags: flags)
    for (index, service) in services.enumerated() {
      let symbol = Symbol(number: UInt32(index + 1))
      if let offset = batch.arenas.side.append(service) {
        batch.newNames.append(
          NewName(
            symbol: symbol,
            spelling: ByteRange(offset, count: service.utf8.count, inSide: true)))
      }
      batch.entries[index].service = symbol
    }
    var masker = Masker(frames: shippedFrames)
    masker.process(batch)
    var ruler = FingerprintRuler(try rules(yaml), frames: shippedFrames, firstNumber: 101)
    ruler.process(batch, &masker)
    return batch
  }

  private static let trace = """
    java.net.SocketTimeoutException: read
    \tat com.acme.pay.Client.send(Client.java:3)
    \tat java.base/java.lang.Thread.run(Thread.java:829)
    """

  @Test func mergesByMessage() throws {
    let found = try texts(
      "- { match: { message: 'timed? out' }, merge: Timeouts }",
      ["read timed out", "time out of 7", "all is well 7"])
    #expect(found == ["Timeouts", "Timeouts", "all is well <num>"])
  }

  @Test(arguments: [
    "type: 'java.net.*'", "function: 'com.acme.pay.*'", "function: 'java.lang.Thread.run'",
    "path: 'Client.java*'", "type: '*Timeout*', message: read",
  ])
  func mergesByTrace(_ match: String) throws {
    let yaml = "- { match: { \(match) }, merge: Payment }"
    #expect(try texts(yaml, [Self.trace], flags: .exception) == ["Payment"])
    #expect(try texts(yaml, ["java.net.X read"]) == ["java.net.X read"])
  }

  @Test func splitsByServiceAndCapture() throws {
    let found = try texts(
      "- { match: { message: 'code (?<code>\\d+)' }, split: [service, code], title: Refused }",
      ["code 1 of x", "code 2 of y", "code 1 of z"], services: ["cart", "cart", "mail"])
    #expect(
      found == [
        "Refused [service=cart, code=1]", "Refused [service=cart, code=2]",
        "Refused [service=mail, code=1]",
      ])
  }

  /// Of two groups of one name, the one that took part; and no line feed in a name.
  @Test func splitsByTheGroupThatTookPart() throws {
    let found = try texts(
      "- { match: { message: 'code (?<c>\\d+)|err (?<c>\\d+)' }, split: [service, c], "
        + "title: Refused }",
      ["code 1", "err 2"], services: ["a\nb", "mail"])
    #expect(found == ["Refused [service=a b, c=1]", "Refused [service=mail, c=2]"])
  }

  /// A text that has been renamed is another thing than a message that reads so.
  @Test func aTitledTextHasAMaskOfItsOwn() throws {
    let yaml = "- { match: { message: '^lost' }, rename: Network }"
    let found = try texts(yaml, ["lost 7 packets", "Network: lost 8 packets"])
    #expect(found == ["Network: lost <num> packets", "Network: lost <num> packets"])
    let batch = try judged(
      yaml, ["lost 7 packets", "Network: lost 8 packets", "lost 9 packets"])
    #expect(batch.entries[0].mask != batch.entries[1].mask)
    #expect(batch.entries[0].mask == batch.entries[2].mask)
  }

  @Test func renamesWithWhatTheTextWas() throws {
    let yaml = "- { match: { message: '^lost' }, rename: Network }"
    #expect(
      try texts(yaml, ["lost 7 packets", "won 7"]) == ["Network: lost <num> packets", "won <num>"])
    let byType = "- { match: { type: 'java.*' }, rename: Payment }"
    #expect(
      try texts(byType, [Self.trace], flags: .exception)
        == ["Payment: java.net.SocketTimeoutException <- com.acme.pay.Client.send"])
  }

  /// Bytes that are no text have one wildcard, with a title as without.
  @Test func renamesWhatIsNoText() throws {
    let noise = "\u{1}\u{2}a7\u{3}\u{4}\u{5}b9\u{6}"
    let yaml = "- { match: { message: 'a7' }, rename: Noise }"
    #expect(
      try texts("- { match: { message: 'x' }, merge: M }", [noise], flags: .repaired) == ["<*>"])
    #expect(try texts(yaml, [noise], flags: .repaired) == ["Noise: <*>"])
  }

  @Test func aPatternThatGivesUpIsCountedByItsRule() throws {
    let batch = try judged(
      "[{ match: { message: no }, merge: N }, { match: { message: '(a+)+$' }, merge: A }]",
      ["fine", String(repeating: "a", count: 60) + "!", "no"])
    #expect(batch.surrenders == [Surrender(entry: 1, pattern: 102)])
    #expect(batch.entries.map { $0.flags.contains(.gaveUp) } == [false, true, false])
  }

  @Test func ignoresAndTheFirstRuleDecides() throws {
    let found = try texts(
      "[{ match: { service: 'web-?' }, ignore: true }, { match: { message: x }, merge: <num> }]",
      ["x 1", "x 2"], services: ["web-1", "web-10"])
    #expect(found == ["-", "\\<num>"])
  }

  @Test(
    arguments: [
      ("- { match: { message: x } }", 1, 3, ["merge", "split", "rename", "ignore"]),
      (
        "- { match: { message: x }, merge: a, ignore: true }", 1, 3,
        ["merge", "split", "rename", "ignore"]
      ),
      ("- { match: {}, merge: a }", 1, 12, ["type", "function", "path", "message", "service"]),
      (
        "- match: { message: '(?<a>x)' }\n  split: [b]", 2, 11,
        ["service", "type", "function", "path", "a"]
      ),
      ("- { match: { message: x }, ignore: false }", 1, 36, ["true"]),
    ] as [(String, Int, Int, [String])])
  func mistakesAreNamed(_ yaml: String, _ line: Int, _ column: Int, _ allowed: [String]) {
    do {
      _ = try rules(yaml)
      Issue.record("taken: \(yaml)")
    } catch let error as ConfigurationError {
      #expect(error.line == line)
      #expect(error.column == column)
      #expect(error.allowed == allowed)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func aPatternThatIsNoneIsNamed() {
    #expect(throws: ConfigurationError.self) {
      try rules("- { match: { message: '(' }, merge: a }")
    }
    #expect(throws: ConfigurationError.self) { try rules("- { match: { host: a }, merge: a }") }
    #expect(throws: ConfigurationError.self) { try rules("- { match: { message: a }, merge: '' }") }
  }

  @Test(arguments: [
    (true, "*", ""), (true, "a*c", "abbc"), (true, "a?c", "abc"), (false, "a?c", "ac"),
    (true, "*b*", "abc"), (false, "b", "abc"), (true, "a**", "a"), (false, "", "a"), (true, "", ""),
    (true, "*ab", "aab"), (true, "a.b[*]", "a.b[x]"),
  ])
  func globs(_ expected: Bool, _ glob: String, _ service: String) throws {
    let found = try texts(
      "- { match: { service: '\(glob)' }, merge: M }", ["x"], services: [service])
    #expect(found == [expected ? "M" : "x"])
  }
}
