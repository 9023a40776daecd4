import Model
import Packs
import Testing

@Suite struct PackLoadingTests {
  private func load(_ texts: [String], verification: PackLibrary.Verification = .samples) throws
    -> PackLibrary
  {
    var names = FieldNames()
    return try PackLibrary(
      texts.enumerated().map { .pack(file: "p\($0.offset).yaml", text: $0.element) }, names: &names,
      verification: verification)
  }

  private func pack(_ pattern: String, head: String = "") -> String {
    "pack: p\n\(head)patterns:\n  - \(pattern)\n"
  }

  /// A mistake, where it is and what is said about it.
  @Test(arguments: [
    ("id: a\n    match: x", 3, 5, "no sample"),
    ("id: a\n    match: x\n    samples: [{ text: x, matches: false }]", 3, 5, "no sample"),
    ("id: a\n    match: x\n    samples: [{ text: y }]", 5, 15, "does not match"),
    (
      "id: a\n    match: x\n    samples: [{ text: x }, { text: xx, matches: false }]", 5, 28,
      "must not"
    ),
    (
      "id: a\n    match: '(?<n>x)'\n    samples: [{ text: x, fields: { n: y } }]", 5, 15,
      "other fields"
    ),
    ("id: a\n    match: '(?<n>x)'\n    samples: [{ text: x, fields: {} }]", 5, 15, "other fields"),
    ("id: a\n    match: 'ab(c'\n    samples: [{ text: x }]", 4, 17, "missing closing parenthesis"),
    ("id: a\n    match: '%{NOPE}'\n    samples: [{ text: x }]", 4, 13, "no grok pattern"),
    ("id: a\n    mtach: x\n    samples: [{ text: x }]", 4, 5, "unknown key 'mtach'"),
    ("id: a b\n    match: x\n    samples: [{ text: x }]", 3, 9, "not an identifier"),
    ("id: a\n    match: x\n    category: trade\n    samples: [{ text: x }]", 5, 15, "'trade'"),
    ("id: a\n    match: x\n    severity: loud\n    samples: [{ text: x }]", 5, 15, "'loud'"),
    ("id: a\n    match: x\n    outcome: none\n    samples: [{ text: x }]", 5, 14, "'none'"),
    ("id: a\n    match: x\n    change: move\n    samples: [{ text: x }]", 5, 13, "'move'"),
    (
      "id: a\n    match: x\n    fields: { n: y }\n    samples: [{ text: x }]", 4, 12,
      "does not have"
    ),
    (
      "id: a\n    match: '(?<n>x)'\n    fields: { n: 'y:double' }\n    samples: [{ text: x }]", 5,
      18, "not a type"
    ),
    (
      "id: a\n    match: '(?<n>x)'\n    set: { n: y }\n    samples: [{ text: x }]", 5, 1,
      "captured and set"
    ),
    (
      "id: a\n    match: x\n    set: { event.action: y }\n    samples: [{ text: x }]", 5, 12,
      "can't be set"
    ),
    (
      "id: a\n    match: x\n    set: { taffrail.x: y }\n    samples: [{ text: x }]", 5, 12,
      "taffrail's own"
    ),
    ("id: a\n    match: x\n    set: { a: {} }\n    samples: [{ text: x }]", 5, 15, "a text is"),
    ("id: a\n    match: x\n    set: { a: [] }\n    samples: [{ text: x }]", 5, 15, "empty list"),
    ("id: a\n    match: x\n    set: { a b: c }\n    samples: [{ text: x }]", 5, 12, "not a field"),
    (
      "id: a\n    match: x\n    set: { '[a][b]': c, a.b: d }\n    samples: [{ text: x }]", 5, 25,
      "set twice"
    ),
    ("id: a\n    match: '[aé]'\n    samples: [{ text: x }]", 4, 12, "outside ASCII"),
    ("id: a\n    match: '(a+)+$'\n    samples: [{ text: x }]", 5, 15, "does not match"),
    (
      "id: a\n    match: x\n    samples: [{ text: x }]\n  - id: a\n    match: y\n    samples: [{ text: y }]",
      6, 5, "stands twice"
    ),
  ])
  func mistakesSayWhere(pattern: String, line: Int, column: Int, problem: String) {
    do {
      _ = try load([pack(pattern)])
      Issue.record("not refused")
    } catch let error as ConfigurationError {
      #expect(error.file == "p0.yaml")
      #expect(error.problem.contains(problem), "\(error)")
      #expect(error.line == line, "\(error)")
      #expect(error.column == column, "\(error)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test(arguments: [
    "applies: { programs: [x] }\n", "applies: { program: ['a*b'] }\n",
    "applies: { format: [yaml] }\n", "colour: red\n",
  ])
  func headsAreChecked(head: String) {
    let text = pack("id: a\n    match: x\n    samples: [{ text: x }]", head: head)
    #expect(throws: ConfigurationError.self) { try load([text]) }
  }

