import Bytes
import Flow
import Model
import Output
import Testing

@Suite("Events as JSON lines")
struct EventJSONTests {
  private let start = Timestamp(seconds: 1_772_357_400)

  private func text(_ write: (inout ByteBuffer) -> Void) -> String {
    var out = ByteBuffer()
    write(&out)
    return out.text()
  }

  @Test("an insight")
  func insight() {
    var insight = Insight(
      id: "i1", type: .spike, category: .database, severity: .error, at: start,
      decidedAt: start.advanced(byNanoseconds: 60_000_000_000), start: start, title: "t \"q\"",
      summary: "s")
    #expect(
      text { InsightJSON.write(insight, to: &$0) }
        == #"{"kind":"insight","id":"i1","status":"open","type":"spike","category":"database","#
        + #""severity":"error","at":"2026-03-01T09:30:00Z","decided_at":"2026-03-01T09:31:00Z","#
        + #""window":{"start":"2026-03-01T09:30:00Z"},"title":"t \"q\"","summary":"s"}"# + "\n")
    let group = GroupReference(id: GroupID(number: 1), template: "lost <ip>")
    insight.status = .ended
    insight.end = start.advanced(byNanoseconds: 1_500_000_000)
    insight.group = group
    insight.service = "api"
    insight.host = "h"
    insight.detector = DetectorReading(
      name: "rolling_zscore", actual: 50, typical: 2.5, upper: 9, score: 12.25, count: 60,
      unit: "entries/min")
    insight.precededBy = [PrecedingEntry(at: start, group: group, service: "db", lagSeconds: 1.5)]
    insight.exemplars = [Exemplar(at: start, message: "lost 10.0.0.1", reference: "a.log:3")]
    insight.reproduce = "taffrail explain"
    insight.endReason = "new_level"
    insight.closedByClock = true
    let g = #"{"id":"0000000000000001","template":"lost <ip>"}"#
    #expect(
      text { InsightJSON.write(insight, to: &$0) }.contains(
        #""window":{"start":"2026-03-01T09:30:00Z","end":"2026-03-01T09:30:01.500Z"},"#
          + #""title":"t \"q\"","summary":"s","group":"# + g + #","service":"api","host":"h","#
          + #""detector":{"name":"rolling_zscore","actual":50,"typical":2.5,"upper":9,"#
          + #""score":12.25,"n":60,"unit":"entries/min"},"preceded_by":[{"#
          + #""at":"2026-03-01T09:30:00Z","group":"0000000000000001","template":"lost <ip>","#
          + #""service":"db","lag_seconds":1.5}],"exemplars":[{"at":"2026-03-01T09:30:00Z","#
          + #""message":"lost 10.0.0.1","ref":"a.log:3"}],"reproduce":"taffrail explain","#
          + #""end_reason":"new_level","closed_by":"clock"}"#))
  }

  @Test("an incident")
  func incident() {
    let incident = Incident(
      id: "n1", status: .closed, severity: .critical, startsAt: start, endsAt: start,
      decidedAt: start, title: "t", insights: ["i1", "i2"], services: ["api"],
      suspects: [.init(service: "db", group: nil, score: 0.5, why: "first")])
    #expect(
      text { IncidentJSON.write(incident, to: &$0) }
        == #"{"kind":"incident","id":"n1","status":"closed","severity":"critical","#
        + #""startsAt":"2026-03-01T09:30:00Z","endsAt":"2026-03-01T09:30:00Z","#
        + #""decided_at":"2026-03-01T09:30:00Z","title":"t","insights":["i1","i2"],"#
        + #""services":["api"],"suspects":[{"service":"db","score":0.5,"why":"first"}]}"# + "\n")
  }

  @Test("an alert, with labels in order and Alertmanager's fingerprint")
  func alert() {
    let alert = Alert(
      status: .firing, labels: ["severity": "info", "alertname": "error_spike"],
      annotations: ["summary": "x"], startsAt: start, endsAt: nil, decidedAt: start,
      generatorURL: "")
    #expect(
      text { AlertJSON.write(alert, to: &$0) }
        == #"{"kind":"alert","status":"firing","labels":{"alertname":"error_spike","#
        + #""severity":"info"},"annotations":{"summary":"x"},"#
        + #""startsAt":"2026-03-01T09:30:00Z","fingerprint":"\#(alert.fingerprint)","#
        + #""decided_at":"2026-03-01T09:30:00Z"}"# + "\n")
  }

  @Test("a summary with its ledger")
  func summary() {
    var summary = RunSummary()
    summary.start = start
    summary.end = start
    summary.decidedAt = start
    summary.severities = [.error: 2, .info: 5, .unknown: 1]
    summary.categories = [.network: 8, .application: 0]
    summary.services = [.init(service: "api", entries: 8, errors: 2)]
    summary.historyLacking = "no minute had 10 before it"
    summary.hints = ["use --all"]
    summary.limits = [.init(name: "contexts_evicted", count: 3)]
    summary.ledger.read = 10
    summary.ledger.entries = 9
    summary.ledger.blank = 1
    summary.ledger.analysed = 8
    summary.ledger.drop(.own)
    #expect(
      text { SummaryJSON.write(summary, to: &$0) }
        == #"{"kind":"summary","decided_at":"2026-03-01T09:30:00Z","#
        + #""window":{"start":"2026-03-01T09:30:00Z","end":"2026-03-01T09:30:00Z"},"#
        + #""severities":{"error":2,"info":5,"unknown":1},"categories":{"network":8},"groups":[],"#
        + #""services":[{"service":"api","entries":8,"errors":2}],"incidents":0,"insights":0,"#
        + #""alerts":0,"history":"no minute had 10 before it","hints":["use --all"],"#
        + #""limits":{"contexts_evicted":3},"closed_by_clock":0,"ledger":{"read":10,"expanded":0,"#
        + #""entries":9,"continuations":0,"unparsed":0,"blank":1,"analysed":8,"filtered":0,"late":0,"#
        + #""dropped":{"own":1},"balanced":true}}"# + "\n")
  }

  @Test("a group, and an entry's group")
  func group() {
    let profile = GroupProfile(
      reference: GroupReference(id: GroupID(number: 2), template: "a <num>"), kind: .exception,
      count: 3, severity: .error, category: .database, services: [Symbol(number: 1), .none],
      firstSeen: start, lastSeen: start,
      exemplars: [Exemplar(at: start, message: "a 1", reference: "x:1")])
    let line = GroupLine(profile, total: 9) { $0.isNone ? "" : "api" }
    #expect(
      text { GroupJSON.write(line, to: &$0) }
        == #"{"group":"0000000000000002","template":"a <num>","count":3,"share":0.333333,"#
        + #""severity":"error","category":"database","services":["api"],"#
        + #""first_seen":"2026-03-01T09:30:00Z","last_seen":"2026-03-01T09:30:00Z","#
        + #""kind":"exception","exemplar":"a 1"}"# + "\n")
    let test = TestBatch()
    let parameters = [test.range("1"), test.range("\"")]
    #expect(
      text {
        GroupJSON.write(
          line: 5, group: GroupID(number: .max), template: Array("a <num>".utf8).span,
          parameters: parameters.span, in: test.batch.arenas, to: &$0)
      }
        == #"{"line":5,"group":"ffffffffffffffff","template":"a <num>","params":["1","\""]}"# + "\n"
    )
  }
}
