import Model
import Testing
import Triage

/// What opens without a rise: shares of errors, restarts, silences, drops.
@Suite final class OpeningsTests: KnownTrouble {
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

  /// A boot starts many units, and one may fail: the manager itself is no service that restarts.
  @Test func aBootIsNoLoop() {
    var book = casebook
    let manager = book.addService("systemd")
    book.addGroup(30, "Failed to start foo.service.", manager)
    for (index, words) in [
      "Started cron.service.", "Started ssh.service.", "Started nginx.service.",
      "Started Daily tasks.", "Started Sockets.", "Started Timers.", "Started Paths.",
    ].enumerated() {
      book.markers.append(
        ChangeMarker(
          at: Minute(number: 60).start.advanced(byNanoseconds: Int64(index) * 1_000_000_000),
          kind: .restart, service: manager, host: .none, message: words))
    }
    var desk = seasoned([refused])
    #expect(desk.close(Scene(61).facts, findings: [], casebook: book).isEmpty)
  }

  /// What a service says of its starts and what the manager says of them is told once.
  @Test func aLoopIsToldOnceWhoeverTellsOfIt() {
    var book = casebook
    let manager = book.addService("systemd")
    for index in 0..<5 {
      let time = Minute(number: Int64(60 + index)).start
      for (service, words) in [
        (payments, "Started"), (manager, "payments.service: Scheduled restart job."),
      ] {
        book.markers.append(
          ChangeMarker(at: time, kind: .restart, service: service, host: .none, message: words))
      }
    }
    var desk = seasoned([refused])
    let events = desk.close(Scene(65).facts, findings: [], casebook: book)
    #expect(events.map(\.insight.title) == ["payments restarted 5 times in 10 minutes"])
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
}
