import Ingest
import Model
import Testing

@Suite struct SyslogTests {
  @Test(arguments: [
    (
      "<34>Oct 11 22:14:15 mymachine su[12]: 'su root' failed", "2026-10-11T22:14:15Z",
      "critical", "mymachine", "su", 12, "'su root' failed"
    ),
    (
      "Mar  1 09:30:00 web-1 postfix/smtpd[4711]: connect from unknown", "2026-03-01T09:30:00Z",
      "", "web-1", "postfix/smtpd", 4711, "connect from unknown"
    ),
    (
      "Mar  1 09:30:00 web-1 kernel: [  12.345678] eth0: link up", "2026-03-01T09:30:00Z", "",
      "web-1", "kernel", -1, "eth0: link up"
    ),
    (
      "Mar 1 09:30:00 web-1 dhclient: bound", "2026-03-01T09:30:00Z", "", "web-1", "dhclient",
      -1, "bound"
    ),
    (
      "Mar  1 09:30:00 sshd[9]: no host here", "2026-03-01T09:30:00Z", "", "", "sshd", 9,
      "no host here"
    ),
    (
      "Mar  1 09:30:00 desk Text Editor[77]: two words", "2026-03-01T09:30:00Z", "", "desk",
      "Text Editor", 77, "two words"
    ),
    (
      "2026-03-01T09:30:00.125+02:00 web-1 cron[3]: job done", "2026-03-01T07:30:00.125Z", "",
      "web-1", "cron", 3, "job done"
    ),
    (
      "<13>2026-03-01T09:30:00Z web-1 app: hello", "2026-03-01T09:30:00Z", "notice", "web-1",
      "app", -1, "hello"
    ),
    (
      "Mar  1 09:30:00 web-1 last message repeated 2 times", "2026-03-01T09:30:00Z", "", "web-1",
      "", -1, "last message repeated 2 times"
    ),
  ])
  func bsdLines(
    _ line: String, _ time: String, _ level: String, _ host: String, _ program: String,
    _ process: Int, _ message: String
  ) throws {
    let entry = try #require(decoded(line + "\n").first)
    #expect(
      [entry.format, entry.time, entry.level, entry.host, entry.program, entry.service]
        == ["syslog", time, level, host, program, program])
    #expect(entry.process == process)
    #expect(entry.message == message)
  }

  /// A stamp that ends before its seconds, as the last word of a frame.
  @Test(arguments: [
    "<34>1 2026-03-01T09:30Z ", "<34>1 2026-03-01T09:3 +01:00 ", "<1>1 2026-03-01T09:Z ",
  ])
  func aStrictStampThatIsCutShort(_ line: String) throws {
    let entry = try #require(decoded(line + "\n").first)
    #expect(entry.format == "plain")
  }

  @Test func ietfHeaderAndStructuredData() throws {
    let line =
      #"<165>1 2026-03-01T22:14:15.003Z host.example app 8710 ID47 "#
      + #"[ex@1 k="a \"b\" \\ \]" n=""][opentelemetry trace_id="0af7651916cd43dd8448eb211c80319c" "#
      + #"span_id="b7ad6b7169203331"] "# + "\u{FEFF}text"
    let entry = try #require(decoded(line + "\n").first)
    #expect(
      [entry.format, entry.time, entry.level, entry.host, entry.program, entry.message]
        == [
          "syslog", "2026-03-01T22:14:15.003Z", "notice", "host.example", "app", "text",
        ])
    #expect(entry.process == 8710)
    #expect(entry.trace == "0af7651916cd43dd8448eb211c80319c")
    #expect(entry.fields["ex@1.k"] == #"a "b" \ ]"#)
    #expect(entry.fields["span.id"] == "b7ad6b7169203331")
    #expect(entry.fields["log.syslog.msgid"] == "ID47")
    #expect(entry.fields["log.syslog.facility.code"] == "20")
    #expect(entry.fields["log.syslog.priority"] == "165")
  }

  @Test(arguments: [
    "<1>1 - - - - - -", "<191>999 2026-03-01T00:00:00+23:59 h a p m - text",
    "<0>1 2026-03-01T00:00:00.123456-08:00 - - - - [a b=\"c\"]",
  ])
  func validHeaders(_ line: String) {
    #expect(decoded(line + "\n").first?.format == "syslog")
  }

  @Test(arguments: [
    "<192>1 - - - - - -", "<1>0 - - - - - -", "<1>1 - - - - -", "<1>1 - - - - - X",
    "<1>1 2026-03-01t00:00:00Z - - - - -", "<1>1 2026-03-01T00:00:00.1234567Z - - - - -",
    "<1>1 2026-03-01T00:00:00 - - - - -", "<1>1 2026-02-30T00:00:00Z - - - - -",
    "<1>1 2026-03-01T00:00:00Z - - - - [a", "<1>1 2026-03-01T00:00:00Z - - - - [a b=c]",
    "<01>1 - - - - - -", "<1>1 - - - - - [a][b c=\"d\"][a]", "<1> words without a header", "<1>",
  ])
  func whatIsNotSyslogIsPlain(_ line: String) {
    for format in [nil, SourceFormat.syslog] {
      let entries = decoded(
        line + "\n", settings: DecodingSettings(format: format, anchor: YearAnchor(year: 2026)))
      #expect(entries.map(\.format) == ["plain"])
      #expect(entries.map(\.message) == [line])
    }
  }

  @Test func octetCountedAndNulFraming() {
    let first = "<34>1 2026-03-01T09:30:00Z h a 1 - - one\nline"
    let second = "<34>Mar  1 09:30:01 h b[2]: two"
    let counted = "\(first.utf8.count) \(first)\(second.utf8.count) \(second)"
    let byCount = DecoderRun(Array(counted.utf8), framing: .octetCounted)
    let byNul = DecoderRun(Array("\(first)\0\(second)\0".utf8), framing: .nul)
    for run in [byCount, byNul] {
      #expect(run.entries.map(\.message) == ["one\nline", "two"])
      #expect(run.isBalanced)
    }
  }

  @Test func objectInsideAMessage() throws {
    let line =
      #"Mar  1 09:30:00 web-1 api[7]: {"level":"error","msg":"no shard","request_id":"r1"}"#
    let entry = try #require(decoded(line + "\n").first)
    #expect(
      [entry.format, entry.time, entry.level, entry.host, entry.program, entry.message]
        == ["syslog", "2026-03-01T09:30:00Z", "error", "web-1", "api", "no shard"])
    let broken = try #require(decoded("Mar  1 09:30:00 web-1 api[7]: {not json}\n").first)
    #expect(broken.message == "{not json}")
  }
}
