import Ingest
import Model
import Testing

@Suite struct JournalEntryTests {
  private static let stamp = #""__REALTIME_TIMESTAMP":"1772357400123456""#

  private func only(_ members: String, keepsFields: Bool = true) -> Decoded.One? {
    let run = Decoded("{\(Self.stamp),\(members)}\n", keepsFields: keepsFields)
    return run.entries.count == 1 && run.frames.unparsed == 0 ? run.entries[0] : nil
  }

  @Test func readsAnEntry() throws {
    let entry = try #require(
      only(
        #""_SYSTEMD_UNIT":"orders.service","PRIORITY":"3","_PID":"42","MESSAGE":"it \"broke\"","#
          + #""_HOSTNAME":"h1","SYSLOG_IDENTIFIER":"orders","_COMM":"java","__CURSOR":"s=1;i=2","#
          + #""_BOOT_ID":"3863bb218429a4aadd276c21f76a7d0b","_TRANSPORT":"stdout","_UID":"33","#
          + #""CODE_LINE":"17","_SOURCE_REALTIME_TIMESTAMP":"1772357400000001""#))
    #expect(entry.time == 1_772_357_400_123_456_000)
    #expect(entry.digits == 6)
    #expect(entry.message == #"it "broke""#)
    #expect(entry.severity == .error)
    #expect(entry.source == .priority)
    #expect(entry.format == .journald)
    #expect(entry.service == "orders")
    #expect(entry.program == "orders")
    #expect(entry.host == "h1")
    #expect(entry.process == 42)
    #expect(entry.cursor == "s=1;i=2")
    #expect(entry.boot != 0)
    #expect(entry.hasStream)
    #expect(
      entry.fields == [
        "journald._SYSTEMD_UNIT": "orders.service", "journald._COMM": "java",
        "journald._BOOT_ID": "3863bb218429a4aadd276c21f76a7d0b", "journald._TRANSPORT": "stdout",
        "user.id": "33", "log.origin.file.line": "number 17",
        "journald._SOURCE_REALTIME_TIMESTAMP": "1772357400000001",
      ])
  }

  @Test func keepsOnlyWhatStagesUseWhereFieldsAreNotKept() throws {
    let entry = try #require(
      only(
        #""MESSAGE":"m","_UID":"0","ORDER_ID":"o-1","TRACE_ID":"4bf92f3577b34da6a3ce929d0e0e4736""#,
        keepsFields: false))
    #expect(entry.fields == ["order.id": "o-1"])
    #expect(entry.trace == "4bf92f3577b34da6a3ce929d0e0e4736")
  }

  @Test(arguments: [
    (#""_SYSTEMD_UNIT":"a.service","SYSLOG_IDENTIFIER":"b","_COMM":"c""#, "a", "b"),
    (#""_SYSTEMD_UNIT":"user@1000.service","_SYSTEMD_USER_UNIT":"app.service""#, "app", ""),
    (#""SYSLOG_IDENTIFIER":"kernel""#, "kernel", "kernel"),
    (#""_COMM":"cron""#, "cron", "cron"),
    (#""_SYSTEMD_UNIT":"session-12.scope","SYSLOG_IDENTIFIER":"sudo""#, "sudo", "sudo"),
    (#""_SYSTEMD_UNIT":"backup.timer""#, "backup.timer", ""),
    (
      #""_PID":"1","_COMM":"systemd","_SYSTEMD_UNIT":"init.scope","UNIT":"db.service""#, "db",
      "systemd"
    ),
    (#""_SYSTEMD_UNIT":"a.service","_PID":"7","UNIT":"db.service""#, "a", ""),
    (#""_COMM":"systemd","OBJECT_SYSTEMD_UNIT":"o.service""#, "o", "systemd"),
    (
      #""_COMM":"systemd-coredum","_SYSTEMD_UNIT":"systemd-coredump@1.service","#
        + #""COREDUMP_UNIT":"crash.service""#, "crash", "systemd-coredum"
    ),
    (#""_SYSTEMD_UNIT":"docker.service","CONTAINER_NAME":"web""#, "web", ""),
  ])
  func tellsTheService(members: String, service: String, program: String) throws {
    let entry = try #require(only(members + #","MESSAGE":"m""#))
    #expect(entry.service == service)
    #expect(entry.program == program)
  }

  @Test func readsWithheldBinaryAndRepeatedMessages() {
    let run = Decoded(
      """
      {\(Self.stamp),"MESSAGE":null}
      {\(Self.stamp),"MESSAGE":[98,105,110,255,0,33]}
      {\(Self.stamp),"MESSAGE":["first","second \\"x\\"",[116]]}
      {\(Self.stamp),"MESSAGE":[27,91,51,49,109,114,101,100,27,91,48,109]}
      {\(Self.stamp),"MESSAGE":[[104,105],"there"]}

      """)
    #expect(run.entries.map(\.message) == ["", "bin\u{fffd}\0!", "first", "red", "hi"])
    #expect(run.entries[0].flags == EntryFlags.messageWithheld.rawValue)
    #expect(run.entries[1].flags == EntryFlags.repaired.rawValue)
    #expect(run.entries[2].fields["journald.MESSAGE"] == #"array ["second \"x\"",[116]]"#)
    #expect(run.frames.withheld == 1)
    #expect(run.frames.repaired == 1)
  }

  @Test func marksItsOwnOutput() throws {
    let own = try #require(only(#""SYSLOG_IDENTIFIER":"taffrail","MESSAGE":"m""#))
    #expect(own.flags == EntryFlags.own.rawValue)
    let other = try #require(only(#""SYSLOG_IDENTIFIER":"taffrails","MESSAGE":"m""#))
    #expect(other.flags == 0)
  }

  @Test(arguments: ["8", "-1", "x", ""])
  func ignoresPrioritiesThatAreNone(priority: String) throws {
    let entry = try #require(only(#""PRIORITY":"\#(priority)","MESSAGE":"m""#))
    #expect(entry.severity == .unknown)
    #expect(entry.source == .none)
  }

  @Test func ordersOfKeysDoNotMatter() {
    let members = [
      Self.stamp, #""MESSAGE":"m\tn""#, #""PRIORITY":"4""#, #""_PID":"9""#, #""_HOSTNAME":"h""#,
      #""_SYSTEMD_UNIT":"u.service""#, #""SYSLOG_IDENTIFIER":"i""#, #""X":null"#,
    ]
    let want = Decoded("{" + members.joined(separator: ",") + "}\n").entries
    #expect(want.count == 1)
    for turn in 1..<members.count {
      let turned = members[turn...] + members[..<turn]
      #expect(Decoded("{" + turned.joined(separator: ",") + "}\n").entries == want)
    }
  }
}
