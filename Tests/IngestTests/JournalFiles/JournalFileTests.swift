import Bytes
import Foundation
import Ingest
import Model
import Testing

@Suite("Journal files")
struct JournalFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func entry(
    _ number: UInt64, _ message: String, at time: UInt64? = nil, more: [[UInt8]] = []
  ) -> JournalWriter.Entry {
    JournalWriter.Entry(
      seqnum: number, realtime: time ?? 1_772_000_000_000_000 + number,
      fields: [
        JournalWriter.field("MESSAGE", message), JournalWriter.field("_HOSTNAME", "web-1"),
        JournalWriter.field("PRIORITY", "6"),
      ] + more, monotonic: number)
  }

  private static let allLayouts = [false, true].flatMap { isCompact in
    JournalWriter.Packing.allCases.map { (isCompact, $0) }
  }

  @Test("every layout and compression gives the same entries", arguments: allLayouts)
  func layouts(isCompact: Bool, packing: JournalWriter.Packing) throws {
    if packing == .xz, !FileManager.default.isExecutableFile(atPath: "/usr/bin/xz") { return }
    let long = String(repeating: "long ", count: 2000) + "end"
    let entries = (1...10).map { Self.entry(UInt64($0), $0 == 4 ? long : "message \($0)") }
    let bytes = JournalWriter.file(entries, isCompact: isCompact, packing: packing)
    let run = JournalRun([try folder.write("a.journal", bytes)])
    #expect(run.messages == (1...10).map { $0 == 4 ? long : "message \($0)" })
    #expect(run.entries.allSatisfy { $0.host == "web-1" })
    #expect(run.frames.damaged == 0 && run.frames.unparsed == 0)
  }

  @Test("the head's fields are those of journalctl")
  func head() throws {
    var entry = Self.entry(0x2a, "hello")
    entry.hash = 0xfedc
    let run = JournalRun([try folder.write("a.journal", JournalWriter.file([entry]))])
    let boot = String(repeating: "07", count: 16)
    let first = try #require(run.entries.first)
    #expect(first.time == 1_772_000_000_000_042)
    #expect(
      first.cursor
        == "s=\(String(repeating: "01", count: 16));i=2a;b=\(boot);m=2a;t=64b9fe68ac02a;x=fedc")
    #expect(first.fields["journald._BOOT_ID"] == boot)
    #expect(first.fields["journald.__MONOTONIC_TIMESTAMP"] == "42")
    #expect(first.fields["journald.__SEQNUM"] == "42")
    #expect(first.fields["journald.__SEQNUM_ID"] == String(repeating: "01", count: 16))
  }

  @Test("a repeated field has all its values, bytes that are no text are repaired")
  func values() throws {
    let bad = Array("OTHER=a".utf8) + [0xff]
    let entry = Self.entry(
      1, "x", more: [JournalWriter.field("TAG", "one"), JournalWriter.field("TAG", "two"), bad])
    let run = JournalRun([try folder.write("a.journal", JournalWriter.file([entry]))])
    #expect(run.entries.first?.fields["journald.TAG"] == #"["one","two"]"#)
    #expect(run.entries.first?.fields["journald.OTHER"] == "a\u{fffd}")
  }

  @Test("a value over the line limit is cut and counted", arguments: JournalWriter.Packing.allCases)
  func cut(packing: JournalWriter.Packing) throws {
    if packing == .xz, !FileManager.default.isExecutableFile(atPath: "/usr/bin/xz") { return }
    let entry = Self.entry(1, String(repeating: "y", count: 5000))
    let bytes = JournalWriter.file([entry], packing: packing)
    let run = JournalRun([try folder.write("a.journal", bytes)], lineLimit: 1024)
    #expect(run.messages == [String(repeating: "y", count: 1024)])
    #expect(run.frames.cut == 1)
  }

  @Test("files of one writer follow each other by number, of several by time, each entry once")
  func interleaved() throws {
    let time: UInt64 = 1_772_000_000_000_000
    let one = (1...6).filter { $0 != 3 }.map {
      Self.entry(UInt64($0), "one \($0)", at: time + UInt64(10 * $0))
    }
    // Number 3 stands in both; its clock had been set back.
    let three = Self.entry(3, "one 3", at: time - 500)
    var other = (1...3).map { Self.entry(UInt64($0), "two \($0)", at: time + UInt64(25 * $0)) }
    for index in other.indices { other[index].boot = 9 }
    for index in other.indices { other[index].hash = 1 }
    let files = [
      try folder.write("a.journal", JournalWriter.file(one)),
      try folder.write("b.journal", JournalWriter.file([three])),
      try folder.write("c.journal", JournalWriter.file([three])),
      try folder.write("d.journal", JournalWriter.file(other, series: 2)),
    ]
    let run = JournalRun(files)
    #expect(run.messages.filter { $0.hasPrefix("one") } == (1...6).map { "one \($0)" })
    #expect(run.messages.filter { $0.hasPrefix("two") } == (1...3).map { "two \($0)" })
    #expect(run.entries.count == 9)
  }

  @Test("reading begins at a time or a cursor and ends at a time")
  func bounds() throws {
    let time: UInt64 = 1_772_000_000_000_000
    let entries = (1...20).map { Self.entry(UInt64($0), "\($0)", at: time + UInt64($0)) }
    let file = try folder.write("a.journal", JournalWriter.file(entries))
    let all = JournalRun([file])
    let fifth = try #require(JournalCursor(all.entries[4].cursor))
    #expect(JournalRun([file], from: .realtime(time + 18)).messages == ["18", "19", "20"])
    #expect(JournalRun([file], from: .at(fifth)).messages.first == "5")
    #expect(JournalRun([file], from: .after(fifth)).messages.first == "6")
    #expect(JournalRun([file], until: time + 2).messages == ["1", "2"])
    #expect(JournalRun([file], from: .realtime(time + 21)).messages.isEmpty)
    #expect(JournalCursor("s=1;i=2") == nil)
  }

  @Test("what is no journal is refused")
  func refused() throws {
    var unknown = JournalWriter.file([Self.entry(1, "x")])
    unknown[13] = 1
    let cases: [(String, [UInt8], ReadProblem.Kind)] = [
      ("text", Array("Mar  1 10:00:00 web app: hello\n".utf8), .corrupt),
      ("short", Array("LPKSHHRH".utf8), .corrupt), ("unknown", unknown, .unknown),
    ]
    for (name, bytes, kind) in cases {
      let run = JournalRun([try folder.write(name, bytes)])
      #expect(run.problems.map(\.kind) == [kind], "\(name)")
      #expect(run.entries.isEmpty)
    }
  }

  @Test("a file that ends too early gives what it has")
  func truncated() throws {
    let entries = (1...50).map { Self.entry(UInt64($0), "message \($0)") }
    let bytes = JournalWriter.file(entries)
    for share in [0.2, 0.5, 0.9] {
      let part = Array(bytes.prefix(Int(Double(bytes.count) * share)))
      let run = JournalRun([try folder.write("a.journal", part)])
      #expect(run.isBalanced)
      #expect(run.entries.count < 50)
      #expect(!run.hints.isEmpty)
    }
  }

  @Test("chains and lists that lead back end")
  func circles() throws {
    var bytes = JournalWriter.file((1...9).map { Self.entry(UInt64($0), "\($0)") })
    let first = (0..<8).reduce(0) { $0 | Int(bytes[176 + $1]) << (8 * $1) }
    // The first array's next one is itself.
    for index in 0..<8 { bytes[first + 16 + index] = bytes[176 + index] }
    for index in 152..<159 { bytes[index] = 0xff }
    let run = JournalRun([try folder.write("a.journal", bytes)])
    #expect(run.messages == ["1", "2", "3"])
    // All items name the same entry.
    for item in 1..<3 {
      for index in 0..<8 { bytes[first + 24 + 8 * item + index] = bytes[first + 24 + index] }
    }
    let same = JournalRun([try folder.write("b.journal", bytes)])
    #expect(same.messages == ["1"])
    #expect(same.frames.unparsed == 2)
    #expect(same.isBalanced)
  }

  @Test("a file that shrinks while it is read ends no process")
  func shrinks() throws {
    let entries = (1...200).map {
      Self.entry(UInt64($0), String(repeating: "m\($0) ", count: 200))
    }
    let path = try folder.write("a.journal", JournalWriter.file(entries))
    let map = try MappedFile(path)
    let handle = try FileHandle(forWritingTo: folder.url.appending(path: "a.journal"))
    try handle.truncate(atOffset: 4096)
    #expect(map.span[map.count - 1] == 0)
    #expect(map.lostPages == 1)
    try handle.close()
  }

  @Test("damage anywhere neither crashes nor hangs, and every frame is booked")
  func mutated() throws {
    var random = SeededRandom(seed: 20_260_301)
    for round in 0..<300 {
      let entries = (1...40).map {
        Self.entry(
          UInt64($0), "message \($0 % 7) of many", more: [JournalWriter.field("N", "\($0)")])
      }
      let packing = [JournalWriter.Packing.none, .zstd, .lz4][round % 3]
      var bytes = JournalWriter.file(entries, isCompact: round % 2 == 0, packing: packing)
      for _ in 0..<(1 + random.below(30)) {
        let at = random.below(10) == 0 ? random.below(272) : random.below(bytes.count)
        bytes[at] =
          random.below(2) == 0
          ? UInt8(random.below(256)) : bytes[at] ^ (1 << UInt8(random.below(8)))
      }
      if random.below(8) == 0 { bytes.removeLast(random.below(bytes.count - 300)) }
      let file = try folder.write("a.journal", bytes)
      for keepsFields in [true, false] {
        let run = JournalRun([file], keepsFields: keepsFields)
        #expect(run.isBalanced, "round \(round)")
        #expect(run.entries.count <= 40 + run.frames.expanded, "round \(round)")
      }
    }
  }
}

/// splitmix64 (Steele, Lea, Flood 2014).
private struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return Int((word ^ word >> 31) % UInt64(bound))
  }
}
