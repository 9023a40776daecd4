import Model
import Testing

@testable import Security

@Suite struct SigmaCorrelationTests {
  private static func base(_ name: String, _ value: String) -> String {
    "title: \(name)\nname: \(name)\nlogsource: { product: linux }\n"
      + "detection: { s: { F: \(value) }, condition: s }\n"
  }

  private static func correlation(_ body: String, rules: String = "[one]") -> String {
    "title: joined\nlevel: high\ntags: [attack.t1110]\n"
      + "correlation: { rules: \(rules), timespan: 10s, \(body) }\n"
  }

  /// A correlation, entries as `second F G V`, and the seconds at which it opens.
  struct Timeline: Sendable {
    var body: String
    var rules = "[one]"
    var entries: [String]
    var opens: [Int]
  }

  private static let timelines: [Timeline] = [
    Timeline(
      body: "type: event_count, group-by: [G], condition: { gte: 3 }",
      entries: ["0 a x 1", "4 a x 1", "11 a x 1", "13 a x 1"], opens: [13]),
    Timeline(
      body: "type: event_count, group-by: [G], condition: { gte: 2 }",
      entries: ["0 a x 1", "1 a y 1", "2 a y 1", "3 a y 1"], opens: [2]),
    Timeline(
      body: "type: value_count, condition: { field: V, gt: 1 }",
      entries: ["0 a x 1", "1 a x 1", "2 a x 2"], opens: [2]),
    Timeline(
      body: "type: value_sum, condition: { field: V, gte: 10 }",
      entries: ["0 a x 4", "1 a x 5", "2 a x 1.5"], opens: [2]),
    Timeline(
      body: "type: value_avg, condition: { field: V, gt: 5 }", entries: ["0 a x 4", "1 a x 7"],
      opens: [1]),
    Timeline(
      body: "type: value_percentile, condition: { field: V, percentile: 50, gte: 6 }",
      entries: ["0 a x 4", "1 a x 7", "2 a x 8"], opens: [2]),
    Timeline(
      body: "type: temporal, group-by: [G]", rules: "[one, two]",
      entries: ["0 b x 1", "5 a y 1", "9 a x 1"], opens: [9]),
    Timeline(
      body: "type: temporal_ordered, group-by: [G]", rules: "[one, two]",
      entries: ["0 b x 1", "1 a x 1", "12 b x 1", "13 a x 1", "14 b x 1"], opens: [14]),
  ]

  @Test(arguments: timelines)
  func aWindowSlides(_ timeline: Timeline) {
    var log = RuleOfTests([
      Self.base("one", "a"), Self.base("two", "b"),
      Self.correlation(timeline.body, rules: timeline.rules),
    ])
    var told: [Int] = []
    for entry in timeline.entries {
      let words = entry.split(separator: " ").map(String.init)
      let second = Int(words[0]) ?? 0
      let opened = log.take(at: second, ["F": words[1], "G": words[2], "V": words[3]])
      if opened.contains(where: { $0.title == "joined" }) { told.append(second) }
    }
    #expect(timeline.opens == told, "\(timeline.body)")
  }

  @Test func fewerThanIsJudgedWhenTheWindowIsOver() {
    var log = RuleOfTests([
      Self.base("one", "a"), Self.correlation("type: event_count, condition: { lt: 3 }"),
    ])
    #expect(log.take(at: 0, ["F": "a"]).isEmpty)
    #expect(log.take(at: 1, ["F": "a"]).isEmpty)
    let told = log.close(minute: 0)
    #expect(["joined"] == told.map(\.title))
    #expect([2] == told.map { $0.detector?.actual })
    for second in 60..<64 { _ = log.take(at: second, ["F": "a"]) }
    #expect(log.close(minute: 1).isEmpty)
  }

  @Test func aliasesNameOneThingInTwoRules() {
    var log = RuleOfTests([
      Self.base("one", "a"), Self.base("two", "b"),
      "title: joined\ncorrelation:\n  type: temporal\n  rules: [one, two]\n  timespan: 1m\n"
        + "  group-by: [who]\n  aliases: { who: { one: G, two: V } }\n",
    ])
    #expect(log.take(at: 0, ["F": "a", "G": "ann"]).isEmpty)
    #expect(log.take(at: 1, ["F": "b", "V": "bob"]).isEmpty)
    let told = log.take(at: 2, ["F": "b", "V": "ann"])
    #expect([Attribution(field: "who", value: "ann", count: 2)] == told.first?.attribution)
  }

  @Test func rulesOfACorrelationSpeakWhereItSaysGenerate() {
    var log = RuleOfTests([
      Self.base("one", "a"),
      Self.correlation("type: event_count, generate: true, condition: { gte: 2 }"),
    ])
    #expect(["one"] == log.take(at: 0, ["F": "a"]).map(\.title))
    #expect(["joined"] == log.take(at: 1, ["F": "a"]).map(\.title))
  }

  @Test func matchesOfOnePlaceAreOneInsightThatEndsWhenItIsQuiet() {
    var log = RuleOfTests([
      "title: One\nid: 11111111-2222-3333-4444-555555555555\nlevel: critical\n"
        + "tags: [attack.t1059]\nlogsource: { product: linux }\n"
        + "detection: { s: { F: a }, condition: s }\n"
    ])
    let told = log.take(at: 0, ["F": "a"])
    #expect(["One"] == told.map(\.title))
    #expect([.critical] == told.map(\.severity))
    #expect([["attack.t1059"]] == told.map(\.tags))
    #expect(["11111111-2222-3333-4444-555555555555"] == told.map { $0.detector?.name })
    #expect(log.take(at: 1, ["F": "a"]).isEmpty)
    #expect(log.close(minute: 5).isEmpty)
    #expect([.ended] == log.close(minute: 10).map(\.status))
    #expect(["One"] == log.take(at: 700, ["F": "a"]).map(\.title))
  }
}
