import Alerting
import Model
import Testing

@Suite struct AlertDeskTests {
  private func exceeding(
    _ series: SeriesKey, _ minute: Int, detector: String, kind: Finding.Kind = .exceeds
  ) -> Finding {
    Finding(
      series: series, minute: Minute(number: Int64(minute)), kind: kind,
      since: Minute(number: Int64(minute)),
      reading: DetectorReading(
        name: detector, actual: 9, typical: 2.5, upper: 7.125, count: 60, unit: "errors/min"))
  }

  private func newGroup(_ group: UInt64, service: String) -> Insight {
    var insight = Insight(
      id: "i\(group)", type: .newGroup, category: .application, severity: .warning,
      at: Timestamp(seconds: 0), decidedAt: Timestamp(seconds: 0), start: Timestamp(seconds: 0),
      title: "new error", summary: "First seen.")
    insight.service = service
    insight.group = GroupReference(id: GroupID(number: group), template: "it <*> broke")
    return insight
  }

  @Test func tooManyErrorsFireAndAreResolved() {
    var timeline = Timeline()
    timeline.push(at: 0, errors: 10)
    timeline.push(at: 1, errors: 11)
    timeline.push(at: 2, errors: 50)
    for minute in 3..<10 { timeline.push(at: minute) }
    #expect(timeline.want(between: 0..<2).isEmpty)
    #expect(timeline.want(between: 2..<3) == ["+too_many_errors"])
    #expect(timeline.want(between: 3..<20) == ["-too_many_errors"])
    let resolved = timeline.alerts(3..<20).first
    #expect(resolved?.startsAt == Minute(number: 1).start)
    #expect(resolved?.endsAt == Minute(number: 8).start)
  }

  @Test func theErrorShareMustHoldForTwoMinutes() {
    var timeline = Timeline()
    timeline.push(at: 0, errors: 5, entries: 200)
    timeline.push(at: 1, errors: 5, entries: 200)
    timeline.push(at: 2, errors: 1, entries: 200)
    #expect(timeline.want(between: 0..<10).isEmpty)
    for minute in 10..<13 { timeline.push(at: minute, errors: 5, entries: 200) }
    #expect(timeline.want(between: 0..<13).isEmpty)
    #expect(timeline.want(between: 13..<14) == ["+error_share"])
    #expect(timeline.alerts(13..<14).first?.startsAt == Minute(number: 10).start)
  }

  @Test func theErrorShareNeedsAHundredEntries() {
    var timeline = Timeline()
    for minute in 0..<10 { timeline.push(at: minute, errors: 9, entries: 99) }
    #expect(timeline.want(between: 0..<20).isEmpty)
  }

  @Test func errorSpikesComeFromErrorSeriesOnly() throws {
    var timeline = Timeline()
    timeline.push(
      at: 5,
      findings: [
        exceeding(.allErrors, 5, detector: "two_sigma"),
        exceeding(.serviceErrors(Symbol(number: 2)), 5, detector: "rolling_zscore"),
        exceeding(.service(Symbol(number: 2)), 5, detector: "two_sigma"),
        exceeding(.group(GroupID(number: 3)), 5, detector: "two_sigma"),
        exceeding(.allErrors, 5, detector: "rolling_zscore", kind: .opens),
      ])
    let alerts = timeline.alerts(6..<7)
    #expect(alerts.count == 2)
    #expect(alerts.allSatisfy { $0.labels["alertname"] == "error_spike" })
    #expect(alerts.allSatisfy { $0.labels["severity"] == "info" })
    let all = try #require(alerts.first { $0.labels["service"] == nil })
    #expect(all.labels["type"] == "spike")
    #expect(all.annotations["detector"] == "two_sigma")
    #expect(all.annotations["timestamp"] == "1970-01-01T00:05:00Z")
    #expect(all.annotations["actual"] == "9")
    #expect(all.annotations["upper"] == "7.125")
    #expect(alerts.contains { $0.labels["service"] == "service2" })
  }

