import Bytes
import Model
import Output
import Testing

@Suite("A normalised entry")
struct EntryJSONTests {
  private func line(
    _ test: TestBatch, _ entry: Entry, redactor: Redactor? = nil, group: GroupID? = nil,
    template: String = "", parameters: [ByteRange] = [], path: String? = nil
  ) -> String {
    var json = EntryJSON(fields: test.names, patterns: ["sshd.login"], redactor: redactor)
    for (number, name) in ["web-1", "nginx", "worker"].enumerated() {
      json.learn(Symbol(number: UInt32(number + 1)), Array(name.utf8).span)
    }
    json.learn(.none, [UInt8]().span)
    if let path { json.learn(source: 0, path: path) }
    var out = ByteBuffer()
    json.write(
      entry, of: test.batch, group: group, template: Array(template.utf8).span,
      parameters: parameters.span, to: &out)
    return out.text()
  }

  @Test("has its keys in the documented order")
  func order() {
    let test = TestBatch()
    var entry = test.entry(
      "user=ann failed 3 times",
      fields: [
        test.named("log.logger", "auth"), test.spelled("tries", "3", .number),
        test.spelled("ok", "false", .bool), test.spelled("gone", "", .null),
        test.spelled("tags", #"["a",1]"#, .array),
      ],
      captures: [test.named("user.name", "ann")])
    entry.time = Timestamp(nanoseconds: 1_772_357_400_125_000_000)
    entry.timeDigits = 3
    entry.severity = .error
    entry.severitySource = .priority
    entry.host = Symbol(number: 1)
    entry.service = Symbol(number: 2)
    entry.program = Symbol(number: 3)
    entry.process = 42
    entry.trace = test.range("4bf92f3577b34da6a3ce929d0e0e4736")
    entry.outcome = .failure
    entry.category = .security
    entry.categorySource = .model
    entry.categoryConfidence = 97
    entry.outcomeSource = .pattern
    entry.pattern = 1
    entry.format = .json
    test.batch.offset = 100
    test.batch.firstLine = 7
    let parameter = test.range("3")
    let expected = """
      {"@timestamp":"2026-03-01T09:30:00.125Z","message":"user=ann failed 3 times",\
      "log.level":"error","severity_number":17,"severity_source":"priority",\
      "host.name":"web-1","service.name":"nginx","process.name":"worker","process.pid":42,\
      "log.file.path":"/var/log/a.log","log.offset":\(100 + entry.frame.offset),"log.line":7,\
      "trace.id":"4bf92f3577b34da6a3ce929d0e0e4736","user.name":"ann",\
      "event.outcome":"failure","log.logger":"auth","tries":3,"ok":false,"tags":["a",1],\
      "taffrail.format":"json","taffrail.pattern":"sshd.login",\
      "taffrail.category":"security","taffrail.category_source":"model",\
      "taffrail.outcome_source":"pattern","taffrail.category_confidence":0.97,"taffrail.group":"00000000000000ab",\
      "taffrail.template":"user=<*> failed <num> times","taffrail.params":["3"]}\n
      """
    let observed = line(
      test, entry, group: GroupID(number: 0xab), template: "user=<*> failed <num> times",
      parameters: [parameter], path: "/var/log/a.log")
    #expect(observed == expected)
  }

  @Test("leaves out what it doesn't know")
  func bare() {
    let test = TestBatch()
    #expect(
      line(test, test.entry("hello"))
        == #"{"message":"hello","severity_source":"none","taffrail.format":"plain","#
        + #""taffrail.category":"other","taffrail.category_source":"none"}"# + "\n")
  }

  @Test("names a journal entry by its cursor and the journal's fields by their house")
  func journal() {
    let test = TestBatch()
    var entry = test.entry(
      "x",
      fields: [
        test.spelled("journald._TRANSPORT", "stdout"), test.spelled("journald.cursor", "theirs"),
      ])
    entry.format = .journald
    entry.cursor = test.range("s=1;i=2")
    let text = line(test, entry, path: "-")
    #expect(text.contains(#""journald.cursor":"s=1;i=2","journald._TRANSPORT":"stdout""#))
    #expect(text.contains(#""taffrail.source.journald.cursor":"theirs""#))
    #expect(!text.contains("log.file.path"))
  }

  @Test("writes no key twice: ours first, then the pattern's, then the source's")
  func keysOnce() {
    let test = TestBatch()
    let entry = test.entry(
      "m",
      fields: [
        test.spelled("message", "theirs"), test.named("user.name", "source"),
        test.spelled("user.name", "again"), test.spelled("taffrail.group", "old"),
        test.spelled("taffrail.source.message", "twice"),
        test.spelled("host.name", "kept, for ours is not known"),
      ],
      captures: [test.named("user.name", "pattern")])
    let text = line(test, entry)
    #expect(text.contains(#""user.name":"pattern","taffrail.source.message":"theirs""#))
    #expect(text.contains(#""taffrail.source.user.name":"source""#))
    #expect(text.contains(#""taffrail.source.taffrail.group":"old""#))
    #expect(text.contains(#","host.name":"kept, for ours is not known""#))
    #expect(text.contains(#""taffrail.source.taffrail.source.message":"twice""#))
    #expect(!text.contains("again"))
  }

  @Test(
    "types its numbers",
    arguments: [
      ("12", "12"), ("-0.5e3", "-0.5e3"), ("007", "7"), ("+4", "4"), ("0.10", "0.10"),
      ("00.5", "0.5"), ("-08", "-8"), ("1.", #""1.""#), ("", #""""#), ("0x10", #""0x10""#),
      ("NaN", #""NaN""#), ("--1", #""--1""#), ("1e", #""1e""#), ("-", #""-""#),
    ])
  func numbers(digits: String, expected: String) {
    let test = TestBatch()
    let text = line(test, test.entry("m", fields: [test.spelled("n", digits, .number)]))
    #expect(text.contains("\"n\":\(expected),\"taffrail.format\""))
  }

  @Test("takes terminal colours out, and keeps other bytes as escapes")
  func colours() {
    let test = TestBatch()
    var entry = test.entry("\u{1b}[1;31merror\u{1b}[0m \u{1b}]0;title\u{7}at\u{0} \u{1b}x")
    #expect(line(test, entry).contains(#""message":"error at\u0000 \u001bx""#))
    entry.message = test.range([0x61, 0xfe, 0x1b, 0x5b])
    #expect(line(test, entry).contains("\"message\":\"a\u{fffd}\\u001b[\""))
  }

  @Test("is redacted where asked for, by text and by name")
  func redaction() {
    let test = TestBatch()
    let entry = test.entry(
      "login password=hunter2 ok",
      fields: [test.spelled("api_key", "abc"), test.named("session_token", "5", .number)])
    let text = line(
      test, entry, redactor: Redactor(), group: GroupID(number: 1), template: "login <*> <*>",
      parameters: [test.range("hunter2"), test.range("ok")])
    #expect(text.contains(#""taffrail.params":["[redacted]","ok"]"#))
    #expect(text.contains(#""message":"login password=[redacted] ok""#))
    #expect(text.contains(#""api_key":"[redacted]","session_token":"[redacted]""#))
  }

  @Test("shares the second's stamp only within the second")
  func stamps() {
    let test = TestBatch()
    var json = EntryJSON(fields: test.names, patterns: [])
    var entry = test.entry("m")
    for (nanoseconds, digits, expected) in [
      (-1, 9, "1969-12-31T23:59:59.999999999Z"), (0, 0, "1970-01-01T00:00:00Z"),
      (1_500_000_000, 1, "1970-01-01T00:00:01.5Z"),
      (1_999_999_999, 6, "1970-01-01T00:00:01.999999Z"),
    ] as [(Int64, UInt8, String)] {
      var out = ByteBuffer()
      entry.time = Timestamp(nanoseconds: nanoseconds)
      entry.timeDigits = digits
      json.write(
        entry, of: test.batch, template: [UInt8]().span, parameters: [ByteRange]().span, to: &out)
      #expect(out.text().hasPrefix("{\"@timestamp\":\"\(expected)\","))
    }
  }
}
