import Bytes
import Model
import Packs
import Testing

@Suite struct PackMatcherTests {
  static let pack = """
    pack: small
    applies: { program: [app, "app-*"], unit: ["job@*"], format: [clf] }
    patterns:
      - id: small.user
        match: '^user (?<name>\\S+) took %{NUM:took.ms:float}ms, code %{NUM:code:int}'
        category: security
        severity: warning
        outcome: failure
        action: measured
        fields: { name: user.name }
        samples: [{ text: 'user x took 2ms, code 7', fields: { user.name: x, took.ms: 2, code: 7 } }]
      - id: small.stated
        match: '^stated (?<what>\\w+)'
        action: say
        set: { network.transport: tcp, user.id: 0, port: "22", is.new: true, event.type: [start, 'in"fo', 7] }
        samples: [{ text: stated x, fields: { what: x } }]
      - id: small.restart
        match: '^restarting'
        change: restart
        samples: [{ text: restarting, fields: {} }]
    """
  static let general = """
    pack: general
    patterns:
      - id: general.user
        match: '^user (?<who>\\w+)'
        category: application
        samples: [{ text: user x }]
      - id: general.evil
        match: '(a+)+$'
        samples: [{ text: aaa }]
    """
  static let grok = "NUM [+-]?\\d*\\.?\\d+\n"

  private func load() throws -> (PackLibrary, FieldNames) {
    var names = FieldNames()
    let library = try PackLibrary(
      [
        .pack(file: "general.yaml", text: Self.general),
        .pack(file: "small.yaml", text: Self.pack), .grok(file: "g", text: Self.grok),
      ], names: &names)
    return (library, names)
  }

  private func run(_ items: [TestEntry], masks: Bool = true) throws -> [Seen] {
    let (library, names) = try load()
    var matcher = PackMatcher(library.tables)
    let maker = BatchMaker()
    maker.masks = masks
    let batch = maker.make(items)
    matcher.process(batch)
    return batch.entries.map { Seen($0, batch, library, names) }
  }

  /// An entry as the tests look at it.
  struct Seen {
    var id: String?
    var fields: [String: String] = [:]
    var numbers: [String] = []
    var kinds: [String: FieldKind] = [:]
    var entry: Entry

    init(_ entry: Entry, _ batch: Batch, _ library: PackLibrary, _ names: FieldNames) {
      self.entry = entry
      id = entry.pattern > 0 ? library.patterns[Int(entry.pattern) - 1].id : nil
      for field in batch.fields[entry.captureRange] {
        fields[names[field.name]] = batch.arenas.text(field.value)
        kinds[names[field.name]] = field.kind
        if field.kind == .number { numbers.append(names[field.name]) }
      }
    }
  }

