import Model
import Testing
import Triage

/// What rises, what it joins, and how it ends.
@Suite final class InsightDeskTests: KnownTrouble {
  @Test func oneFaultIsOneInsightThatNamesServiceAndGroup() throws {
    var desk = seasoned([refused])
    let scene = Scene(60, groups: [(refused, 118)], services: [(payments, 200, 120)])
      .with(.opens, .allErrors, actual: 120, typical: 2)
      .with(.opens, .serviceErrors(payments), actual: 120, typical: 2)
      .with(.opens, .service(payments), actual: 200, typical: 80)
      .with(.opens, .group(refused), actual: 118, typical: 1)
    let events = desk.close(scene.facts, findings: scene.findings, casebook: casebook)
    #expect(events.map(\.change) == [.opened])
    let insight = try #require(events.first?.insight)
    #expect(insight.type == .spike)
    #expect(insight.service == "payments")
    #expect(insight.group?.id == refused)
    #expect(insight.severity == .error)
    #expect(insight.start == Minute(number: 60).start)
    #expect(insight.decidedAt == Minute(number: 60).end)
    #expect(
      insight.title
        == #"payments: "connection to <ip> refused" 118 times a minute, usually 1"#)
    #expect(
      insight.reproduce
        == "taffrail groups -u payments -S 1970-01-01T01:00:00Z -U 1970-01-01T01:01:00Z INPUT")
  }

  @Test func aServicesErrorsAreExplainedByTheirMainGroup() throws {
    var desk = seasoned([refused])
    let scene = Scene(60, groups: [(refused, 90)], services: [(payments, 200, 120)])
      .with(.opens, .serviceErrors(payments), actual: 120, typical: 2)
    let insight = try #require(
      desk.close(scene.facts, findings: scene.findings, casebook: casebook).first?.insight)
    #expect(insight.group?.id == refused)
    #expect(insight.summary.contains("One message makes up 75 % of them."))
  }

  @Test func whereNoGroupIsMostOfItOnlyTheServiceIsNamed() throws {
    var desk = seasoned([refused])
    let scene = Scene(60, groups: [(refused, 20)], services: [(payments, 200, 120)])
      .with(.opens, .serviceErrors(payments), actual: 120, typical: 2)
    let insight = try #require(
      desk.close(scene.facts, findings: scene.findings, casebook: casebook).first?.insight)
    #expect(insight.group == nil)
    #expect(insight.title == "payments: 120 errors a minute, usually 2")
  }

  @Test func itEndsOnceWhenAllItsSeriesHaveEnded() throws {
    var desk = seasoned([refused])
    let opening = Scene(60, groups: [(refused, 118)], services: [(payments, 200, 120)])
      .with(.opens, .serviceErrors(payments), actual: 120, typical: 2)
      .with(.opens, .group(refused), actual: 118, typical: 1)
    let opened = desk.close(opening.facts, findings: opening.findings, casebook: casebook)
    let going = Scene(61, groups: [(refused, 130)])
      .with(.lasts, .group(refused), actual: 130, typical: 1, since: 60)
    #expect(desk.close(going.facts, findings: going.findings, casebook: casebook).isEmpty)
    let half = Scene(64).with(.ends, .group(refused), actual: 0, typical: 1, since: 60)
    #expect(desk.close(half.facts, findings: half.findings, casebook: casebook).isEmpty)
    let over = Scene(65).with(.ends, .serviceErrors(payments), actual: 0, typical: 2, since: 60)
    let ended = desk.close(over.facts, findings: over.findings, casebook: casebook)
    #expect(ended.map(\.change) == [.ended])
    let insight = try #require(ended.first?.insight)
    #expect(insight.id == opened.first?.insight.id)
    #expect(insight.status == .ended)
    #expect(insight.end == Minute(number: 61).end)
    #expect(insight.endReason == "quiet")
    #expect(desk.openInsights.isEmpty)
  }

  @Test func aNewLevelSaysSo() {
    var desk = seasoned([refused])
    let opening = Scene(60, groups: [(refused, 118)])
      .with(.opens, .group(refused), actual: 118, typical: 1)
    _ = desk.close(opening.facts, findings: opening.findings, casebook: casebook)
    let over = Scene(119).with(.newLevel, .group(refused), actual: 118, typical: 1, since: 60)
    let ended = desk.close(over.facts, findings: over.findings, casebook: casebook)
    #expect(ended.first?.insight.endReason == "new_level")
  }

  @Test func twoFaultsInOneServiceAreTwoInsights() {
    var book = casebook
    let other = book.addGroup(2, "disk full on <path>", payments)
    var desk = seasoned([refused, other])
    let first = Scene(60, groups: [(refused, 100)])
      .with(.opens, .group(refused), actual: 100, typical: 1)
    #expect(desk.close(first.facts, findings: first.findings, casebook: book).count == 1)
    let later = Scene(70, groups: [(other, 50)])
      .with(.opens, .group(other), actual: 50, typical: 0)
    #expect(desk.close(later.facts, findings: later.findings, casebook: book).count == 1)
  }

  @Test func whatRisesWithItJoinsIt() {
    var book = casebook
    let other = book.addGroup(2, "request failed", payments)
    var desk = seasoned([refused, other])
    let first = Scene(60, groups: [(refused, 100)])
      .with(.opens, .group(refused), actual: 100, typical: 1)
    _ = desk.close(first.facts, findings: first.findings, casebook: book)
    let next = Scene(61, groups: [(refused, 100), (other, 80)])
      .with(.opens, .group(other), actual: 80, typical: 1)
      .with(.opens, .allErrors, actual: 180, typical: 3)
    #expect(
      desk.close(next.facts, findings: next.findings, casebook: book)
        .allSatisfy { $0.change != .opened })
  }

  @Test func aSumOfFiveMinutesIsSetAgainstOne() throws {
    var desk = seasoned([refused])
    var scene = Scene(60, groups: [(refused, 4)], services: [(payments, 9, 4)])
      .with(.opens, .serviceErrors(payments), actual: 18, typical: 2, since: 57)
    scene.findings[0].reading.unit = "errors/5min"
    scene.findings[0].reading.minutes = 5
    let insight = try #require(
      desk.close(scene.facts, findings: scene.findings, casebook: casebook).first?.insight)
    #expect(insight.group?.id == refused)
    #expect(
      insight.title
        == #"payments: "connection to <ip> refused" among 18 errors in five minutes, usually 2"#)
    #expect(insight.start == Minute(number: 57).start)
  }

  @Test func volumeIsInformation() throws {
    var desk = seasoned([refused])
    let scene = Scene(60, services: [(payments, 900, 0)])
      .with(.opens, .service(payments), actual: 900, typical: 100)
    let insight = try #require(
      desk.close(scene.facts, findings: scene.findings, casebook: casebook).first?.insight)
    #expect(insight.severity == .info)
    #expect(insight.title == "payments: 900 entries a minute, usually 100")
  }

  @Test func exceedancesAloneOpenNothing() {
    var desk = seasoned([refused])
    let scene = Scene(60)
      .with(.exceeds, .allErrors, actual: 9, typical: 2, name: "two_sigma")
      .with(.exceeds, .allErrors, actual: 9, typical: 2)
    #expect(desk.close(scene.facts, findings: scene.findings, casebook: casebook).isEmpty)
  }

  @Test func evidenceComesFromTheCasebook() throws {
    var book = casebook
    book.markers = [
      ChangeMarker(
        at: Minute(number: 59).start, kind: .deployment, service: payments, host: .none,
        message: "deployed")
    ]
    book.contextsByGroup[refused] = [77]
    book.hostsByGroup[refused] = [orders]
    book.precedingEntries = [
      PrecedingEntry(
        at: Minute(number: 59).start,
        group: GroupReference(id: GroupID(number: 5), template: "pool is empty"),
        service: "orders", lagSeconds: 2)
    ]
    var desk = seasoned([refused])
    let scene = Scene(60, groups: [(refused, 100)])
      .with(.opens, .group(refused), actual: 100, typical: 1)
    let insight = try #require(
      desk.close(scene.facts, findings: scene.findings, casebook: book).first?.insight)
    #expect(insight.contexts == [77])
    #expect(insight.precededBy.count == 1)
    #expect(insight.exemplars.map(\.reference) == ["log:1"])
    #expect(insight.summary.contains("payments was deployed at 00:59:00 UTC."))
    #expect(insight.summary.contains(#"Just before, in orders: "pool is empty"."#))
  }

  @Test func idsDependOnNamesNotOnNumbers() {
    var other = FakeCasebook()
    _ = other.addService("something else")
    let same = other.addService("payments")
    let id = other.addGroup(1, "connection to <ip> refused", same)
    var first = seasoned([refused])
    var second = InsightDesk()
    for minute in 0..<60 { _ = second.close(Scene(minute).facts, findings: [], casebook: other) }
    let left = Scene(60, groups: [(refused, 100)])
      .with(.opens, .group(refused), actual: 100, typical: 1)
    let right = Scene(60, groups: [(id, 100)]).with(.opens, .group(id), actual: 100, typical: 1)
    let a = first.close(left.facts, findings: left.findings, casebook: casebook).first?.insight.id
    let b = second.close(right.facts, findings: right.findings, casebook: other).first?.insight.id
    #expect(a == b && a != nil)
  }

  @Test func movedGroupsStayOneInsight() {
    var book = casebook
    let wider = book.addGroup(3, "connection to <*> refused", payments)
    var desk = seasoned([refused])
    let scene = Scene(60, groups: [(refused, 100)])
      .with(.opens, .group(refused), actual: 100, typical: 1)
    _ = desk.close(scene.facts, findings: scene.findings, casebook: book)
    desk.moved(from: refused, to: wider)
    let next = Scene(61, groups: [(wider, 100)])
      .with(.opens, .group(wider), actual: 100, typical: 1)
    #expect(
      desk.close(next.facts, findings: next.findings, casebook: book)
        .allSatisfy { $0.change != .opened })
    let over = Scene(65).with(.ends, .group(wider), actual: 0, typical: 1, since: 60)
    #expect(
      desk.close(over.facts, findings: over.findings, casebook: book).map(\.change) == [.ended])
  }

  @Test func openInsightsAreBounded() {
    var settings = InsightSettings()
    settings.openLimit = 2
    var desk = InsightDesk(settings: settings)
    var book = casebook
    for index in 0..<5 {
      let service = book.addService("s\(index)")
      let id = book.addGroup(UInt64(50 + index), "e", service)
      let scene = Scene(index * 5, groups: [(id, 100)])
        .with(.opens, .group(id), actual: 100, typical: 1)
      _ = desk.close(scene.facts, findings: scene.findings, casebook: book)
    }
    #expect(desk.openInsights.count == 2)
    #expect(desk.turnedAway == 3)
  }

  @Test func shortInputIsRankedAllTheSame() {
    let ranking = ErrorRanking(
      from: Minute(number: 0), through: Minute(number: 4), completeMinutes: 4, casebook: casebook)
    #expect(ranking.places.map(\.group.id) == [refused])
    #expect(ranking.places.first?.services == ["payments"])
    #expect(
      ranking.lacking
        == "Spikes and new errors can be told only after 10 complete minutes of history; this input has 4 minutes."
    )
    let long = ErrorRanking(
      from: Minute(number: 0), through: Minute(number: 40), completeMinutes: 40,
      casebook: casebook)
    #expect(long.lacking == nil)
  }
}
