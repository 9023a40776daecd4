import Bytes
import Grouping
import Model
import Testing

@Suite struct TemplateMinerTests {
  @Test func aWildcardAmongTheValuesMakesAColumnVariable() {
    let found = templates([
      "Failed password for invalid user <*> from <ip>",
      "Failed password for invalid user oracle from <ip>",
      "Failed password for invalid user test<num> from <ip>",
    ])
    #expect(Set(found) == ["Failed password for invalid user <*> from <ip>"])
  }

  @Test func fewPlainWordsStayApart() {
    let found = templates(["Failed password for x from <ip>", "Failed none for x from <ip>"])
    #expect(Set(found).count == 2)
  }

  @Test func statesStayApart() {
    let shapes = ["Started", "Paused", "Resumed", "Stopped", "Created", "Suspended", "Killed"]
      .map { "VM \($0) (Lifecycle Event)" }
    #expect(Set(templates(shapes)).count == shapes.count)
  }

  @Test func fiveOpenWordsAreAVariable() {
    let names = ["apple", "cherry", "plum", "grape", "lemon"]
    let shapes = names.map { "put the \($0) aside now" }
    #expect(Set(templates(shapes)) == ["put the <*> aside now"])
    #expect(Set(templates(Array(shapes.dropLast()))).count == 4)
  }

  @Test(arguments: [
    // Three among five words and more.
    ("the store has put <*> back", ["apple", "plum", "pear"], 2),
    // Of words with a number at their end one more.
    ("the store has put <*> back", ["apple<num>", "plum<num>", "pear<num>", "fig<num>"], 3),
    // Three identifiers, or three behind a label.
    ("put the <*> aside", ["red_apple", "ripePlum", "sour_pear"], 2),
    ("put it aside, kind: <*>, soon", ["apple", "plum", "pear"], 2),
  ])
  func theFewerValuesTheMoreIsEqual(_ template: String, _ values: [String], _ tooFew: Int) {
    let shapes = values.map { template.replacing("<*>", with: $0) }
    #expect(Set(templates(shapes)) == [template])
    #expect(Set(templates(Array(shapes.prefix(tooFew)))).count == tooFew)
  }

  @Test func singleLettersStayApart() {
    let shapes = ["x+", "y-", "z", "T", "n+", "w-"].map { "seen an error on the \($0) axis of it" }
    #expect(Set(templates(shapes)).count == shapes.count)
  }

  @Test func aValueInOneMessageIsOneInOthers() {
    let names = ["apple", "cherry", "plum", "grape", "lemon"]
    let proof = names.map { "put the \($0) aside now" }
    let few = ["took plum out", "took grape out"]
    let unknown = ["took walnut out", "took hazel out"]
    #expect(Set(templates(few)).count == 2)
    #expect(Set(templates(proof + few)) == ["put the <*> aside now", "took <*> out"])
    #expect(Set(templates(proof + unknown)).count == 3)
    // As the first word too, and by values that were themselves found so.
    let first = ["plum: taken off the shelf", "grape: taken off the shelf"]
    #expect(Set(templates(proof + first)) == ["put the <*> aside now", "<*>: taken off the shelf"])
  }

  @Test func firstWordsStayApartUnlessDotted() {
    let verbs = ["boot", "salt", "clone", "prune", "graft", "march"].map { "\($0) the whole thing" }
    #expect(Set(templates(verbs)).count == verbs.count)
    let dotted = ["a.b", "c.d", "e.f"].map { "\($0) runs the whole thing" }
    #expect(Set(templates(dotted)) == ["<*> runs the whole thing"])
  }

  @Test func optionalSlotsAreOneTemplate() {
    let found = templates(["error while reading blob <num>", "error while reading blob"])
    #expect(Set(found).count == 1)
  }

  @Test func kindsStayWhereMembersAgree() {
    #expect(templates(["seen by <ip> at last now"]) == ["seen by <ip> at last now"])
    let mixed = templates(["seen by <ip> at last now", "seen by <hex> at last now"])
    #expect(Set(mixed) == ["seen by <*> at last now"])
    #expect(templates(["on eth<num> it is up"]) == ["on eth<num> it is up"])
  }

  @Test func escapedTextIsNoWildcard() {
    #expect(templates(["got \\<num> for real here"]) == ["got \\<num> for real here"])
    let found = templates(["got \\<num> for real here", "got <num> for real here"])
    #expect(Set(found) == ["got <*> for real here"])
    #expect(WildcardText.plain("a \\<num> b <num>") == "a \\<num> b <*>")
    #expect(WildcardText.unescaped("a \\<num> b") == "a <num> b")
  }

  @Test func exceptionsAreTheirOwnTemplates() {
    var miner = TemplateMiner()
    let text = Array("a.BError <- a.b <- a.c".utf8)
    let one = miner.insert(text.span, kind: .exception)
    miner.settle()
    #expect(miner.text(of: miner.template(of: one)) == "a.BError <- a.b <- a.c")
    #expect(miner.group(of: one) == GroupID(template: text.span))
  }

  @Test func theIDIsThatOfTheText() {
    let (miner, numbers) = settled(["seen by <ip> at last"])
    let text = Array("seen by <ip> at last".utf8)
    #expect(miner.group(of: numbers[0]) == GroupID(template: text.span))
  }

  @Test func shapesBeyondTheLimitShareAGroup() {
    var miner = TemplateMiner(limit: 2)
    let numbers = ["a b c", "d e f", "g h i", "a b c"].map {
      miner.insert(Array($0.utf8).span, kind: .message)
    }
    miner.settle()
    #expect(numbers[2] == TemplateMiner.overflow)
    #expect(numbers[3] == numbers[0])
    #expect(miner.overflowCount == 1)
    #expect(miner.text(of: miner.template(of: numbers[2])) == "<overflow>")
  }

  @Test func whatATemplateWasIsKeptAsAnAlias() {
    var miner = TemplateMiner()
    let first = miner.insert(Array("put the apple aside now".utf8).span, kind: .message)
    miner.settle()
    let before = miner.group(of: first)
    _ = miner.insert(Array("put the <num> aside now".utf8).span, kind: .message)
    miner.settle()
    let after = miner.group(of: first)
    #expect(before != after)
    #expect(miner.current(before) == after)
    #expect(miner.merges.contains(TemplateMiner.Merge(from: before, to: after)))
    #expect(miner.aliases.contains { $0.from == before && $0.to == after })
    miner.settle()
    #expect(miner.merges.isEmpty)
  }

  @Test func anEmptyMessageHasATemplate() {
    #expect(templates([""]) == [""])
  }
}
