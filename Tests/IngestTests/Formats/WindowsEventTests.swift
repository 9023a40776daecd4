import Bytes
import Foundation
import Ingest
import Model
import Testing

/// Windows events as XML.
@Suite struct WindowsEventTests {
  private static let system =
    "<System><Provider Name='Lab'/><EventID>7</EventID><Level>2</Level><TimeCreated "
    + "SystemTime='2026-03-01T09:30:00.5Z'/><Channel>System</Channel><Computer>ws1</Computer></System>"

  private static func event(_ rest: String) -> String {
    "<Event xmlns='e'>\(system)\(rest)</Event>"
  }

  private enum Division { case whole, frames }

  /// Decodes a text framed as its first bytes tell, at once or a frame at a time.
  private func read(_ text: String, _ division: Division = .whole) -> DecoderRun {
    let bytes = Array(text.utf8)
    let framing = FramingSniffer.framing(of: bytes.span, atEnd: true) ?? .lines
    var cuts: [Int] = []
    if division == .frames {
      var at = 0
      while let frame = FrameWalk.next(framing, bytes.span, from: at, atEnd: true) {
        at = frame.next
        if at < bytes.count { cuts.append(at) }
      }
    }
    return DecoderRun(bytes, cuts: cuts, framing: framing)
  }

  private static var fixture: String {
    get throws {
      let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../fixtures/formats/winlog.xml")
      return String(decoding: try Data(contentsOf: path), as: UTF8.self)
    }
  }

  @Test func namesAreWinlogbeats() throws {
    let run = read(try Self.fixture)
    try #require(run.entries.count == 5)
    #expect(run.frames.unparsed == 0 && run.isBalanced)
    let first = run.entries[0]
    #expect(first.format == "winlog" && first.host == "ws1.example.com" && first.level == "info")
    #expect(first.time.hasPrefix("2026-03-01T09:30:00.1234567"))
    #expect(first.service == "Microsoft-Windows-Security-Auditing")
    let expected = [
      "event.code": "4625", "winlog.channel": "Security", "winlog.record_id": "7001",
      "source.ip": "203.0.113.9", "source.port": "50123", "user.name": "alice",
      "winlog.event_data.LogonType": "3", "winlog.process.pid": "708",
      "winlog.provider_name": "Microsoft-Windows-Security-Auditing",
      "winlog.computer_name": "ws1.example.com",
      "winlog.activity_id": "{a1b2c3d4-0000-0000-0000-000000000001}",
    ]
    for (name, value) in expected { #expect(first.fields[name] == value, "\(name)") }
    #expect(
      first.message.hasPrefix(
        "Microsoft-Windows-Security-Auditing 4625: SubjectUserSid=S-1-0-0, TargetUserName=alice"))
    #expect(run.entries[1].message.hasPrefix("An account was successfully logged on.\n\nSubject:"))
    #expect(run.entries[2].fields["winlog.event_data.param1"] == "Print & Spool")
    #expect(run.entries[2].level == "error")
    #expect(run.entries[3].message == "stock of <anchor> & <cable> is low")
    #expect(run.entries[4].fields["winlog.user_data.SubjectUserName"] == "mallory")
    #expect(run.entries.map(\.line) == [2, 3, 7, 24, 37])
  }

  @Test func theDivisionIntoBatchesPlaysNoPart() throws {
    let whole = read(try Self.fixture)
    let observed = read(try Self.fixture, .frames)
    #expect(whole.entries == observed.entries)
    #expect(whole.frames.read == observed.frames.read && observed.isBalanced)
  }

  /// Whatever a text does to its events, the others stay whole, and the ledger balances.
  @Test(arguments: [
    ("\(event(""))\(event(""))", 2, 0), ("\(event(""))\n\n\(event("")) ", 2, 0),
    ("<Events>\(event(""))</Events>", 1, 0),
    ("<!-- <Event> -->\(event("<EventData><!-- </Event> --></EventData>"))", 1, 0),
    (event("<EventData><Data><![CDATA[</Event>]]></Data></EventData>"), 1, 0),
    ("<Event xmlns='e'><System>\n\(event(""))", 1, 1),
    ("\(event(""))\n<Event ><System></Nope></Event>", 1, 1),
    ("\(event(""))\nMar  1 09:30:00 web app[7]: words\n\(event(""))", 3, 0),
    ("\(event(""))\n<Event ><System>", 1, 1),
    (event(String(repeating: "<a>", count: 4000) + String(repeating: "</a>", count: 4000)), 1, 0),
    (event("<EventData><Data>&#0;&bad;&#x110000;&lt;&#x41;&amp</Data></EventData>"), 1, 0),
    (event("<EventData><Data Name='a" + "'></Data></EventData>"), 1, 0),
  ])
  func eventsAreBounded(_ text: String, _ entries: Int, _ unparsed: Int) {
    for division in [Division.whole, .frames] {
      let run = read(text, division)
      #expect(run.entries.count == entries && run.frames.unparsed == unparsed)
      #expect(run.isBalanced)
    }
  }

  @Test func entitiesAreResolvedOnce() {
    let run = read(
      Self.event("<EventData><Data>&amp;lt; &#65;&#x42;<![CDATA[&amp;]]> &bad;</Data></EventData>"))
    #expect(run.entries.map(\.message) == ["&lt; AB&amp; &bad;"])
  }

  @Test(arguments: [
    ("<13>Mar  1 09:30:05 ws1 Microsoft-Windows: ", "", "syslog"),
    (#"{"@timestamp":"2026-03-01T09:30:05Z","message":""#, #""}"#, "json"),
    (#"{"time":"2026-03-01T09:30:05Z","Event":{"xml":""#, #""}}"#, "json"),
    ("", "", "winlog"),
  ])
  func aMessageMayBeAnEvent(_ before: String, _ after: String, _ format: String) {
    let event = Self.event("<EventData><Data Name='IpAddress'>192.0.2.7</Data></EventData>")
    let line = "words before\n\(before)\(event)\(after)\n"
    let run = read(line)
    #expect(run.entries.count == 2)
    let entry = run.entries.last
    #expect(entry?.format == format && entry?.service == "Lab" && entry?.level == "error")
    #expect(entry?.fields["source.ip"] == "192.0.2.7" && entry?.fields["event.code"] == "7")
    #expect(entry?.message == "Lab 7: IpAddress=192.0.2.7")
    #expect(entry?.time.hasPrefix("2026-03-01T09:30:00.5") == true)
  }

  /// nxlog's elements are named as its JSON's members are.
  @Test func elementsBesideTheSchemaAreMembers() {
    let run = read(
      "<Event ><EventTime>2026-03-01 09:30:00</EventTime><Hostname>ws1</Hostname>"
        + "<Severity>ERROR</Severity><Message>disk is full</Message></Event>\n")
    #expect(run.entries.map(\.message) == ["disk is full"])
    #expect(run.entries.first?.level == "error" && run.entries.first?.host == "ws1")
    #expect(run.entries.first?.time.hasPrefix("2026-03-01T09:30:00") == true)
  }

  /// An event over the limit is cut, and what follows it is read.
  @Test func anOverlongEventHidesNothing() {
    let long = Self.event(
      "<EventData><Data>\(String(repeating: "x", count: 5000))</Data></EventData>")
    let text = Array("\(Self.event(""))\(long)\(Self.event(""))\n".utf8)
    for chunk in [1, 7, 4096, Int.max] {
      let reading = Reading(text, chunk: chunk, frameLimit: 1000)
      #expect(reading.texts.count == 3)
      #expect(reading.texts.last?.hasSuffix("</Event>") == true)
    }
  }
}