  @Test func aSpikeThatGoesOnIsToldOnce() {
    var timeline = Timeline()
    for minute in 0..<5 {
      timeline.push(
        at: minute, findings: [exceeding(.allErrors, minute, detector: "two_sigma")])
    }
    for minute in 5..<14 { timeline.push(at: minute) }
    timeline.push(at: 14, findings: [exceeding(.allErrors, 14, detector: "two_sigma")])
    for minute in 15..<24 { timeline.push(at: minute) }
    #expect(timeline.want(between: 0..<25) == ["+error_spike"])
    timeline.push(at: 24)
    timeline.push(at: 25, findings: [exceeding(.allErrors, 25, detector: "two_sigma")])
    #expect(timeline.want(between: 25..<30) == ["-error_spike", "+error_spike"])
  }

  @Test func aNewErrorGroupIsUpWhileItHasEntries() {
    var timeline = Timeline()
    timeline.push(at: 0, opened: [newGroup(7, service: "payments")], groups: [7])
    for minute in 1..<8 { timeline.push(at: minute, groups: [7]) }
    timeline.moved(from: 7, to: 8)
    for minute in 8..<20 { timeline.push(at: minute, groups: [8]) }
    for minute in 20..<29 { timeline.push(at: minute) }
    #expect(timeline.want(between: 0..<30) == ["+new_error_group"])
    timeline.push(at: 29)
    #expect(timeline.want(between: 30..<31) == ["-new_error_group"])
    let fired = timeline.alerts(0..<2).first
    #expect(fired?.labels["group"] == "0000000000000007")
    #expect(fired?.labels["service"] == "payments")
    #expect(fired?.annotations["incident"] == "incident-1")
  }

  @Test func aSingleNewErrorIsInformation() {
    var timeline = Timeline()
    var single = newGroup(7, service: "payments")
    single.severity = .info
    timeline.push(at: 0, opened: [single, newGroup(8, service: "payments")])
    #expect(
      timeline.alerts(0..<2).compactMap { $0.labels["severity"] }.sorted() == ["info", "warning"])
  }

  @Test func aCriticalEntryFiresAtOnceAndIsResolvedAfterFiveQuietMinutes() {
    var timeline = Timeline()
    timeline.push(at: 0)
    timeline.entry(at: 90, .error)
    timeline.entry(at: 95, .critical)
    #expect(timeline.alerts(0..<3).first?.decidedAt == Timestamp(seconds: 95))
    timeline.entry(at: 100, .emergency)
    timeline.entry(at: 130, .critical)
    for minute in 1..<8 { timeline.push(at: minute) }
    #expect(timeline.want(between: 0..<9) == ["+critical_entry", "-critical_entry"])
    #expect(timeline.alerts(2..<9).first?.endsAt == Minute(number: 8).start)
    timeline.entry(at: 500, .critical)
    #expect(timeline.want(between: 8..<9) == ["-critical_entry", "+critical_entry"])
  }

  @Test func eachServiceHasItsOwnCriticalAlert() {
    var timeline = Timeline()
    timeline.entry(at: 1, .critical, service: 1)
    timeline.entry(at: 2, .critical, service: 2)
    timeline.entry(at: 3, .critical, service: 0)
    let alerts = timeline.alerts(0..<1)
    #expect(alerts.map { $0.labels["service"] } == ["service1", "service2", nil])
    #expect(Set(alerts.map(\.fingerprint)).count == 3)
  }

  @Test func eachTextHasItsOwnCriticalAlert() {
    var timeline = Timeline()
    timeline.entry(at: 1, .critical, service: 0, group: 0x21)
    timeline.entry(at: 2, .critical, service: 0, group: 0x22)
    timeline.entry(at: 3, .critical, service: 0, group: 0x21)
    let alerts = timeline.alerts(0..<1)
    #expect(alerts.map { $0.labels["group"] } == ["0000000000000021", "0000000000000022"])
  }

  @Test func aCriticalGroupThatMovesFiresNoSecondTime() {
    var timeline = Timeline()
    timeline.entry(at: 1, .critical, group: 0x21)
    timeline.moved(from: 0x21, to: 0x22)
    timeline.entry(at: 2, .critical, group: 0x22)
    #expect(timeline.alerts(0..<1).map { $0.labels["group"] } == ["0000000000000021"])
  }

  @Test func aGapIsNoEvidence() {
    var timeline = Timeline()
    timeline.push(at: 0, errors: 20)
    for minute in 1..<60 { timeline.push(at: minute, isGap: true) }
    #expect(timeline.want(between: 0..<70) == ["+too_many_errors"])
  }

  @Test func activeAlertsAreBounded() {
    var timeline = Timeline(limit: 3)
    timeline.push(at: 0, opened: (0..<10).map { newGroup($0, service: "s") })
    #expect(timeline.activeCount == 3)
    #expect(timeline.turnedAway == 7)
  }

  @Test func alertsComeInOneOrder() {
    var first = Timeline()
    var second = Timeline()
    let opened = (0..<20).map { newGroup($0, service: "s") }
    first.push(at: 0, errors: 20, opened: opened)
    second.push(at: 0, errors: 20, opened: opened.reversed())
    #expect(first.alerts(0..<2).map(\.fingerprint) == second.alerts(0..<2).map(\.fingerprint))
  }
}

