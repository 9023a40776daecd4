import Model
import Packs
import Testing

@Suite struct PackDraftTests {
  private func draft(_ wishes: [(String, [String])]) throws -> PackDraft {
    try PackDraft(
      name: "mine",
      wishes: wishes.map {
        .init(template: $0.0, count: 3, programs: ["app"], messages: $0.1)
      }, sources: [.path(BuiltInPacksTests.folder)])
  }

  private func library(_ draft: PackDraft) throws -> PackLibrary {
    var names = FieldNames()
    return try PackLibrary([.pack(file: "draft.yaml", text: draft.text)], names: &names)
  }

  /// A template and its messages, and the expression that is made of them.
  @Test(arguments: [
    (
      "open port <num> for user <*>", ["open port 22 for user ann", "open port 7 for user bo"],
      #"^open port (?<port:float>[+-]?\d+(?:\.\d+)?) for user (?<user.name>\S+)$"#
    ),
    (
      "refused from <ip>: <*>", ["refused from 192.0.2.7: not now, thanks"],
      #"^refused from (?<source.ip>[0-9A-Fa-f:.]+): (?<value>.*)$"#
    ),
    ("50% (done) <*>", ["50% (done) [x]"], #"^50\% \(done\) (?<done>\S+)$"#),
    ("it's <*> a \"quote\"\\", ["it's not a \"quote\"\\"], #"^it's (?<value>\S+) a "quote"\\$"#),
    (
      "took <duration>, <duration>", ["took 2 ms, 3 s"],
      #"^took (?<took>.*?), (?<duration>.*)$"#
    ),
    (#"a \<num> <num>"#, ["a <num> 5"], #"^a <num> (?<num:float>[+-]?\d+(?:\.\d+)?)$"#),
  ])
  func aTemplateBecomesAPattern(template: String, messages: [String], regex: String) throws {
    let draft = try draft([(template, messages)])
    #expect(draft.leftOut.isEmpty)
    let library = try library(draft)
    #expect(library.patterns.map(\.match) == [regex])
    #expect(!library.reports().map(\.isGood).contains(false))
    #expect(library.patterns[0].samples.map(\.text) == messages)
  }

  @Test func wordsStayWordsToBeFoundBy() throws {
    let library = try library(
      try draft([("service <*> failed with <num>", ["service x failed with 7"])]))
    #expect(library.patterns[0].requiredWords == ["service", "failed", "with"])
  }

  @Test func whatAnEarlierPatternTakesIsLeftOut() throws {
    let draft = try draft([("<*> <*>", ["a b"]), ("c <*>", ["c d"]), ("c e <*>", ["c e f"])])
    #expect(draft.patternCount == 2)
    #expect(try !library(draft).reports().map(\.isGood).contains(false))
  }

  @Test func aTemplateThatDoesNotFitIsNamed() throws {
    let draft = try draft([("one <*>", ["two x"]), ("three <*>", ["three x"])])
    #expect(draft.leftOut == ["one <*>"])
    #expect(draft.patternCount == 1)
  }

  @Test func anyTextGivesValidYAML() throws {
    var state: UInt64 = 0x5eed_0007
    let pieces = [
      "'", "\"", ": ", "#", "\n", "\t", "\u{1}", "é", "\u{feff}", "{", "%{IP}", "\\", "-", "x", " ",
    ]
    for _ in 0..<200 {
      var text = "word "
      for _ in 0..<8 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        text += pieces[Int(state % UInt64(pieces.count))]
      }
      let draft = try draft([("word <*>", [text])])
      guard draft.patternCount == 1 else { continue }
      #expect(try library(draft).patterns[0].samples[0].text == text, "seed 0x5eed0007")
    }
  }
}
