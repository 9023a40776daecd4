import Model
import Testing
import Triage

@Suite struct ShiftDeskTests {
  private func finding(
    _ kind: ShiftFinding.Kind, _ change: ShiftFinding.Change = .opens, key: UInt64 = 1,
    group: GroupID?, service: Symbol, scope: ShiftFinding.Scope = .line, actual: Double = 200,
    typical: Double = 60, place: String = "", measure: Measure = .duration
  ) -> ShiftFinding {
    var finding = ShiftFinding(
      kind, change, key: key, group: group, service: service, since: Timestamp(seconds: 600),
      reading: DetectorReading(
        name: "test", actual: actual, typical: typical, score: actual / typical,
        probability: 1e-9, count: 50, unit: "s"))
    finding.scope = scope
    finding.place = place
    finding.measure = measure
    return finding
  }

  private func close(
    _ desk: inout ShiftDesk, _ minute: Int, _ findings: [ShiftFinding], _ casebook: FakeCasebook,
    told: [Insight] = []
  ) -> [InsightEvent] {
    desk.close(Scene(minute).facts, findings, told: told, casebook: casebook)
  }

  @Test(arguments: [
    ("heartbeat sent", Severity.info, "warning"), ("shard compacted", .info, "info"),
    ("heartbeat late", .warning, "info"),
  ])
  func anAbsenceIsAsGraveAsItsLine(
    _ template: String, _ severity: Severity, _ expected: String
  ) throws {
    var casebook = FakeCasebook()
    let agent = casebook.addService("agent")
    let group = casebook.addGroup(1, template, agent, severity: severity)
    var desk = ShiftDesk()
    let events = close(
      &desk, 20, [finding(.lineAbsent, group: group, service: agent)], casebook)
    let insight = try #require(events.first?.insight)
    #expect(insight.severity.name == expected)
    #expect(insight.type == .absence)
    #expect(
      insight.title == "agent: \"\(template)\" has not come for 3.3 min, usually every 60 s")
  }

  @Test func anErrorThatComesNoMoreIsNoTrouble() {
    var casebook = FakeCasebook()
    let agent = casebook.addService("agent")
    let group = casebook.addGroup(1, "probe failed", agent, severity: .error)
    var desk = ShiftDesk()
    #expect(
      close(&desk, 20, [finding(.lineAbsent, group: group, service: agent)], casebook).isEmpty)
  }

  @Test func linesOfASilentServiceAreOneInsightThatEndsWithTheLast() {
    var casebook = FakeCasebook()
    let agent = casebook.addService("agent")
    let one = casebook.addGroup(1, "heartbeat", agent, severity: .info)
    let two = casebook.addGroup(2, "poll", agent, severity: .info)
    var desk = ShiftDesk()
    let opened = close(
      &desk, 20,
      [
        finding(.lineAbsent, key: 1, group: one, service: agent, scope: .service),
        finding(.lineAbsent, key: 2, group: two, service: agent, scope: .service),
      ], casebook)
    #expect(opened.map(\.change) == [.opened])
    #expect(
      close(
        &desk, 30, [finding(.lineAbsent, .ends, key: 1, group: one, service: agent)], casebook
      ).isEmpty)
    let ended = close(
      &desk, 31, [finding(.lineAbsent, .ends, key: 2, group: two, service: agent)], casebook)
    #expect(ended.map(\.change) == [.ended])
    #expect(ended.first?.insight.id == opened.first?.insight.id)
    #expect(desk.openInsights.isEmpty)
  }

  @Test func aSilenceIsNotToldTwice() throws {
    var casebook = FakeCasebook()
    let agent = casebook.addService("agent")
    let group = casebook.addGroup(1, "heartbeat", agent, severity: .info)
    let line = finding(.lineAbsent, group: group, service: agent, scope: .service)
    var desk = ShiftDesk()
    let told = try #require(close(&desk, 20, [line], casebook).first?.insight)
    var silence = told
    silence.id = "silence"
    // The line's absence first, then the counts': that one and its end are left out.
    #expect(desk.withoutTold([InsightEvent(.opened, silence)]).isEmpty)
    #expect(desk.withoutTold([InsightEvent(.ended, silence)]).isEmpty)
    #expect(desk.withoutTold([InsightEvent(.ended, silence)]).count == 1)
    // The counts' first.
    var other = ShiftDesk()
    #expect(close(&other, 20, [line], casebook, told: [silence]).isEmpty)
  }

  @Test func measuresOfAServiceThatShiftTogetherAreOneInsight() throws {
    var casebook = FakeCasebook()
    let shop = casebook.addService("shop")
    let one = casebook.addGroup(1, "took <duration>", shop, severity: .info)
    let two = casebook.addGroup(2, "rendered in <duration>", shop, severity: .info)
    var desk = ShiftDesk()
    let first = close(
      &desk, 20,
      [
        finding(
          .numeric, key: 1, group: one, service: shop, actual: 2, typical: 0.25, place: "took")
      ],
      casebook)
    let insight = try #require(first.first?.insight)
    #expect(insight.type == .numericShift)
    #expect(insight.severity == .warning)
    #expect(insight.title == "shop: took 2 s, usually 250 ms, in \"took <duration>\"")
    #expect(
      close(&desk, 26, [finding(.numeric, key: 2, group: two, service: shop)], casebook).isEmpty)
  }

  @Test func whatShiftsInAGroupBelongsToWhatIsOpenOfTheOneThatWentIntoIt() {
    var casebook = FakeCasebook()
    let group = casebook.addGroup(1, "took <duration>", .none, severity: .info)
    let wider = casebook.addGroup(2, "took <*>", .none, severity: .info)
    var desk = ShiftDesk()
    #expect(
      close(&desk, 20, [finding(.numeric, key: 1, group: group, service: .none)], casebook).count
        == 1)
    desk.moved(from: group, to: wider)
    #expect(
      close(&desk, 60, [finding(.token, key: 2, group: wider, service: .none)], casebook).isEmpty)
  }

  @Test func aTokenShiftNamesItsValue() throws {
    var casebook = FakeCasebook()
    let shop = casebook.addService("shop")
    let group = casebook.addGroup(1, "login of <*>", shop, severity: .info)
    var shift = finding(
      .token, group: group, service: shop, actual: 0.75, typical: 0.04, place: "user.name")
    shift.attribution = [Attribution(field: "user.name", value: "root", count: 36, baseline: 2)]
    var desk = ShiftDesk()
    let insight = try #require(close(&desk, 20, [shift], casebook).first?.insight)
    #expect(insight.type == .tokenShift)
    #expect(insight.attribution == shift.attribution)
    #expect(
      insight.title == "shop: user.name \"root\" in 75 %, usually 4 %, of \"login of <*>\"")
  }

  @Test func aLevelEndsWhereItsHoursWereUsualAgain() throws {
    var casebook = FakeCasebook()
    let shop = casebook.addService("shop")
    let level = finding(.level, group: nil, service: shop, actual: 40, typical: 10)
    var desk = ShiftDesk()
    let opened = try #require(close(&desk, 1000, [level], casebook).first?.insight)
    #expect(opened.type == .changePoint)
    #expect(opened.title == "shop: errors have come to 40 an hour, usually 10")
    var over = level
    over.change = .ends
    let ended = try #require(close(&desk, 2380, [over], casebook).first?.insight)
    #expect(ended.end == Minute(number: 2200).start)
    #expect(ended.summary.contains("hours, until 1970-01-02 12:40 UTC."), "\(ended.summary)")
  }

  /// A finding that opens twice is over when it ends once.
  @Test func whatOpensTwiceEndsOnce() {
    var casebook = FakeCasebook()
    let shop = casebook.addService("shop")
    let group = casebook.addGroup(1, "heartbeat", shop, severity: .info)
    let absent = finding(.lineAbsent, key: 7, group: group, service: shop)
    var desk = ShiftDesk()
    _ = close(&desk, 20, [absent], casebook)
    _ = close(&desk, 21, [absent], casebook)
    var over = absent
    over.change = .ends
    #expect(close(&desk, 22, [over], casebook).map(\.change) == [.ended])
  }

  @Test func aRareGroupsInsightEndsByItself() {
    var casebook = FakeCasebook()
    let shop = casebook.addService("shop")
    let group = casebook.addGroup(1, "odd", shop, severity: .warning)
    var desk = ShiftDesk()
    #expect(
      close(&desk, 20, [finding(.groupRare, group: group, service: shop)], casebook).count == 1)
    #expect(close(&desk, 29, [], casebook).isEmpty)
    #expect(close(&desk, 30, [], casebook).map(\.change) == [.ended])
  }

  @Test func whatFindsNoRoomIsCounted() {
    var casebook = FakeCasebook()
    var desk = ShiftDesk()
    for number in 0..<210 as Range<UInt64> {
      let service = casebook.addService("s\(number)")
      let group = casebook.addGroup(number, "heartbeat", service, severity: .info)
      _ = close(
        &desk, 20, [finding(.lineAbsent, key: number, group: group, service: service)], casebook)
    }
    #expect(desk.openInsights.count == 200)
    #expect(desk.turnedAway == 10)
  }
}
