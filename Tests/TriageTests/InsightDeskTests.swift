import Model
import Testing
import Triage

@Suite struct InsightDeskTests {
  var casebook = FakeCasebook()
  let payments: Symbol
  let orders: Symbol
  let refused: GroupID

  init() {
    payments = casebook.addService("payments")
    orders = casebook.addService("orders")
    refused = casebook.addGroup(1, "connection to <ip> refused", payments)
  }

  /// A desk that has seen an hour in which the groups were known.
  func seasoned(_ groups: [GroupID]) -> InsightDesk {
    var desk = InsightDesk()
    for minute in 0..<60 {
      let scene = Scene(minute, groups: groups.map { ($0, 1) }, casebook: casebook)
      #expect(desk.close(scene.facts, findings: [], casebook: casebook).isEmpty)
    }
    return desk
  }

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

  /// A service's volume may be judged as a rise and as a drop: neither goes on or ends by what is said of the other.
  @Test func aDropsEndIsNoSpikesEnd() throws {
    var desk = seasoned([refused])
    let drop = Scene(60, services: [(payments, 5, 0)])
      .with(.opens, .service(payments), actual: 5, typical: 20, since: 46, name: "drop")
    #expect(
      desk.close(drop.facts, findings: drop.findings, casebook: casebook).map(\.insight.type)
        == [.drop])
    let going = Scene(80, services: [(payments, 5, 0)])
      .with(.lasts, .service(payments), actual: 5, typical: 20, name: "drop")
    #expect(desk.close(going.facts, findings: going.findings, casebook: casebook).isEmpty)
    let spike = Scene(81, services: [(payments, 200, 0)])
      .with(.ends, .service(payments), actual: 200, typical: 20)
    #expect(desk.close(spike.facts, findings: spike.findings, casebook: casebook).isEmpty)
    let over = Scene(85, services: [(payments, 20, 0)])
      .with(.ends, .service(payments), actual: 20, typical: 20, name: "drop")
    let ended = try #require(
      desk.close(over.facts, findings: over.findings, casebook: casebook).first?.insight)
    #expect(ended.status == .ended)
    #expect(ended.end == Minute(number: 80).end)
    #expect(ended.summary.contains("It lasted 35 minutes"))
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

  @Test func aNewErrorGroupIsToldAfterTheWarmUp() throws {
    var book = casebook
    let new = book.addGroup(9, "ledger <num> is corrupt", orders, firstMinute: 60)
    let early = book.addGroup(8, "cannot bind", orders, firstMinute: 3)
    var desk = InsightDesk()
    for minute in 0..<60 {
      let groups = minute == 3 ? [(early, 4)] : []
      let scene = Scene(minute, groups: groups, casebook: book)
      #expect(desk.close(scene.facts, findings: [], casebook: book).isEmpty)
    }
    let scene = Scene(60, groups: [(new, 4), (early, 1)], casebook: book)
    let events = desk.close(scene.facts, findings: [], casebook: book)
    #expect(events.count == 1)
    let insight = try #require(events.first?.insight)
    #expect(insight.type == .newGroup)
    #expect(insight.severity == .warning)
    #expect(insight.start == Minute(number: 60).start.advanced(byNanoseconds: 5_000_000_000))
    #expect(insight.title == #"orders: new error "ledger <num> is corrupt""#)
    for minute in 61..<70 {
      let quiet = Scene(minute)
      #expect(desk.close(quiet.facts, findings: [], casebook: book).isEmpty)
    }
    let last = Scene(70)
    let ended = desk.close(last.facts, findings: [], casebook: book)
    #expect(ended.map(\.change) == [.ended])
    #expect(ended.first?.insight.end == Minute(number: 60).end)
  }

  @Test func aVariationIsNoNews() {
    var book = casebook
    let known = book.addGroup(7, "could not price AAPL: surface has <num> nodes", orders)
    var desk = InsightDesk()
    for minute in 0..<60 {
      let scene = Scene(minute, groups: [(known, 1)], casebook: book)
      _ = desk.close(scene.facts, findings: [], casebook: book)
    }
    let texts = [
      ("could not price MSFT: surface has <num> nodes", true),
      ("could not price AAPL: surface has too many <*> nodes", true),
      ("could not store AAPL: disk is full", false),
      ("feed lost, could not price AAPL: surface has <num> nodes", false),
    ]
    for (index, (text, isVariation)) in texts.enumerated() {
      let minute = 60 + index * 20
      let id = book.addGroup(UInt64(20 + index), text, orders, firstMinute: minute)
      let before = desk.variations
      let events = desk.close(
        Scene(minute, groups: [(id, 1)], casebook: book).facts, findings: [], casebook: book)
      #expect(events.isEmpty == isVariation, "\(text)")
      #expect(desk.variations - before == (isVariation ? 1 : 0), "\(text)")
      for quiet in (minute + 1)..<(minute + 20) {
        _ = desk.close(Scene(quiet).facts, findings: [], casebook: book)
      }
    }
    let elsewhere = book.addGroup(
      40, "could not price TSLA: surface has <num> nodes", payments, firstMinute: 200)
    let events = desk.close(
      Scene(200, groups: [(elsewhere, 1)], casebook: book).facts, findings: [], casebook: book)
    #expect(events.map(\.change) == [.opened])
  }

  @Test func aNewGroupIsAWarningWhereItRecursWithinFiveMinutes() throws {
    var book = casebook
    let slow = book.addGroup(9, "ledger <num> is corrupt", orders, firstMinute: 60)
    var desk = seasoned([refused])
    var severities: [FindingSeverity] = []
    for minute in 60..<84 {
      let has = minute < 80 ? minute % 4 == 0 : true
      let scene = Scene(minute, groups: has ? [(slow, 1)] : [], casebook: book)
      severities += desk.close(scene.facts, findings: [], casebook: book).map(\.insight.severity)
    }
    #expect(severities == [.info, .warning])
    #expect(desk.openInsights.first?.severity == .warning)
  }

  @Test func aLargeShareOfErrorsRaisesWhatIsOpen() {
    var book = casebook
    let new = book.addGroup(9, "ledger <num> is corrupt", orders, firstMinute: 60)
    var desk = seasoned([refused])
    let opening = Scene(60, groups: [(new, 4)], casebook: book)
    _ = desk.close(opening.facts, findings: [], casebook: book)
    #expect(desk.openInsights.map(\.severity) == [.warning])
    let share = Scene(61).with(
      .opens, .allErrors, actual: 0.31, typical: 0.02, name: "error_share")
    _ = desk.close(share.facts, findings: share.findings, casebook: book)
    #expect(desk.openInsights.map(\.severity) == [.error])
  }

  @Test(arguments: [(4, 1, true), (4, 4, false), (3, 1, false)])
  func onlyOneHostsRestartsMakeALoop(restarts: Int, hosts: Int, isLoop: Bool) {
    var book = casebook
    for index in 0..<restarts {
      book.markers.append(
        ChangeMarker(
          at: Minute(number: Int64(60 + index)).start, kind: .restart, service: payments,
          host: Symbol(number: UInt32(50 + index % hosts)), message: "Started"))
    }
    var desk = seasoned([refused])
    let scene = Scene(64)
    let events = desk.close(scene.facts, findings: [], casebook: book)
    #expect(events.contains { $0.insight.type == .crashLoop } == isLoop)
  }

  @Test func aTimersStartsAreNoLoop() {
    var book = casebook
    let manager = book.addService("systemd")
    book.addGroup(30, "fstrim.service: Failed with result 'timeout'.", manager)
    for index in 0..<20 {
      for unit in ["backup", "fstrim"] {
        book.markers.append(
          ChangeMarker(
            at: Minute(number: 60).start.advanced(byNanoseconds: Int64(index) * 1_000_000_000),
            kind: .restart, service: manager, host: .none,
            message: "Started \(unit).service - A task."))
      }
    }
    var desk = seasoned([refused])
    let events = desk.close(Scene(61).facts, findings: [], casebook: book)
    #expect(events.map(\.insight.title) == ["fstrim restarted 20 times in 10 minutes"])
  }

  /// Minutes of a service with this many entries each; what opened and ended, by minute.
  private func story(_ minutes: [Int]) -> [(Int, InsightEvent)] {
    var desk = InsightDesk()
    var told: [(Int, InsightEvent)] = []
    for (minute, entries) in minutes.enumerated() {
      var services = [(orders, 50, 0)]
      if entries > 0 { services.append((payments, entries, 0)) }
      let scene = Scene(minute, services: services)
      told += desk.close(scene.facts, findings: [], casebook: casebook).map { (minute, $0) }
    }
    return told
  }

  @Test func aServiceThatFallsSilentIsTold() throws {
    let busy = Array(repeating: 6, count: 70)
    let told = story(busy + Array(repeating: 0, count: 12) + busy)
    #expect(told.map(\.0) == [74, 82])
    #expect(told.map(\.1.change) == [.opened, .ended])
    let insight = try #require(told.first?.1.insight)
    #expect(insight.type == .absence)
    #expect(insight.severity == .warning)
    #expect(insight.start == Minute(number: 70).start)
    #expect(insight.title == "payments: no entries, usually 6 a minute")
    #expect(told.last?.1.insight.end == Minute(number: 81).end)
  }

  @Test(arguments: [
    ("a short history", Array(repeating: 6, count: 40), 12),
    ("every other minute", (0..<70).map { $0 % 2 * 9 }, 12),
    ("few entries", Array(repeating: 1, count: 70), 12),
    ("a short pause", Array(repeating: 6, count: 70), 4),
  ])
  func thatIsNoSilence(_ what: String, _ before: [Int], _ pause: Int) {
    let told = story(before + Array(repeating: 0, count: pause) + [6])
    #expect(told.isEmpty, "\(what)")
  }

  @Test func aNewGroupThatSpikesIsOneInsight() throws {
    var book = casebook
    let new = book.addGroup(9, "ledger <num> is corrupt", orders, firstMinute: 60)
    var desk = seasoned([refused])
    let scene = Scene(60, groups: [(new, 40)], services: [(orders, 90, 40)], casebook: book)
      .with(.opens, .allErrors, actual: 42, typical: 2)
      .with(.opens, .serviceErrors(orders), actual: 40, typical: 0)
      .with(.opens, .group(new), actual: 40, typical: 0)
    let events = desk.close(scene.facts, findings: scene.findings, casebook: book)
    #expect(events.count == 1)
    #expect(events.first?.insight.type == .newGroup)
    #expect(events.first?.insight.severity == .error)
    #expect(events.first?.insight.detector?.name == "rolling_zscore")
  }

  @Test func whereNewErrorsAreCommonASingleOneIsNoNews() {
    var book = casebook
    var desk = seasoned([refused])
    var opened = 0
    for index in 0..<40 {
      let service = book.addService("s\(index)")
      let id = book.addGroup(UInt64(100 + index), "e\(index)", service, firstMinute: 60 + index)
      let scene = Scene(60 + index, groups: [(id, 1)], casebook: book)
      opened += desk.close(scene.facts, findings: [], casebook: book)
        .count { $0.change == .opened }
    }
    #expect(opened == 10)
  }

  @Test func fourRestartsInTenMinutesAreACrashLoop() {
    var book = casebook
    var desk = seasoned([refused])
    for minute in [60, 62, 64, 66] {
      book.markers.append(
        ChangeMarker(
          at: Minute(number: Int64(minute)).start, kind: .restart, service: payments,
          host: .none, message: "Started"))
    }
    var events: [InsightEvent] = []
    for minute in 60..<90 {
      let now = Minute(number: Int64(minute)).end
      var known = book
      known.markers.removeAll { $0.at > now }
      let scene = Scene(minute)
      events += desk.close(scene.facts, findings: [], casebook: known)
    }
    #expect(events.map(\.change) == [.opened, .ended])
    #expect(events.first?.insight.type == .crashLoop)
    #expect(events.first?.insight.title == "payments restarted 4 times in 10 minutes")
    #expect(events.first?.insight.decidedAt == Minute(number: 66).end)
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

  @Test func theErrorShareIsToldWhereNothingElseExplainsIt() {
    var desk = seasoned([refused])
    let scene = Scene(60).with(
      .opens, .allErrors, actual: 0.31, typical: 0.02, name: "error_share")
    let events = desk.close(scene.facts, findings: scene.findings, casebook: casebook)
    #expect(events.first?.insight.title == "31 % of all entries are errors, usually 2 %")
    let over = Scene(70).with(.ends, .allErrors, actual: 0, typical: 0.02, name: "error_share")
    #expect(
      desk.close(over.facts, findings: over.findings, casebook: casebook).map(\.change)
        == [.ended])
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
