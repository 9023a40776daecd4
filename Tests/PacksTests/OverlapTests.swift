import Model
import Testing

@testable import Packs

@Suite struct OverlapTests {
  private func report(_ packs: String...) throws -> (OverlapReport, PackLibrary) {
    var names = FieldNames()
    let library = try PackLibrary(
      packs.enumerated().map { .pack(file: "p\($0.offset).yaml", text: $0.element) },
      names: &names)
    return (OverlapReport(library), library)
  }

  private func pack(_ name: String, _ scope: String, _ patterns: [(String, String)]) -> String {
    var text = "pack: \(name)\n\(scope)patterns:\n"
    for (index, pattern) in patterns.enumerated() {
      text += "  - id: \(name).\(index)\n    match: '\(pattern.0)'\n"
      text += "    samples: [{ text: '\(pattern.1)' }]\n"
    }
    return text
  }

  @Test func aGeneralPatternBeforeASpecificOneHidesIt() throws {
    let (report, library) = try report(
      pack("a", "", [("^open ", "open door"), ("^open door$", "open door"), ("^shut", "shut")]))
    #expect(
      report.overlaps == [
        SampleOverlap(pattern: 0, other: 1, line: 5, text: "open door"),
        SampleOverlap(pattern: 1, other: 0, line: 8, text: "open door"),
      ])
    #expect(report.overlaps.map(\.isShadow) == [false, true])
    #expect(report.unreachable.map { library.patterns[$0].id } == ["a.1"])
    #expect(report.misplaced.isEmpty, "each takes the other's sample")
  }

  @Test func theMoreSpecificIsNamedWithTheOrder() throws {
    let (report, _) = try report(
      pack("a", "", [("^open ", "open window"), ("^shut", "shut"), ("^open door$", "open door")]))
    #expect(report.misplaced.map(\.specific) == [2])
    #expect(report.misplaced.map(\.general) == [0])
    #expect(report.orders.map(\.ids) == [["a.2", "a.0", "a.1"]])
  }

  @Test(arguments: [
    ("applies: { program: [x] }\n", "applies: { program: [y] }\n", 0),
    ("applies: { program: [x] }\n", "applies: { unit: [x] }\n", 2),
    ("applies: { program: ['x*'] }\n", "applies: { program: [xy] }\n", 2),
    ("applies: { format: [clf] }\n", "applies: { format: [clf, json] }\n", 2),
    ("applies: { program: [x] }\n", "", 2),
  ])
  func onlyPacksThatMayMeetAreCompared(first: String, second: String, overlaps: Int) throws {
    let (report, _) = try report(
      pack("a", first, [("^one", "one")]), pack("b", second, [("^one", "one")]))
    #expect(report.overlaps.count == overlaps)
  }

  @Test func aNarrowerPackHidesNothingOfAWiderOne() throws {
    let (report, _) = try report(
      pack("a", "applies: { program: [x] }\n", [("^one", "one")]), pack("b", "", [("^one", "one")]))
    // Other programs' entries reach the general pattern.
    #expect(report.overlaps.count { $0.isShadow } == 1)
    #expect(report.unreachable.isEmpty)
  }

  @Test func noBuiltInPatternIsOutOfReach() throws {
    var names = FieldNames()
    let library = try PackLibrary(
      [.path(BuiltInPacksTests.folder)], names: &names, verification: .none)
    let report = OverlapReport(library)
    #expect(report.unreachable.map { library.patterns[$0].id } == [])
  }
}
