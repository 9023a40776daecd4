import Ingest
import Model
import Testing

@Suite struct ExportEntryTests {
  /// A field and its bytes.
  typealias Content = (name: String, value: [UInt8])

  static func export(_ entries: [[Content]]) -> [UInt8] {
    entries.flatMap { entry in
      entry.flatMap { field -> [UInt8] in
        let isText = field.value.allSatisfy { $0 >= 0x20 || $0 == 0x09 }
        return isText
          ? bytes(field.name + "=") + field.value + [0x0a] : binaryField(field.name, field.value)
      } + [0x0a]
    }
  }

  static func json(_ entries: [[Content]]) -> [UInt8] {
    entries.flatMap { entry -> [UInt8] in
      var names: [String] = []
      for field in entry where !names.contains(field.name) { names.append(field.name) }
      let members = names.map { name in
        let values = entry.filter { $0.name == name }.map { value($0.value) }
        return "\"\(name)\":"
          + (values.count == 1 ? values[0] : "[\(values.joined(separator: ","))]")
      }
      return bytes("{\(members.joined(separator: ","))}\n")
    }
  }

  /// A value as journalctl writes it.
  private static func value(_ bytes: [UInt8]) -> String {
    guard let text = String(validating: bytes, as: UTF8.self),
      bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 || $0 == 0x0a })
    else { return "[\(bytes.map(String.init).joined(separator: ","))]" }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    return "\"\(escaped)\""
  }

  static let entry: [Content] = [
    ("__CURSOR", bytes("s=1;i=2")), ("__REALTIME_TIMESTAMP", bytes("1772357400123456")),
    ("__MONOTONIC_TIMESTAMP", bytes("77")), ("_BOOT_ID", bytes("3863bb218429a4aadd276c21f76a7d0b")),
    ("PRIORITY", bytes("3")), ("_HOSTNAME", bytes("alpha")), ("_PID", bytes("812")),
    ("SYSLOG_IDENTIFIER", bytes("sshd")), ("_COMM", bytes("sshd")),
    ("_SYSTEMD_UNIT", bytes("ssh.service")), ("MESSAGE", bytes("Connection = closed by 192.0.2.7")),
  ]

  static func changed(_ name: String, _ values: [UInt8]...) -> [Content] {
    entry.filter { $0.name != name } + values.map { (name, $0) }
  }

  static let entries: [[Content]] = [
    entry,
    changed("MESSAGE", bytes("two\nlines and a \"quote\" \\ \ttab é")),
    changed("MESSAGE", [0x61, 0xff, 0xfe, 0x00, 0x62]),
    changed("MESSAGE", bytes("\u{1b}[31mred\u{1b}[0m")),
    changed("MESSAGE", bytes("first"), bytes("second \"x\""), bytes("third\n")),
    changed("MESSAGE", []),
    changed("TAG", bytes("one"), bytes("two"), bytes("three")),
    changed("_SYSTEMD_UNIT", bytes("user@1000.service"))
      + [("_SYSTEMD_USER_UNIT", bytes("app.service"))],
    changed("_PID", bytes("1")) + [("UNIT", bytes("nginx.service"))],
    changed("PRIORITY", bytes("high")),
    changed("SYSLOG_IDENTIFIER", bytes("a"), bytes("b")) + [
      ("X", bytes("1")), ("TRACE_ID", bytes("4bf92f")),
    ],
    entry + [("CODE_FILE", bytes("src/a.c")), ("CODE_LINE", bytes("17"))],
  ]

  @Test(arguments: [false, true])
  func exportGivesTheEntriesOfJSON(_ keepsFields: Bool) {
    let json = DecodedJournal(Self.json(Self.entries), keepsFields: keepsFields)
    let export = DecodedJournal(Self.export(Self.entries), keepsFields: keepsFields)
    #expect(json.framing == .lines)
    #expect(export.framing == .journalExport)
    #expect(json.entries.count == Self.entries.count)
    #expect(export.frames == json.frames)
    for (index, pair) in zip(json.entries, export.entries).enumerated() {
      #expect(pair.1 == pair.0, "entry \(index)")
    }
  }

  @Test func anyFieldsGiveTheEntriesOfJSON() {
    let seed: UInt64 = 42
    var random = SeededBytes(seed)
    let names = Self.entry.map(\.name) + ["UNIT", "TAG", "TAG", "_TRANSPORT", "ERRNO"]
    let letters = bytes("abc019 =\"\\\n\té.")
    for round in 0..<300 {
      var entry = Self.entry
      for _ in 0..<(random.next() % 6) {
        let name = names[Int(random.next() % UInt64(names.count))]
        let value = (0..<(random.next() % 12)).map { _ in random.pick(letters) }
        guard String(validating: value, as: UTF8.self) != nil else { continue }
        entry.insert((name, value), at: Int(random.next() % UInt64(entry.count)))
      }
      for keepsFields in [false, true] {
        let json = DecodedJournal(Self.json([entry]), keepsFields: keepsFields)
        let export = DecodedJournal(Self.export([entry]), keepsFields: keepsFields)
        if json.framing == .lines, export.framing == .journalExport {
          #expect(export == DecodedJournal(json, framing: .journalExport), "seed \(seed), \(round)")
        }
      }
    }
  }

  @Test func linesThatAreNoFieldsArePassedOver() {
    let text =
      "_BOOT_ID=1\nnot a field\n=x\n__REALTIME_TIMESTAMP=1772357400000000\nMESSAGE=a\n\n??\n\n"
    let journal = DecodedJournal(bytes(text), keepsFields: false)
    #expect(journal.entries.map { $0.entry[3] } == ["a"])
    #expect(journal.frames.read == 2)
    #expect(journal.frames.unparsed == 1)
  }

  @Test func anEntryThatBreaksOffIsReadAsFarAsItIsThere() {
    let start = bytes("_A=1\n__REALTIME_TIMESTAMP=1772357400000000\n")
    let whole = start + binaryField("MESSAGE", bytes("a longer message\nof two lines"))
    for (missing, message) in [
      (1, "a longer message\nof two lines"), (8, "a longer message\nof tw"),
      (20, "a longer m"), (30, ""), (37, ""),
    ] {
      let journal = DecodedJournal(Array(whole.dropLast(missing)), keepsFields: false)
      #expect(journal.entries.map { $0.entry[3] } == [message], "\(missing)")
      #expect(journal.frames.cut == 1)
    }
  }
}

extension DecodedJournal {
  /// The same under another framing.
  init(_ other: DecodedJournal, framing: Framing) {
    self = other
    self.framing = framing
  }
}