  @Test func aUsersPackReplacesOneOfItsName() throws {
    let mine = "pack: same\npatterns:\n  - id: same.a\n    match: x\n    samples: [{ text: x }]\n"
    let theirs = "pack: same\npatterns:\n  - id: same.a\n    match: y\n    samples: [{ text: y }]\n"
    let library = try load([mine, theirs])
    #expect(library.patterns.map(\.match) == ["x"])
  }

  @Test func idsAreUniqueOverPacks() {
    let one = "pack: one\npatterns:\n  - id: a\n    match: x\n    samples: [{ text: x }]\n"
    let two = "pack: two\npatterns:\n  - id: a\n    match: y\n    samples: [{ text: y }]\n"
    #expect {
      try load([one, two])
    } throws: {
      ($0 as? ConfigurationError)?.file == "p1.yaml" && ($0 as? ConfigurationError)?.line == 3
    }
  }

  @Test func packsForSomeComeBeforePacksForAll() throws {
    let all = "pack: all\npatterns:\n  - id: all.a\n    match: x\n    samples: [{ text: x }]\n"
    let some =
      "pack: some\napplies: { program: [p] }\npatterns:\n"
      + "  - id: some.a\n    match: x\n    samples: [{ text: x }]\n"
    #expect(try load([all, some]).patterns.map(\.id) == ["some.a", "all.a"])
  }

  @Test func aSampleTakenByAnEarlierPatternIsDiagnosed() throws {
    let text = """
      pack: p
      patterns:
        - id: p.wide
          match: '^a'
          samples: [{ text: ax }]
        - id: p.narrow
          match: '^ab'
          samples: [{ text: abc }, { text: b, matches: false }]
      """
    let reports = try load([text]).reports()
    #expect(reports.map(\.isGood) == [true, false])
    #expect(reports[1].failures.map(\.problem) == ["is matched by 'p.wide' first"])
    #expect(reports[1].samples == 2)
  }

  @Test func listingsSayWhatAPatternGives() throws {
    let text = """
      pack: p
      applies: { program: [x], unit: ["y.service", "z@*"], format: [clf] }
      patterns:
        - id: p.a
          match: '^got (?<b>\\d+) or (?<b>z+)(?<c>q)?$'
          action: seen
          set: { event.type: [info] }
          fields: { b: 'count:int' }
          samples: [{ text: 'got 12 or z', fields: { count: 12 } }]
      """
    let listing = try #require(try load([text]).listings().first)
    #expect(listing.number == 1)
    #expect(listing.fields == ["count", "c", "event.action", "event.type"])
    #expect(listing.scope.units == ["y", "z@*"])
    #expect(listing.pattern.requiredWords == ["got"])
  }

  @Test func missingFilesAreMistakes() {
    var names = FieldNames()
    #expect(throws: ConfigurationError.self) {
      try PackLibrary([.path("/nonexistent/packs")], names: &names)
    }
  }

  @Test func randomTextNeverFails() {
    var state: UInt64 = 0x5eed_0005
    let pieces = [
      "pack: p\n", "patterns:\n", "  - id: a\n", "    match: '", "%{", "(?<", "[", "\\", "}", ")",
      "'\n", "    samples:\n", "      - text: x\n", "        fields: {a: 1}\n", ":", "*a", "&a ",
      "é",
    ]
    for _ in 0..<1500 {
      var text = ""
      for _ in 0..<14 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        text += pieces[Int(state % UInt64(pieces.count))]
      }
      _ = try? load([text])
      _ = try? load([
        pack("id: a\n    match: '\(text.filter { $0 != "\n" })'\n    samples: [{ text: x }]")
      ])
    }
  }
}