@Suite struct AlertLifeTests {
  private func play(_ holds: [Bool], hold: Int64, quiet: Int64) -> [String] {
    var life = AlertLife(holdSeconds: hold, quietSeconds: quiet)
    return holds.enumerated().compactMap { index, holds in
      let minute = Minute(number: Int64(index))
      switch life.event(holds: holds, from: minute.start, to: minute.end) {
      case .none: return nil
      case .fire(let start): return "\(index) fire \(start.nanoseconds / 60_000_000_000)"
      case .resolve(let start, let end):
        return
          "\(index) resolve \(start.nanoseconds / 60_000_000_000) \(end.nanoseconds / 60_000_000_000)"
      }
    }
  }

  @Test(arguments: [
    ("1", Int64(0), Int64(60), ["0 fire 0"]),
    ("10", 0, 60, ["0 fire 0", "1 resolve 0 2"]),
    ("1010", 0, 120, ["0 fire 0"]),
    ("10100", 0, 120, ["0 fire 0", "4 resolve 0 5"]),
    ("110111", 120, 60, ["5 fire 3"]),
    ("0000", 0, 0, []),
    ("111100", 60, 60, ["1 fire 0", "4 resolve 0 5"]),
    ("10", 0, 0, ["0 fire 0", "1 resolve 0 2"]),
  ])
  func lives(pattern: String, hold: Int64, quiet: Int64, expected: [String]) {
    #expect(expected == play(pattern.map { $0 == "1" }, hold: hold, quiet: quiet))
  }

  @Test func hugeTimesAreHeldWithinBounds() {
    var life = AlertLife(holdSeconds: .max, quietSeconds: .max)
    let far = Timestamp(nanoseconds: .max)
    #expect(life.event(holds: true, from: far, to: far) == .none)
    #expect(life.event(holds: true, from: far, to: far) == .fire(startsAt: far))
  }

  /// Values of Prometheus common's `LabelSet.Fingerprint`: FNV-1a over name, 0xff, value, 0xff.
  @Test func fingerprintsAreAlertmanagers() {
    #expect(Alert.fingerprint(of: [:]) == 14_695_981_039_346_656_037)
    #expect(
      Alert.fingerprint(of: ["name": "garland, briggs", "fear": "love is not enough"])
        == 5_799_056_148_416_392_346)
    #expect(Alert.fingerprint(of: ["x": "y"]) != Alert.fingerprint(of: ["xy": ""]))
  }
}
