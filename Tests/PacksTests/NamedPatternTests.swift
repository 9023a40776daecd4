import Model
import Packs
import Testing

/// Patterns whose words any program may write are for entries that name theirs.
@Suite struct NamedPatternTests {
  private static let pack = """
    pack: p
    applies: { program: [app], unit: ["job@*"], logger: ["org.app.*", app.main], format: [plain] }
    patterns:
      - id: p.any
        match: '^queue (?:is )?full'
        named: true
        samples: [{ text: queue is full }]
      - id: p.said
        match: '^app (?<what>\\w+) was found wanting'
        named: true
        samples: [{ text: app x was found wanting }]
      - id: p.own
        match: '^app queue'
        samples: [{ text: app queue }]
      - id: p.uneven
        match: '^(?:three words here|started)'
        samples: [{ text: started }]
    """
  private static let elsewhere = Self.pack.replacing("format: [plain]", with: "format: [clf]")

  private func ids(_ items: [TestEntry], of pack: String = Self.pack) throws -> [String?] {
    var names = FieldNames()
    let library = try PackLibrary([.pack(file: "p.yaml", text: pack)], names: &names)
    var matcher = PackMatcher(library.tables)
    let batch = BatchMaker().make(items)
    matcher.process(batch)
    return batch.entries.map {
      $0.pattern > 0 ? library.patterns[Int($0.pattern) - 1].id : nil
    }
  }

  @Test(arguments: [
    ("app", "", SourceFormat.syslog, ["p.any"]),
    ("", "job@7", .journald, ["p.any"]),
    ("app", "", .plain, ["p.any"]),
    ("", "", .plain, []),
    ("other", "", .plain, []),
    ("", "", .journald, []),
  ])
  func aNamedPatternIsForItsNamesAlone(
    program: String, service: String, format: SourceFormat, expected: [String]
  ) throws {
    let entry = TestEntry("queue is full", program: program, service: service, format: format)
    #expect(try ids([entry]).compactMap(\.self) == expected)
  }

  /// A line's logger is its name where it has no other.
  @Test(arguments: [
    ("", "org.app.Queue", SourceFormat.plain, ["p.any"]), ("", "app.main", .plain, ["p.any"]),
    ("", "app.mainly", .plain, []), ("", "org.apple.Queue", .plain, []),
    ("other", "app.main", .plain, []), ("", "app.main", .json, []),
  ])
  func aLoggerNamesALineOfText(
    program: String, logger: String, format: SourceFormat, expected: [String]
  ) throws {
    let entry = TestEntry("queue is full", program: program, logger: logger, format: format)
    #expect(try ids([entry, entry]).compactMap(\.self) == expected + expected)
  }

  @Test func theFormatsOfItsPackStillGiveTheOthers() throws {
    #expect(try ids([TestEntry("app queue", format: .plain)]) == ["p.own"])
  }

  /// However many words it has: they tell nothing.
  @Test func itsWordsTellNothing() throws {
    let text = "app x was found wanting"
    #expect(try ids([TestEntry(text)]) == [nil])
    #expect(try ids([TestEntry(text, program: "app")]) == ["p.said"])
  }

  /// Three words in one alternative are no three words where the other has one.
  @Test func theShortestAlternativeTells() throws {
    let texts = ["three words here", "started"]
    #expect(try ids(texts.map { TestEntry($0) }, of: Self.elsewhere) == [nil, nil])
    let clf = texts.map { TestEntry($0, format: .clf) }
    #expect(try ids(clf, of: Self.elsewhere) == ["p.uneven", "p.uneven"])
  }

  @Test func aPackWithoutNamesHasNoNamedPatterns() throws {
    let nameless = Self.pack.replacing(
      "program: [app], unit: [\"job@*\"], logger: [\"org.app.*\", app.main], format", with: "format"
    )
    do {
      _ = try ids([], of: nameless)
      Issue.record("not refused")
    } catch let error as ConfigurationError {
      #expect(error.problem.contains("no program or unit"))
      #expect(error.found == "p.any")
      #expect(error.line == 4)
    }
  }
}
