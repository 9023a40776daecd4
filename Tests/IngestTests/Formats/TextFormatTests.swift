import Ingest
import Model
import Testing

/// logfmt, access logs, container lines, and what is done to every frame.
@Suite struct TextFormatTests {
  @Test func logfmtPairs() throws {
    let line =
      #"ts=2026-03-01T09:30:00.125Z caller=http.go:194 level=warn traceID=1ee2 "#
      + #"msg="got \"x\"\n(200)" error="no \\ way" org=12 empty= bare"#
    let entry = try #require(decoded(line + "\n").first)
    #expect(
      [entry.format, entry.time, entry.level, entry.trace, entry.message]
        == ["logfmt", "2026-03-01T09:30:00.125Z", "warning", "1ee2", "got \"x\"\n(200)"])
    #expect(entry.fields["log.origin.file.name"] == "http.go")
    #expect(entry.fields["log.origin.file.line"] == "194")
    #expect(entry.fields["error.message"] == #"no \ way"#)
    #expect(entry.fields["org"] == "12")
  }

  @Test(arguments: [
    ("a=1 b=2", "plain"), ("level=info", "plain"), ("level=info words", "plain"),
    ("level=info msg=x", "logfmt"), ("x=1 time=\"2026-03-01 09:30:00\"", "logfmt"),
    ("date=2026-03-01 time=09:30:00 type=\"event\"", "logfmt"),
  ])
  func logfmtNeedsEvidence(_ line: String, _ format: String) {
    #expect(decoded(line + "\n").map(\.format) == [format])
  }

  @Test func dateAndTimeApart() {
    #expect(
      decoded("date=2026-03-01 time=09:30:00 level=\"alert\"\n").map(\.time)
        == ["2026-03-01T09:30:00Z"])
  }

  @Test(arguments: [
    (#"192.0.2.1 - - [01/Mar/2026:09:30:00 +0000] "GET /a HTTP/1.1" 200 5"#, "info", "5", ""),
    (
      #"shop.example 192.0.2.1 - bob [01/Mar/2026:09:30:00 +0000] "GET /a HTTP/1.1" 404 0 "-" "curl/8""#,
      "warning", "0", "bob"
    ),
    (
      #"192.0.2.1 - bob [01/Mar/2026:10:30:00 +0100] "GET /a HTTP/1.1" 502 - "http://r/" "x""#,
      "error", "", "bob"
    ),
  ])
  func accessLogs(_ line: String, _ level: String, _ size: String, _ user: String) throws {
    let entry = try #require(decoded(line + "\n").first)
    #expect(
      [entry.format, entry.time, entry.level] == ["clf", "2026-03-01T09:30:00Z", level])
    #expect(entry.fields["source.ip"] == "192.0.2.1")
    #expect(entry.fields["http.request.method"] == "GET")
    #expect(entry.fields["url.original"] == "/a")
    #expect(entry.fields["http.version"] == "1.1")
    #expect(entry.fields["http.response.body.bytes"] ?? "" == size)
    #expect(entry.fields["user.name"] ?? "" == user)
  }

  @Test func containerLinesAndTheirOwnText() {
    let entries = decoded(
      """
      2026-03-01T09:30:00.000000001Z stdout F plain words
      2026-03-01T09:30:01Z stderr F level=error msg="no shard"
      2026-03-01T09:30:02Z stdout P one,
      2026-03-01T09:30:02Z stderr F between
      2026-03-01T09:30:02Z stdout P two,
      2026-03-01T09:30:02Z stdout F three
      2026-03-01T09:30:03Z stdout P {"msg":"jo
      2026-03-01T09:30:03Z stdout F ined","level":"warn"}

      """)
    #expect(
      entries.map(\.message) == ["plain words", "no shard", "one,two,three", "between", "joined"])
    #expect(entries.map(\.level) == ["", "error", "", "", "warning"])
    #expect(entries.map(\.line) == [0, 1, 2, 3, 6])
    #expect(entries.first?.fields["log.iostream"] == "stdout")
    #expect(entries.last?.time == "2026-03-01T09:30:03Z")
  }

  @Test func composePrefixes() {
    let entries = decoded(
      "web_1  | level=info msg=up\ndb-1 | 2026-03-01 09:30:00 LOG:  ready\nfoo | bar\n")
    #expect(entries.map(\.message) == ["up", "ready", "foo | bar"])
    #expect(entries.map(\.service) == ["web_1", "db-1", ""])
  }

  @Test func blankLinesAndCarriageReturns() {
    let run = DecoderRun(Array("one\r\n\r\n  \t\n\ntwo".utf8))
    #expect(run.entries.map(\.message) == ["one", "two"])
    #expect(run.frames.blank == 3)
    #expect(run.frames.read == 5)
    #expect(run.isBalanced)
  }

  @Test func badBytesAreRepaired() {
    var input = Array("fine\nbad ".utf8)
    input += [0xff, 0xe2, 0x82, 0x41, 0x00, 0xf0, 0x9f, 0x92, 0xa3, 0x0a]
    let run = DecoderRun(input)
    #expect(run.entries.map(\.message) == ["fine", "bad \u{FFFD}\u{FFFD}A\0\u{1F4A3}"])
    #expect(run.entries.map { $0.flags.contains(.repaired) } == [false, true])
    #expect(run.frames.repaired == 1)
  }

  @Test func terminalColoursAreTakenOut() {
    let entries = decoded(
      "\u{1b}[32m2026-03-01 09:30:00 INFO\u{1b}[0m app - \u{1b}[1;31mred\u{1b}[m "
        + "\u{1b}]0;title\u{07}end\nplain\n")
    #expect(entries.map(\.message) == ["red end", "plain"])
    #expect(entries.map(\.level) == ["info", ""])
  }

  @Test func overlongLinesAreCut() {
    let run = DecoderRun(
      Array("ab\u{20AC}cdefgh\nshort\n".utf8),
      settings: DecodingSettings(anchor: YearAnchor(year: 2026), lineLimit: 4))
    #expect(run.entries.map(\.message) == ["ab", "shor"])
    #expect(run.frames.cut == 2)
    #expect(run.entries.allSatisfy { $0.flags.contains(.cut) })
  }
}
