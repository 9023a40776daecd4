import Model
import Testing
import Triage

@Suite struct IncidentDeskTests {
  func insight(
    _ id: String, _ service: String?, at minute: Int, severity: FindingSeverity = .error,
    contexts: [UInt64] = [], host: String? = nil, template: String = "boom",
    ratio: Double = 10, type: InsightType = .spike
  ) -> Insight {
    let start = Minute(number: Int64(minute)).start
    var insight = Insight(
      id: id, type: type, category: .application, severity: severity, at: start,
      decidedAt: start, start: start, title: "title \(id)", summary: "")
    insight.service = service
    insight.contexts = contexts
    insight.host = host
    insight.group = GroupReference(
      id: GroupID(number: UInt64(id.utf8.first ?? 0)), template: template)
    insight.detector = DetectorReading(
      name: "rolling_zscore", actual: ratio, typical: 1, count: 60, unit: "errors/min")
    return insight
  }

  func ended(_ insight: Insight, at minute: Int) -> InsightEvent {
    var copy = insight
    copy.status = .ended
    copy.end = Minute(number: Int64(minute)).end
    return InsightEvent(.ended, copy)
  }

  /// Plays events by minute and lists what was told, by minute.
  func play(
    _ events: [(Int, InsightEvent)], until end: Int, casebook: FakeCasebook = FakeCasebook()
  ) -> [(Int, Incident)] {
    var desk = IncidentDesk()
    var told: [(Int, Incident)] = []
    for minute in 0...end {
      let now = events.filter { $0.0 == minute }.map(\.1)
      for incident in desk.close(now, scene(minute, casebook), casebook: casebook) {
        told.append((minute, incident))
      }
    }
    return told
  }

  /// A minute in which all services of the casebook had entries.
  func scene(_ minute: Int, _ casebook: FakeCasebook) -> MinuteFacts {
    let symbols = (1..<max(1, casebook.names.count)).map { Symbol(number: UInt32($0)) }
    return Scene(minute, services: symbols.map { ($0, 1, 0) }).facts
  }

  static let shop: FakeCasebook = {
    var casebook = FakeCasebook()
    for name in ["payments", "orders", "web", "ledger"] { _ = casebook.addService(name) }
    return casebook
  }()

  @Test func anIncidentOpensAndClosesAfterFiveQuietMinutes() {
    let a = insight("a", "payments", at: 10)
    let told = play([(10, InsightEvent(.opened, a)), (20, ended(a, at: 17))], until: 40)
    #expect(told.map(\.0) == [10, 22])
    #expect(told.map(\.1.status) == [.open, .closed])
    #expect(told.last?.1.endsAt == Minute(number: 17).end)
    #expect(Set(told.map(\.1.id)).count == 1)
  }

  @Test func informationAloneIsNoIncidentButJoinsOne() {
    let quiet = insight("q", "payments", at: 9, severity: .info)
    #expect(play([(9, InsightEvent(.opened, quiet))], until: 30).isEmpty)
    let a = insight("a", "payments", at: 11)
    let told = play(
      [(9, InsightEvent(.opened, quiet)), (11, InsightEvent(.opened, a))], until: 12)
    #expect(told.count == 1)
    #expect(told.first?.1.insights == ["q", "a"])
    #expect(told.first?.1.startsAt == Minute(number: 9).start)
  }

  @Test(arguments: [
    ("same service", true), ("shared context", true), ("nothing shared", false),
    ("same host", true), ("same host, later", false), ("names the other", true),
    ("names the other, later", false), ("same service, far", false), ("whole stream", true),
  ])
  func whoBelongsTogether(situation: String, together: Bool) {
    var casebook = Self.shop
    casebook.hasSeveralHosts = true
    let a = insight("a", "payments", at: 10, contexts: [5], host: "node1")
    let b =
      switch situation {
      case "same service": insight("b", "payments", at: 20)
      case "shared context": insight("b", "orders", at: 20, contexts: [4, 5])
      case "same host": insight("b", "orders", at: 12, host: "node1")
      case "same host, later": insight("b", "orders", at: 13, host: "node1")
      case "names the other": insight("b", "orders", at: 12, template: "call to payments failed")
      case "names the other, later":
        insight("b", "orders", at: 14, template: "call to payments failed")
      case "same service, far": insight("b", "payments", at: 26)
      case "whole stream": insight("b", nil, at: 11)
      default: insight("b", "orders", at: 10)
      }
    let minute = Int(b.start.nanoseconds / 60_000_000_000)
    let told = play(
      [(10, InsightEvent(.opened, a)), (minute, InsightEvent(.opened, b))], until: 40,
      casebook: casebook)
    #expect(told.count == (together && minute > 10 ? 1 : 2), "\(situation)")
  }

  @Test func aHostAloneJoinsNothingWhereItIsTheOnlyOne() {
    let a = insight("a", "payments", at: 10, host: "node1")
    let b = insight("b", "orders", at: 10, host: "node1")
    let told = play(
      [(10, InsightEvent(.opened, a)), (10, InsightEvent(.opened, b))], until: 12)
    #expect(told.count == 2)
  }