  @Test(arguments: [true, false])
  func aMatchSetsWhatThePatternStates(masks: Bool) throws {
    let seen = try run(
      [TestEntry("user ann took +007.50ms, code 12", program: "app")], masks: masks)[0]
    #expect(seen.id == "small.user")
    #expect(
      seen.fields == [
        "user.name": "ann", "took.ms": "7.50", "code": "12", "event.action": "measured",
      ])
    #expect(seen.numbers == ["took.ms", "code"])
    #expect(seen.entry.category == .security)
    #expect(seen.entry.severity == .warning)
    #expect(seen.entry.severitySource == .pattern)
    #expect(seen.entry.outcome == .failure)
    #expect(seen.entry.captureCount == 4)
    #expect(!seen.entry.flags.contains(.change))
  }

  @Test func whatAPatternSetsStandsInEachEntry() throws {
    let all = try run([
      TestEntry("stated one", program: "app"), TestEntry("restarting", program: "app"),
      TestEntry("stated two", program: "app"),
    ])
    let fixed = [
      "event.action": "say", "network.transport": "tcp", "user.id": "0", "port": "22",
      "is.new": "true", "event.type": #"["start","in\"fo",7]"#,
    ]
    #expect(all[0].fields == fixed.merging(["what": "one"]) { $1 })
    #expect(all[1].fields.isEmpty)
    #expect(all[2].fields == fixed.merging(["what": "two"]) { $1 })
    #expect(
      all[2].kinds == [
        "what": .text, "event.action": .text, "network.transport": .text, "user.id": .number,
        "port": .text, "is.new": .bool, "event.type": .array,
      ])
  }

  /// Entries of one masked text match different patterns, in any order, and are matched pattern by pattern.
  @Test(arguments: [true, false])
  func eachEntryGetsItsFirstPatternWhateverCameBefore(masks: Bool) throws {
    var names = FieldNames()
    let words = ["one", "two", "three", "four", "five"]
    let patterns = words.map {
      """
        - id: many.\($0)
          match: '^state of [^ ]+ \($0)\\d'
          samples: [{ text: state of x \($0)1 }]
      """
    }
    let text = "pack: many\npatterns:\n" + patterns.joined(separator: "\n") + "\n"
    let library = try PackLibrary([.pack(file: "many.yaml", text: text)], names: &names)
    let endings = (0..<400).map { index -> String in
      let turn = (index * index + 3 * index / 7) % 6
      return turn < 5 ? words[turn] : "other"
    }
    for size in [400, 37, 1] {
      var matcher = PackMatcher(library.tables)
      let maker = BatchMaker()
      maker.masks = masks
      var ids: [String?] = []
      for start in stride(from: 0, to: endings.count, by: size) {
        let batch = maker.make(
          endings[start..<min(start + size, endings.count)].map {
            TestEntry("state of \($0.count)z \($0)7", program: "app")
          })
        matcher.process(batch)
        ids += batch.entries.map {
          $0.pattern > 0 ? library.patterns[Int($0.pattern) - 1].id : nil
        }
      }
      #expect(ids == endings.map { $0 == "other" ? nil : "many.\($0)" })
    }
  }

  @Test func whatAPatternDoesNotStateStaysAsItWas() throws {
    let seen = try run([TestEntry("restarting now", program: "app")])[0]
    #expect(seen.id == "small.restart")
    #expect(seen.entry.severitySource == .none)
    #expect(seen.entry.flags.contains(.change))
    #expect(seen.fields.isEmpty)
  }

  @Test(arguments: [
    ("app", "", SourceFormat.journald, "small.user"),
    ("app-7", "", .journald, "small.user"),
    ("apps", "", .journald, "general.user"),
    ("x", "job@3", .journald, "small.user"),
    ("x", "job", .journald, "general.user"),
    ("", "", .clf, "small.user"),
    ("x", "", .plain, "general.user"),
  ])
  func aScopeIsForItsProgramsUnitsAndFormats(
    program: String, service: String, format: SourceFormat, id: String
  ) throws {
    let entry = TestEntry(
      "user ann took 1ms, code 2", program: program, service: service, format: format)
    #expect(try run([entry])[0].id == id)
  }

  @Test(arguments: [true, false])
  func anEntryWithoutNamesIsForPatternsWithWordsEnough(masks: Bool) throws {
    let texts = ["user ann took 1ms, code 2", "stated one", "restarting"]
    let seen = try run(texts.map { TestEntry($0) }, masks: masks)
    #expect(seen.map(\.id) == ["small.user", nil, nil])
    let named = try run(texts.map { TestEntry($0, service: "other") }, masks: masks)
    #expect(named.map(\.id) == ["general.user", nil, nil])
  }

  @Test func theVerdictIsNotKeptForAMask() throws {
    // Both have one masked text, only one matches.
    let seen = try run([
      TestEntry("user ann took 1ms, code 2", program: "app"),
      TestEntry("user ann took x1ms, code 2", program: "app"),
      TestEntry("user ann took 3ms, code 4", program: "app"),
    ])
    #expect(seen.map(\.id) == ["small.user", "general.user", "small.user"])
    #expect(Set(seen.map(\.entry.mask)).count == 1)
  }

  @Test func aHostilePatternIsStoppedCountedAndNamed() throws {
    let (library, _) = try load()
    var matcher = PackMatcher(library.tables)
    // Its digit is masked, so that only PCRE2 can tell.
    let text = String(repeating: "a", count: 60) + "9"
    let batch = BatchMaker().make([TestEntry(text), TestEntry(text)])
    matcher.process(batch)
    #expect(batch.entries.allSatisfy { $0.flags.contains(.gaveUp) && $0.pattern == 0 })
    let named = batch.surrenders.map { library.patterns[Int($0.pattern) - 1].id }
    #expect(named == ["general.evil", "general.evil"])
    #expect(batch.surrenders.map(\.entry) == [0, 1])
  }

  @Test func aPatternThatAMaskRulesOutIsNotTried() throws {
    let (library, _) = try load()
    var matcher = PackMatcher(library.tables)
    let batch = BatchMaker().make([TestEntry(String(repeating: "a", count: 60) + "b")])
    matcher.process(batch)
    #expect(batch.surrenders.isEmpty)
    #expect(batch.entries[0].pattern == 0)
  }

  @Test func longTextsAreMatchedInPart() throws {
    let (library, _) = try load()
    var matcher = PackMatcher(library.tables, textLimit: 16)
    let batch = BatchMaker().make([
      TestEntry("user ann and a long tail behind the limit"), TestEntry("user ann"),
      TestEntry("bbbbbbbbbbbbbbbaaa"),
    ])
    matcher.process(batch)
    #expect(batch.entries.map { $0.flags.contains(.matchedInPart) } == [true, false, true])
    #expect(batch.entries[0].pattern > 0)
    // What stands behind the limit is no end.
    #expect(batch.entries[2].pattern == 0)
  }

  @Test func tablesThatStartAnewAreFollowed() throws {
    let (library, _) = try load()
    var matcher = PackMatcher(library.tables)
    let first = BatchMaker().make([TestEntry("user ann took 1ms, code 2", program: "app")])
    matcher.process(first)
    #expect(first.entries[0].category == .security)
    // Symbol 1 and slot 1 mean something else now.
    let second = BatchMaker().make([TestEntry("restarting", program: "other")])
    second.restartsNames = true
    second.restartsMasks = true
    matcher.process(second)
    #expect(second.entries[0].pattern == 0)
  }

  @Test func aFullArenaLosesNothingButTheRewriting() throws {
    let (library, names) = try load()
    var matcher = PackMatcher(library.tables)
    let batch = Batch(inputCapacity: 1 << 12, sideCapacity: 8)
    var entry = Entry()
    let text = Array("user ann took 1ms, code 02".utf8)
    entry.message = ByteRange(batch.arenas.input.append(text.span) ?? 0, count: text.count)
    entry.format = .clf
    batch.arenas.side.append("xxxxxxxx")
    batch.entries = [entry]
    matcher.process(batch)
    let seen = Seen(batch.entries[0], batch, library, names)
    #expect(seen.id == "small.user")
    #expect(seen.fields == ["user.name": "ann", "took.ms": "1", "code": "02"])
    #expect(seen.numbers == ["took.ms"])
  }

  @Test func anyBytesAreText() throws {
    let (library, _) = try load()
    var matcher = PackMatcher(library.tables)
    var state: UInt64 = 0x5eed_0003
    var items: [TestEntry] = []
    for _ in 0..<500 {
      var item = TestEntry("", program: "app")
      for _ in 0..<Int(state % 40) {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        item.message.append(UInt8(truncatingIfNeeded: state))
      }
      state = state &* 6_364_136_223_846_793_005 &+ 1
      items.append(item)
    }
    let batch = BatchMaker().make(items)
    matcher.process(batch)
    #expect(batch.entries.count == 500)
  }
}
