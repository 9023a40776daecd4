import Model
import Testing

/// CEF and LEEF, bare and behind syslog headers.
@Suite struct EventFormatTests {
  private static let event =
    #"CEF:0|Example|Guard|1.2|100|worm \| stopped|9|src=203.0.113.1 dst=192.0.2.2 spt=1232 "#
    + #"suser=alice act=blocked proto=TCP request=http://a.example/?x\=1 cs1Label=Reason cs1=two words"#

  @Test(arguments: [
    ("", ""), ("<134>Mar  1 09:30:00 fw ", "fw"),
    ("<134>1 2026-03-01T09:30:00Z fw guard - - - ", "fw"),
  ])
  func cef(_ header: String, _ host: String) throws {
    let entry = try #require(decoded(header + Self.event + "\n").first)
    #expect([entry.format, entry.level, entry.host] == ["cef", "critical", host])
    #expect(entry.message == "worm | stopped")
    #expect(entry.time == (header.isEmpty ? "" : "2026-03-01T09:30:00Z"))
    let expected = [
      "observer.vendor": "Example", "observer.product": "Guard", "observer.version": "1.2",
      "event.code": "100", "source.ip": "203.0.113.1", "destination.ip": "192.0.2.2",
      "source.port": "1232", "source.user.name": "alice", "event.action": "blocked",
      "network.transport": "TCP", "url.original": "http://a.example/?x=1",
      "cef.cs1Label": "Reason", "cef.cs1": "two words",
    ]
    for (name, value) in expected { #expect(entry.fields[name] == value, "\(name)") }
  }

  @Test func cefWithItsOwnTimeAndMessage() throws {
    let line = "CEF:0|A|B|1|7|short|Medium|rt=1772357400125 msg=a longer text dvchost=fw-1"
    let entry = try #require(decoded(line + "\n").first)
    #expect(
      [entry.time, entry.message, entry.host, entry.level]
        == ["2026-03-01T09:30:00.125Z", "a longer text", "fw-1", "warning"])
    #expect(entry.fields["cef.name"] == "short")
  }

  @Test(arguments: [
    "LEEF:1.0|Example|Guard|3|42|src=203.0.113.1\tdst=192.0.2.2\tsrcPort=81\tusrName=bob",
    "LEEF:2.0|Example|Guard|3|42|^|src=203.0.113.1^dst=192.0.2.2^srcPort=81^usrName=bob",
    "LEEF:2.0|Example|Guard|3|42|x7E|src=203.0.113.1~dst=192.0.2.2~srcPort=81~usrName=bob",
  ])
  func leef(_ line: String) throws {
    let entry = try #require(decoded(line + "\n").first)
    #expect(entry.format == "leef")
    #expect(entry.fields["event.code"] == "42")
    #expect(entry.fields["source.ip"] == "203.0.113.1")
    #expect(entry.fields["source.port"] == "81")
    #expect(entry.fields["user.name"] == "bob")
  }

  @Test(arguments: ["CEF: nothing", "CEF:0|A|B|1", "CEF:x|A|B|1|7|n|3|", "LEEF:1.0|A", "CEF:"])
  func isPlainWithoutItsParts(_ line: String) {
    #expect(decoded(line + "\n").map(\.format) == ["plain"])
  }
}