  @Test func idsThatComeLaterJoinToo() {
    var casebook = FakeCasebook()
    let a = insight("a", "payments", at: 10, contexts: [1])
    let b = insight("b", "orders", at: 13, contexts: [2])
    let events = [(10, InsightEvent(.opened, a)), (13, InsightEvent(.opened, b))]
    #expect(Set(play(events, until: 15, casebook: casebook).map(\.1.id)).count == 2)
    casebook.contextsByGroup[GroupID(number: 0x61)] = [2, 3]
    #expect(Set(play(events, until: 15, casebook: casebook).map(\.1.id)).count == 1)
  }

  @Test func noChainRunsBeyondFifteenMinutes() {
    let chain = (0..<6).map { insight("\($0)", "payments", at: 10 + $0 * 6) }
    let told = play(
      chain.map { (Int($0.start.nanoseconds / 60_000_000_000), InsightEvent(.opened, $0)) },
      until: 60)
    #expect(told.map(\.0) == [10, 28])
  }

  @Test func onlyWhatOverlapsInTimeJoins() {
    let a = insight("a", "payments", at: 10)
    let b = insight("b", "payments", at: 19)
    let told = play(
      [(10, InsightEvent(.opened, a)), (13, ended(a, at: 11)), (19, InsightEvent(.opened, b))],
      until: 20)
    #expect(told.map(\.1.status) == [.open, .closed, .open])
  }

  @Test func aSpreadingOutageIsOneIncidentAndTheNamedServiceComesFirst() throws {
    let orders = insight("b", "orders", at: 10, template: "call to payments timed out", ratio: 40)
    let web = insight("c", "web", at: 11, template: "payments answered <num>", ratio: 50)
    let payments = insight("a", "payments", at: 10, ratio: 12)
    let told = play(
      [
        (10, InsightEvent(.opened, orders)), (10, InsightEvent(.opened, payments)),
        (11, InsightEvent(.opened, web)), (15, ended(orders, at: 14)),
        (15, ended(payments, at: 14)), (15, ended(web, at: 14)),
      ], until: 30, casebook: Self.shop)
    #expect(told.count == 2)
    let closed = try #require(told.last?.1)
    #expect(closed.insights.count == 3)
    #expect(closed.services.first == "payments")
    #expect(closed.suspects.first?.service == "payments")
    #expect(closed.suspects.first?.why.contains("named by orders, web") == true)
    #expect(closed.title == "title a; also in orders, web")
  }

  @Test func aSilentServiceThatTwoNameIsASuspect() throws {
    let orders = insight("b", "orders", at: 10, template: "call to ledger timed out")
    let web = insight("c", "web", at: 11, template: "ledger:<num> refused")
    let told = play(
      [(10, InsightEvent(.opened, orders)), (11, InsightEvent(.opened, web))], until: 40,
      casebook: Self.shop)
    #expect(told.count == 1)
    let together = play(
      [(11, InsightEvent(.opened, orders)), (11, InsightEvent(.opened, web))], until: 11,
      casebook: Self.shop)
    let suspect = try #require(together.first?.1.suspects.first)
    #expect(suspect.service == "ledger")
    #expect(suspect.why == "named by orders, web, reports nothing itself")
  }

  @Test func oneMinutesIncidentsAreJoinedBeforeTheyAreTold() {
    let a = insight("a", "orders", at: 10, contexts: [1])
    let b = insight("b", "web", at: 10, contexts: [2])
    let bridge = insight("c", "ledger", at: 10, severity: .warning, contexts: [1, 2])
    let told = play([a, b, bridge].map { (10, InsightEvent(.opened, $0)) }, until: 12)
    #expect(told.count == 1)
    #expect(told.first?.1.insights == ["a", "b", "c"])
  }

  @Test func aChangeJustBeforeMakesASuspect() {
    var casebook = FakeCasebook()
    let web = casebook.addService("web")
    casebook.markers = [
      ChangeMarker(
        at: Minute(number: 8).start, kind: .deployment, service: web, host: .none, message: "")
    ]
    let a = insight("a", "orders", at: 10, contexts: [1])
    let b = insight("b", "web", at: 10, contexts: [1])
    let told = play(
      [(10, InsightEvent(.opened, a)), (10, InsightEvent(.opened, b))], until: 10,
      casebook: casebook)
    #expect(told.first?.1.suspects.map(\.service) == ["web", "orders"])
  }

  @Test func growthRaisesTheIncident() {
    let quiet = insight("q", "payments", at: 9, severity: .info)
    var graver = quiet
    graver.severity = .critical
    let told = play(
      [(9, InsightEvent(.opened, quiet)), (12, InsightEvent(.grew, graver))], until: 14)
    #expect(told.map(\.0) == [12])
    #expect(told.first?.1.severity == .critical)
  }

  @Test func theOrderOfEventsDoesNotMatter() {
    let all = [
      insight("a", "payments", at: 10), insight("b", "orders", at: 10, contexts: [1]),
      insight("c", "web", at: 10, severity: .warning, contexts: [1]),
      insight("d", "payments", at: 10, severity: .info),
    ].map { InsightEvent(.opened, $0) }
    var first = IncidentDesk()
    var second = IncidentDesk()
    let now = scene(10, Self.shop)
    let left = first.close(all, now, casebook: Self.shop)
    let right = second.close(all.reversed(), now, casebook: Self.shop)
    #expect(left.map(\.id) == right.map(\.id))
    #expect(left.map(\.insights) == right.map(\.insights))
    #expect(left.count == 2)
  }
}
