import Foundation
import Model
import Testing

@testable import Packs

/// Grok files and lnav's formats, given as they are.
@Suite struct ForeignFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func library(_ names: String..., packs: String...) throws -> PackLibrary {
    var fields = FieldNames()
    return try PackLibrary(
      names.map { .path("\(folder.path)/\($0)") }
        + packs.enumerated().map { .pack(file: "p\($0.offset)", text: $0.element) },
      names: &fields, verification: .samples)
  }

  private func matched(_ library: PackLibrary, _ text: String) -> (id: String, entry: Entry)? {
    var matcher = PackMatcher(library.tables)
    let batch = BatchMaker().make([TestEntry(text, program: "any")])
    matcher.process(batch)
    let entry = batch.entries[0]
    return entry.pattern > 0 ? (library.tables.ids[Int(entry.pattern) - 1], entry) : nil
  }

  private static let grok = """
    # Firewall messages
    WORDS \\w+(?: \\w+)*
    ACTION (?:permitted|denied)
    FW_TAIL for %{WORDS:rule.name}
    FW_LIST access list %{ACTION:event.action} %{FW_TAIL}
    FW_BROKEN %{NOWHERE:x}
    """

  @Test func aGrokFileOnItsOwnIsAPackOfWhatNamesFields() throws {
    try folder.write("fw.grok", Self.grok)
    let library = try library("fw.grok")
    #expect(library.patterns.map(\.id) == ["grok.fw.grok.FW_LIST"])
    #expect(matched(library, "access list denied for rule nine")?.id == "grok.fw.grok.FW_LIST")
    #expect(matched(library, "an access list denied for rule nine") == nil, "the whole message")
  }

  @Test func aGrokFileThatAPackUsesGivesNamesOnly() throws {
    try folder.write("fw.grok", Self.grok)
    let pack =
      "pack: a\npatterns:\n  - id: a.b\n    match: '^x %{ACTION:done}'\n"
      + "    samples: [{ text: x denied, fields: { done: denied } }]\n"
    #expect(try library("fw.grok", packs: pack).patterns.map(\.id) == ["a.b"])
  }

  private static let lnav = #"""
    {
      "$schema": "https://lnav.org/schemas/format-v1.schema.json",
      "shop_log": {
        "title": "Shop", "description": "A shop's log", "url": "https://shop.example/",
        "regex": {
          "std": {
            "pattern": "^(?<timestamp>\\d{4}-\\d{2}-\\d{2} [\\d:]+) (?<level>\\w+) till=(?<till>\\d+) (?<body>.*)$"
          }
        },
        "level-field": "level",
        "level": { "error": "^(?:ERR|FATAL)$", "warning": "(?i)warn", "debug2": "^D$" },
        "value": { "till": { "kind": "integer", "identifier": true } },
        "sample": [
          { "line": "2026-03-01 10:00:00 ERR till=7 drawer jammed", "level": "error" },
          { "line": "2026-03-01 10:00:00 INFO till=7 sold\nmore of it" }
        ]
      },
      "shop_json": { "json": true, "file-type": "json", "level-field": "lvl" }
    }
    """#

  @Test(arguments: [
    ("2026-03-01 10:00:00 ERR till=7 drawer", "lnav.shop_log.std.error", Severity.error),
    ("2026-03-01 10:00:00 FATAL till=7 drawer", "lnav.shop_log.std.error", .error),
    ("2026-03-01 10:00:00 ERRATUM till=7 drawer", "lnav.shop_log.std", .unknown),
    ("2026-03-01 10:00:00 preWarning till=7 paper", "lnav.shop_log.std.warning", .warning),
    ("2026-03-01 10:00:00 D till=7 x", "lnav.shop_log.std.debug2", .debug),
    ("2026-03-01 10:00:00 INFO till=7 sold", "lnav.shop_log.std", .unknown),
  ])
  func anLnavFormatIsAPack(text: String, id: String, severity: Severity) throws {
    try folder.write("shop.json", Self.lnav)
    let library = try library("shop.json")
    #expect(library.packs.map(\.name) == ["lnav.shop_log"])
    let found = try #require(matched(library, text))
    #expect(found.id == id)
    #expect(found.entry.severity == severity)
    #expect(Set(library.listings().map(\.fields)) == [["till"]])
    #expect(!library.reports().map(\.isGood).contains(false))
  }

  @Test(arguments: [
    ("{}", "no lnav format"), ("[1]", "a mapping is wanted"),
    ("{\"a\": {\"json\": true}}", "no lnav"),
    ("{\"a\": {\"regex\": {\"s\": {\"pattern\": \"(\"}}}}", "PCRE2"), ("{", ""),
  ])
  func mistakesInFormatsAreTold(text: String, problem: String) throws {
    try folder.write("bad.json", text)
    do {
      _ = try library("bad.json")
      Issue.record("not refused")
    } catch let error as ConfigurationError {
      #expect(problem.isEmpty || error.problem.contains(problem), "\(error)")
      #expect(error.file.hasSuffix("bad.json"))
    }
  }
}
