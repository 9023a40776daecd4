import Bytes
import Model
import PatternMatching
import Testing

@testable import Packs

/// The choice by words must never lose a match, whatever the masking does.
@Suite struct CandidateTests {
  @Test(
    arguments: [
      (#"^Failed (?<m>\S+) for (?:invalid user )?(?<u>\S+) from"#, ["Failed", "for"]),
      (#"^Failed (?<m>\S+) from "#, ["Failed", "from"]),
      (#"Failed password "#, ["password"]),
      (#"^a|^b"#, []),
      (#"^(?:one two|two three) x"#, ["one|two", "two"]),
      (#"^(?:two one|two three) x"#, ["two", "one|two"]),
      (#"(?i)^Failed now$"#, ["failed", "now"]),
      (#"^(?:error: )?Unable to"#, ["Unable"]),
      (#"^(?:error:)?Unable to"#, []),
      (#"^order(?: \d+)? filled$"#, ["order", "filled"]),
      (#"^fooo* bar+ (?:baz)+ "#, []),
      (#"^url https://x"#, ["url"]),
      (#"^key=(?<v>\S+) state:down$"#, ["key", "state", "down"]),
      (#"^(?<v>\S+)=down$"#, []),
      (#"^down,(?<v>x) "#, ["down"]),
      (#"^root admin bytes"#, []),
      (#"^x{2} foo{3} zoo{,3} "#, []),
      (#"(?x) ^ foo $"#, []),
      (#"^\Qfoo\E bar$"#, []),
      (#"^(*ACCEPT)foo$"#, []),
      (#"^foo(?=[\s:]|$)"#, ["foo"]),
      (#"^foo(?=bar)"#, []),
      (#"^foo\b bar"#, ["foo"]),
      (#"^cafe dead beef go$"#, []),
      (#"^order_filled "#, ["order_filled"]),
      (#"^über foo$"#, ["foo"]),
      (#"^foo[ \t]+bar[:,]baz$"#, ["foo", "bar", "baz"]),
      (#"^foo\s*bar$"#, []),
      (#"(?:^|\s)foo(?:\s|$)"#, ["foo"]),
      (#"^(?(1)foo) bar "#, []),
    ] as [(String, [String])])
  func wordsAreThoseThatMustStand(regex: String, words: [String]) {
    let found = RequiredWords.of(regex).map { clause in
      clause.words.map { String(decoding: $0.letters, as: UTF8.self) }.joined(separator: "|")
    }
    #expect(found == words)
  }

  @Test func manyPatternsAreFoundByTheirWords() {
    let clauses = (0..<1000).map { number in
      let word = String(number).map { "abcdefghij".utf8.map { $0 }[$0.wholeNumberValue ?? 0] }
      return [
        WordClause(words: [.init(letters: Array("word".utf8) + word, isFolded: number % 2 == 1)])
      ]
    }
    let index = CandidateIndex(clauses)
    var scratch = index.scratch()
    for number in 0..<1000 {
      let word = String(decoding: clauses[number][0].words[0].letters, as: UTF8.self)
      let text = Array("x (\(number % 2 == 1 ? word.uppercased() : word)): y".utf8)
      index.look(text.span, &scratch)
      #expect(scratch.found == [UInt16(number)])
    }
  }

  /// Every pattern that matches a text must be a candidate of the text's harshest mask.
  @Test func noMatchIsLostByMasking() throws {
    var names = FieldNames()
    let library = try PackLibrary(
      [.path(BuiltInPacksTests.folder)], names: &names, verification: .none)
    let samples = library.patterns.flatMap(\.samples).map(\.text)
    let pieces = samples.flatMap { $0.split(separator: " ").map(String.init) }
    var scratch = MatchScratch()
    var look = library.tables.index.scratch()
    var state: UInt64 = 0x5eed_0004
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var matched = 0
    for round in 0..<(samples.count + 3000) {
      var words = samples[round % samples.count].split(separator: " ").map(String.init)
      if round >= samples.count, !words.isEmpty {
        let at = next(words.count)
        switch next(4) {
        case 0: words.remove(at: at)
        case 1: words[at] = pieces[next(pieces.count)]
        case 2: words.insert(pieces[next(pieces.count)], at: at)
        default: words = Array(words.prefix(at))
        }
      }
      let text = Array(words.joined(separator: " ").utf8)
      let mask = masked(text)
      library.tables.index.look(mask.span, &look)
      for (index, pattern) in library.patterns.enumerated()
      where scratch.match(pattern.pattern.prepared(), text.span) == .found {
        matched += 1
        #expect(
          look.found.contains(UInt16(index)),
          "seed 0x5eed0004: \(pattern.id) on '\(String(decoding: text, as: UTF8.self))'")
      }
    }
    #expect(matched > samples.count / 2)
  }
}
