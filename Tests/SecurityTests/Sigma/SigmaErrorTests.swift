import Model
import Testing

@testable import Security

@Suite struct SigmaErrorTests {
  private static func outcome(_ text: String) -> (String, ConfigurationError?) {
    switch SigmaLoader(texts: [("r.yml", text)]).documents.first?.outcome {
    case .broken(let error): ("broken", error)
    case .refused(let error): ("refused", error)
    default: ("loaded", nil)
    }
  }

  private static let head = "title: t\nlogsource: { product: linux }\n"

  private static let mistakes: [(String, String, String)] = [
    ("logsource: { product: linux }", "broken", "1:1 'title' is missing"),
    (
      head + "level: hihg\ndetection: { s: [a], condition: s }", "broken",
      "3:8 'hihg' is not one of the names allowed here"
    ),
    (head + "detection: { s: [a] }", "broken", "3:12 'condition' is missing"),
    (head + "detection: { s: [a], condition: t }", "broken", "3:33 no selection of this name"),
    (
      head + "detection: { s: [a], condition: s and }", "broken",
      "3:38 a selection's name is wanted here"
    ),
    (
      head + "detection: { s: [a], condition: 1 of x* }", "broken",
      "3:38 no selection has such a name"
    ),
    (
      head + "detection: { s: { F|contians: a }, condition: s }", "broken",
      "3:19 unknown modifier 'contians'"
    ),
    (
      head + "detection: { s: { F|re: '(' }, condition: s }", "broken",
      "3:25 not a regular expression: missing closing parenthesis"
    ),
    (
      head + "detection: { s: { F|cidr: 1.2.3 }, condition: s }", "broken",
      "3:27 not a block of addresses"
    ),
    (
      head + "detection: { s: { F|re|contains: a }, condition: s }", "broken",
      "3:19 're' takes no place in the text"
    ),
    (
      head + "detection: { s: [a], condition: s | count() > 5 }", "refused",
      "3:35 aggregations in a condition belong to Sigma 1"
    ),
    (
      head + "detection: { s: { F|expand: '%who%' }, condition: s }", "refused",
      "3:29 'expand' needs the values of this placeholder"
    ),
    (head + "own_key: { a: 1 }\ndetection: { s: [a], condition: s }", "loaded", ""),
    (
      "title: t\ncorrelation: { type: event_count, rules: [x], timespan: 1m, condition: { gte: 2 } }",
      "broken", "1:1 no rule has this name or id"
    ),
    (
      "title: t\ncorrelation: { type: event_count, rules: [x], timespan: 1 }", "broken",
      "2:57 not a timespan"
    ),
  ]

  @Test(arguments: mistakes)
  func aMistakeHasAPlaceAndAReason(_ text: String, _ state: String, _ words: String) {
    let (found, error) = Self.outcome(text)
    #expect(state == found, "\(text)")
    #expect(words == (error.map { "\($0.line):\($0.column) \($0.problem)" } ?? ""), "\(text)")
  }

  @Test func aMisspeltModifierIsToldWithWhatIsAllowed() {
    let (_, error) = Self.outcome(Self.head + "detection: { s: { F|contians: a }, condition: s }")
    #expect("contians" == error?.found)
    #expect(SigmaModifiers.names == error?.allowed)
    #expect("did you mean 'contains'?" == error?.hint)
  }

  @Test func placeholdersAreFilledIn() {
    var rule = RuleOfTests([
      "placeholders: { who: [ann, bob] }",
      Self.head + "detection: { s: { F|expand: 'x%who%' }, condition: s }",
    ])
    #expect([0] == rule.matches(["F": "xbob"]))
    #expect(rule.matches(["F": "bob"]).isEmpty)
  }

  @Test func severalDocumentsStandInOneFile() {
    let one = Self.head + "detection: { s: [a], condition: s }\n"
    let loader = SigmaLoader(texts: [("r.yml", one + "---\n" + one)])
    #expect([1, 5] == loader.documents.map(\.line))
  }

  @Test func aConditionThatNothingMeetsIsTold() {
    let loader = SigmaLoader(texts: [
      ("r.yml", Self.head + "detection: { a: { F: x }, b: { F: y }, condition: a and b }")
    ])
    let reports = loader.reports(names: FieldNames(), survey: nil)
    #expect(["F can't be both 'x' and 'y'"] == reports.map(\.never))
    #expect([["F"]] == reports.map(\.unmapped))
  }
}
