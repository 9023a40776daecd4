import Ingest
import Model
import Testing

@Suite struct ApplicationEntryTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var text: String
    var time: Int64 = 1_772_357_400_250_000_000
    var severity = Severity.warning
    var message = "cache is cold"
    var service = ""
    var host = ""
    var fields: [String: String] = [:]
    var format = SourceFormat.json
    var testDescription: String { name }
  }

  static let loggers = [
    Case(
      name: "bunyan",
      text: #"{"name":"shop","hostname":"h1","pid":12,"level":40,"msg":"cache is cold","#
        + #""time":"2026-03-01T09:30:00.250Z","v":0}"#, service: "shop", host: "h1",
      fields: ["v": "number 0"]),
    Case(
      name: "pino",
      text: #"{"level":40,"time":1772357400250,"pid":7,"hostname":"h1","#
        + #""req":{"id":"r-1","method":"GET"},"msg":"cache is cold"}"#, host: "h1",
      fields: ["http.request.id": "r-1", "http.request.method": "GET"]),
    Case(
      name: "zap",
      text: #"{"level":"warn","ts":1772357400.25,"logger":"main","#
        + #""caller":"a/b.go:12","msg":"cache is cold","latency":0.5}"#,
      fields: ["logger": "main", "caller": "a/b.go:12", "latency": "number 0.5"]),
    Case(
      name: "logrus",
      text: #"{"level":"warning","msg":"cache is cold","time":"2026-03-01T10:30:00.25+01:00"}"#),
    Case(
      name: "log4j",
      text: #"{"instant":{"epochSecond":1772357400,"nanoOfSecond":250000000},"#
        + #""thread":"main","level":"WARN","loggerName":"com.x.Y","message":"cache is cold"}"#,
      fields: ["process.thread.name": "main", "loggerName": "com.x.Y"]),
    Case(
      name: "log4j 2.11",
      text: #"{"timeMillis":1772357400250,"level":"WARN","#
        + #""message":"cache is cold"}"#),
    Case(
      name: "python-json-logger",
      text: #"{"asctime":"2026-03-01 09:30:00,250","#
        + #""levelname":"WARNING","name":"shop.cache","message":"cache is cold"}"#,
      fields: ["name": "shop.cache"]),
    Case(
      name: "ECS nested",
      text: #"{"@timestamp":"2026-03-01T09:30:00.250Z","log":{"level":"warn","#
        + #""logger":"x"},"message":"cache is cold","service":{"name":"shop"},"host":{"name":"h"},"#
        + #""process":{"pid":3,"thread":{"name":"t"}},"http":{"response":{"status_code":503}}}"#,
      service: "shop", host: "h",
      fields: [
        "log.logger": "x", "process.thread.name": "t",
        "http.response.status_code": "number 503",
      ]),
    Case(
      name: "ECS dotted",
      text: #"{"@timestamp":"2026-03-01T09:30:00.250Z","log.level":"WARN","#
        + #""message":"cache is cold","service.name":"shop","ecs.version":"1.2.0"}"#,
      service: "shop", fields: ["ecs.version": "1.2.0"]),
    Case(
      name: "winston",
      text: #"{"level":"\u001b[33mwarn\u001b[39m","message":"cache is cold","#
        + #""timestamp":"2026-03-01T09:30:00.250Z","service":"shop"}"#, service: "shop"),
    Case(
      name: "Serilog",
      text: #"{"@t":"2026-03-01T09:30:00.2500000Z","@l":"Warning","#
        + #""@m":"cache is cold","SourceContext":"Shop.Cache"}"#,
      fields: ["SourceContext": "Shop.Cache"]),
    Case(
      name: "slog",
      text: #"{"time":"2026-03-01T09:30:00.25Z","level":"WARN","#
        + #""msg":"cache is cold","user_name":"ann"}"#, fields: ["user.name": "ann"]),
    Case(
      name: "Google",
      text: #"{"severity":"WARNING","textPayload":"cache is cold","#
        + #""timestamp":"2026-03-01T09:30:00.250Z"}"#),
    Case(
      name: "MongoDB",
      text: #"{"t":{"$date":"2026-03-01T10:30:00.250+01:00"},"s":"W","#
        + #""c":"NETWORK","id":22943,"ctx":"conn1","msg":"cache is cold","attr":{"n":1}}"#,
      fields: ["c": "NETWORK", "id": "number 22943", "ctx": "conn1", "attr.n": "number 1"]),
    Case(
      name: "Monolog",
      text: #"{"message":"cache is cold","level":300,"level_name":"WARNING","#
        + #""channel":"app","datetime":"2026-03-01T09:30:00.250000+00:00"}"#,
      fields: ["level": "number 300", "channel": "app"]),
    Case(
      name: "tracing",
      text: #"{"timestamp":"2026-03-01T09:30:00.250000Z","level":"WARN","#
        + #""fields":{"message":"cache is cold"},"target":"shop::cache"}"#,
      fields: ["target": "shop::cache"]),
    Case(
      name: "GELF",
      text: #"{"version":"1.1","host":"h1","short_message":"cache is cold","#
        + #""timestamp":1772357400.25,"level":4,"_request_id":"r-2","_color":"red"}"#, host: "h1",
      fields: ["version": "1.1", "http.request.id": "r-2", "color": "red"], format: .gelf),
  ]

  @Test(arguments: loggers)
  func readsTheLoggersOfTheWorld(logger: Case) throws {
    let run = Decoded(logger.text + "\n")
    let entry = try #require(run.entries.first)
    #expect(entry.time == logger.time)
    #expect(entry.severity == logger.severity)
    #expect(entry.source == .field)
    #expect(entry.message == logger.message)
    #expect(entry.service == logger.service)
    #expect(entry.host == logger.host)
    #expect(entry.fields == logger.fields)
    #expect(entry.format == logger.format)
    #expect(run.frames.unparsed == 0)
  }

  @Test func readsTraces() {
    let run = Decoded(
      """
      {"msg":"a","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}
      {"msg":"b","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
      {"msg":"c","trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"span":{"id":"00f067aa0ba902b7"}}
      {"msg":"d","logging.googleapis.com/trace":"projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736"}
      {"msg":"e","traceparent":"00-00000000000000000000000000000000-00f067aa0ba902b7-01"}
      {"msg":"f","trace":"at line 4"}

      """, keepsFields: false)
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    #expect(run.entries.map(\.trace) == [trace, trace, trace, trace, "", ""])
    #expect(
      run.entries.map { $0.fields["span.id"] ?? "" } == [
        "00f067aa0ba902b7", "00f067aa0ba902b7", "00f067aa0ba902b7", "", "", "",
      ])
  }

  /// An audit record's id tells its moment and stays; other ids tell none.
  @Test(arguments: [
    ("1772357400.250:1261", true), ("1772357400.250:", false), ("1772357400:1", false),
    ("4711", false), ("1772357400.250", false),
  ])
  func anAuditIDTellsTheMoment(_ id: String, _ isStamp: Bool) throws {
    let run = Decoded(#"{"ID":"\#(id)","SYSCALL":{"comm":"ls"}}"#)
    let entry = try #require(run.entries.first)
    #expect((entry.time == 1_772_357_400_250_000_000) == isStamp)
    #expect(entry.fields["ID"] == id)
  }

  @Test func keepsInEveryModeWhoCame() {
    let run = Decoded(
      """
      {"msg":"login failed","client_ip":"203.0.113.9","username":"bob","note":"x"}

      """, keepsFields: false)
    #expect(["source.ip": "203.0.113.9", "user.name": "bob"] == run.entries.first?.fields)
  }

  @Test func marksExceptions() {
    let run = Decoded(
      """
      {"level":50,"msg":"boom","err":{"type":"TypeError","message":"x","stack":"TypeError: x\\n  at y"}}
      {"level":"error","msg":"boom","stack":"one line"}
      {"level":"error","error":"only this"}

      """, keepsFields: false)
    #expect(run.entries.map(\.message) == ["boom", "boom", "only this"])
    #expect(run.entries[0].flags == EntryFlags.exception.rawValue)
    #expect(
      run.entries[0].fields == [
        "error.type": "TypeError", "error.message": "x",
        "error.stack_trace": "TypeError: x\n  at y",
      ])
    #expect(run.entries[1].flags == 0)
    #expect(run.entries[1].fields == [:])
  }

  @Test func keepsWhatCollidesApart() throws {
    let run = Decoded(
      #"{"msg":"m","message":7,"taffrail.group":"g","log.offset":5,"a":1,"a":2,"log.level":"odd"}"#)
    let entry = try #require(run.entries.first)
    #expect(entry.message == "m")
    #expect(
      entry.fields == [
        "taffrail.source.message": "number 7", "taffrail.source.taffrail.group": "g",
        "taffrail.source.log.offset": "number 5", "a": "number 1",
        "taffrail.source.log.level": "odd",
      ])
  }

  @Test func takesTheTextWhereThereIsNoMessage() throws {
    let run = Decoded(#"{"level":"info","path":"/x"}"#)
    #expect(run.entries.first?.message == #"{"level":"info","path":"/x"}"#)
  }

  @Test func readsDockersLines() {
    let run = Decoded(
      #"{"log":"plain \u001b[31mred\u001b[0m\n","stream":"stderr","time":"2026-03-01T09:30:00.5Z"}"#
        + "\n"
        + #"{"log":"cut","stream":"stdout","time":"2026-03-01T09:30:00.500000001Z"}"# + "\n"
        + #"{"log":"{\"level\":\"error\",\"msg\":\"in\\tner\",\"order_id\":\"o\"}\n","#
        + #""stream":"stdout","time":"2026-03-01T09:30:00Z"}"# + "\n")
    #expect(run.entries.map(\.message) == ["plain red", "cut", "in\tner"])
    #expect(run.entries.map(\.role) == [.entry, .partial, .entry])
    #expect(run.entries.map(\.format) == [.docker, .docker, .docker])
    #expect(run.entries.map(\.time)[1] == 1_772_357_400_500_000_001)
    #expect(run.entries[2].time == 1_772_357_400_000_000_000)
    #expect(run.entries[2].severity == .error)
    #expect(run.entries[2].fields == ["log.iostream": "stdout", "order.id": "o"])
    #expect(run.frames.expanded == 0)
  }

  @Test func expandsExports() throws {
    let text =
      #"{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"#
      + #""shop"}},{"key":"host.name","value":{"stringValue":"h1"}}]},"scopeLogs":[{"scope":{},"#
      + #""logRecords":[{"timeUnixNano":"1772357400250000000","severityNumber":13,"#
      + #""body":{"stringValue":"cache \"is\" cold"},"attributes":[{"key":"http.response.status_code","#
      + #""value":{"intValue":"503"}}],"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","#
      + #""spanId":"00f067aa0ba902b7"},{"observedTimeUnixNano":"1772357401000000000","#
      + #""severityText":"ERROR","body":{"stringValue":"gone"}}]}]}]}"#
    let run = Decoded(text + "\n")
    try #require(run.entries.count == 2)
    #expect(run.frames.expanded == 1)
    #expect(run.entries.map(\.message) == ["cache \"is\" cold", "gone"])
    #expect(run.entries.map(\.severity) == [.warning, .error])
    #expect(run.entries.map(\.service) == ["shop", "shop"])
    #expect(run.entries.map(\.host) == ["h1", "h1"])
    #expect(run.entries[0].trace == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(
      run.entries[0].fields == [
        "http.response.status_code": "number 503", "span.id": "00f067aa0ba902b7",
      ])
    #expect(run.entries[1].time == 1_772_357_401_000_000_000)
    #expect(run.entries[1].format == .otlp)
    #expect(Decoded("{\"resourceLogs\":[]}\n").frames.blank == 1)
  }
}
