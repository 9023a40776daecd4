import Model
import Testing
import Triage

/// Errors that come for the first time.
@Suite final class NewGroupTests: KnownTrouble {
  /// Minutes of a day.
  private let day = 1440

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
        Scene(minute, groups: [(id, 4)], casebook: book).facts, findings: [], casebook: book)
      #expect(events.isEmpty == isVariation, "\(text)")
      #expect(desk.variations - before == (isVariation ? 1 : 0), "\(text)")
      for quiet in (minute + 1)..<(minute + 20) {
        _ = desk.close(Scene(quiet).facts, findings: [], casebook: book)
      }
    }
    let elsewhere = book.addGroup(
      40, "could not price TSLA: surface has <num> nodes", payments, firstMinute: 200)
    let events = desk.close(
      Scene(200, groups: [(elsewhere, 4)], casebook: book).facts, findings: [], casebook: book)
    #expect(events.map(\.change) == [.opened])
  }

  @Test func aNewGroupIsAWarningWhereItRecursWithinFiveMinutes() throws {
    var book = casebook
    let slow = book.addGroup(9, "ledger <num> is corrupt", orders, firstMinute: day)
    var desk = seasoned([refused], minutes: day)
    var severities: [FindingSeverity] = []
    for minute in day..<day + 24 {
      let has = minute < day + 20 ? minute % 4 == 0 : true
      let scene = Scene(minute, groups: has ? [(slow, 1)] : [], casebook: book)
      severities += desk.close(scene.facts, findings: [], casebook: book).map(\.insight.severity)
    }
    #expect(severities == [.info, .warning])
    #expect(desk.openInsights.first?.severity == .warning)
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
    var desk = seasoned([refused], minutes: day)
    var opened = 0
    for index in 0..<40 {
      let service = book.addService("s\(index)")
      let id = book.addGroup(UInt64(100 + index), "e\(index)", service, firstMinute: day + index)
      let scene = Scene(day + index, groups: [(id, 1)], casebook: book)
      opened += desk.close(scene.facts, findings: [], casebook: book)
        .count { $0.change == .opened }
    }
    #expect(opened == 10)
  }

  /// By complete minutes of the run before its first, entries a minute from then on, and the minutes after the first in which it is told; none: never.
  @Test(
    arguments: [
      (60, [1], nil), (60, [2], nil), (60, [3], 0), (60, [1, 1, 1], 2),
      (60, [1, 0, 0, 0, 1, 1], nil),
      (60, [1, 0, 0, 0, 0, 1, 1, 1], 7), (300, [1, 1], nil), (300, [2], 0),
      (1200, [1, 0, 0, 0, 1], 4),
      (1200, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], nil), (1439, [1], nil), (1440, [1], 0),
    ] as [(Int, [Int], Int?)])
  func onItsFirstDayARunIsToldWhatComesOften(_ before: Int, _ counts: [Int], _ told: Int?) {
    var book = casebook
    let new = book.addGroup(9, "ledger <num> is corrupt", orders, firstMinute: before)
    var desk = seasoned([refused], minutes: before)
    var opened: [Int] = []
    for (age, count) in (counts + Array(repeating: 0, count: 30)).enumerated() {
      let scene = Scene(
        before + age, groups: count > 0 ? [(new, count)] : [], casebook: book)
      let events = desk.close(scene.facts, findings: [], casebook: book)
      if events.contains(where: { $0.change == .opened }) { opened.append(age) }
    }
    #expect(opened == (told.map { [$0] } ?? []))
  }
}
