import Model
import Packs
import Testing

@Suite struct BuiltInPacksTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    + "/patterns"

  @Test func everySampleHoldsAndNoneIsTakenByAnotherPatternFirst() throws {
    var names = FieldNames()
    let library = try PackLibrary(
      [.path(Self.folder)], names: &names, verification: .none)
    for report in library.reports() {
      for failure in report.failures {
        Issue.record(
          """
          \(report.id), line \(failure.line): \(failure.problem)
            text     \(failure.text)
            expected \(failure.expected ?? "-")
            got      \(failure.got ?? "-")
          """)
      }
      #expect(report.samples >= 2, "\(report.id) has one sample only")
    }
  }

  @Test func nearlyEveryPatternIsFoundByAWord() throws {
    var names = FieldNames()
    let library = try PackLibrary([.path(Self.folder)], names: &names, verification: .none)
    let free = library.patterns.filter(\.requiredWords.isEmpty).map(\.id)
    // Patterns without a word are tried on every text of their scope.
    #expect(free.count <= library.patterns.count / 10, "\(free)")
  }
}
