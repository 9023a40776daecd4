import Model
import Output
import Testing

@Suite("The writer of events")
struct EventWriterTests {
  private func insight(_ id: String, decided: Int64, status: Insight.Status = .open) -> Insight {
    var insight = Insight(
      id: id, status: status, type: .spike, category: .other, severity: .error,
      at: Timestamp(seconds: 0), decidedAt: Timestamp(seconds: decided),
      start: Timestamp(seconds: 0), title: "title \(id) password=x", summary: "")
    insight.end = status == .ended ? Timestamp(seconds: decided) : nil
    return insight
  }

  private func incident(_ id: String, decided: Int64, of insights: [String]) -> Incident {
    Incident(
      id: id, status: .open, severity: .error, startsAt: Timestamp(seconds: 0), endsAt: nil,
      decidedAt: Timestamp(seconds: decided), title: "incident", insights: insights, services: [],
      suspects: [])
  }

  private func alert(_ name: String, decided: Int64, severity: String = "info") -> Alert {
    Alert(
      status: .firing, labels: ["alertname": name, "severity": severity], annotations: [:],
      startsAt: Timestamp(seconds: 0), endsAt: nil, decidedAt: Timestamp(seconds: decided),
      generatorURL: "")
  }

  @Test("orders by decision, kind and id, and redacts")
  func order() {
    let sink = MemorySink()
    var writer = EventWriter(form: .json, output: sink)
    let events: [RunEvent] = [
      .insight(insight("b", decided: 1)), .insight(insight("a", decided: 1)),
      .incident(incident("n", decided: 1, of: ["a"]), insights: []),
      .alert(alert("x", decided: 1)), .insight(insight("z", decided: 0)),
    ]
    #expect(writer.write(events) == .open)
    #expect(writer.write(RunSummary()) == .open)
    let kinds = sink.lines.map { String($0.prefix(27)) }
    #expect(
      kinds
        == [
          #"{"kind":"insight","id":"z","#, #"{"kind":"alert","status":"fi"#,
          #"{"kind":"incident","id":"n""#, #"{"kind":"insight","id":"a","#,
          #"{"kind":"insight","id":"b","#, #"{"kind":"summary","severitie"#,
        ].map { String($0.prefix(27)) })
    #expect(sink.lines[0].contains(#""title":"title z password=[redacted]""#))
    #expect(!sink.text.contains("password=x"))
  }

  @Test("routes kinds to their files, as JSON in any form")
  func routes() {
    let output = MemorySink()
    let insights = MemorySink()
    let alerts = MemorySink()
    var writer = EventWriter(
      form: .text(TextStyle(), alerts: .all), output: output, insights: insights, alerts: alerts)
    _ = writer.write([.insight(insight("a", decided: 1)), .alert(alert("x", decided: 1))])
    #expect(output.text.isEmpty)
    #expect(insights.lines.count == 1 && insights.text.hasPrefix(#"{"kind":"insight""#))
    #expect(alerts.lines.count == 1 && alerts.text.hasPrefix(#"{"kind":"alert""#))
    #expect(writer.flush() == .open)
  }

  @Test("as text, tells an insight once, within its incident")
  func once() {
    let sink = MemorySink()
    var writer = EventWriter(
      form: .text(TextStyle(), alerts: .warningsAndWorse), output: sink)
    let a = insight("a", decided: 1)
    _ = writer.write([
      .insight(a), .incident(incident("n", decided: 1, of: ["a"]), insights: [a]),
      .alert(alert("quiet", decided: 1)), .alert(alert("loud", decided: 1, severity: "warning")),
    ])
    _ = writer.write([.insight(insight("a", decided: 2, status: .ended))])
    #expect(sink.lines.count == 3)
    #expect(sink.lines[0].contains("loud"))
    #expect(sink.lines[1] == "ERROR  incident  incident n")
    _ = writer.write([.insight(insight("c", decided: 3, status: .ended))])
    #expect(sink.lines.last?.hasPrefix("OVER  spike: title c") == true)
  }

  @Test("stops at a sink that takes no more")
  func stops() {
    var writer = EventWriter(form: .json, output: MemorySink(limit: 10))
    #expect(writer.write([.insight(insight("a", decided: 1))]) != .open)
  }
}
