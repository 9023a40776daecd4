import Bytes
import Foundation
import Generation
import Model
import Testing

@Suite struct StreamTests {
  private static func settings(_ format: StreamFormat, seed: UInt64 = 4) -> StreamSettings {
    StreamSettings(
      seed: seed, durationSeconds: 1200, entriesPerMinute: 150, format: format, hostCount: 5,
      incidents: [
        IncidentRequest(
          kind: .dependencyOutage, offsetSeconds: 300, durationSeconds: 500, ratio: 6,
          service: "ledger")
      ])
  }

  @Test(arguments: StreamFormat.allCases)
  func equalSettingsGiveEqualBytes(_ format: StreamFormat) throws {
    let first = try generate(Self.settings(format))
    #expect(first.count > 100_000)
    #expect(try generate(Self.settings(format)) == first)
    #expect(try generate(Self.settings(format, seed: 5)) != first)
  }

  /// Fails when any byte changes, on whatever machine; whoever means to change the streams puts the
  /// new values here and makes the demo's fixture anew.
  @Test(arguments: zip(StreamFormat.allCases, GoldenHash.all))
  func bytesAreTheSameOnEveryMachine(_ format: StreamFormat, _ golden: String) throws {
    let bytes = try generate(Self.settings(format))
    #expect(StableHash(bytes.span).hex == golden, "\(format)")
  }

  @Test(arguments: StreamFormat.allCases)
  func oneByOneOrInPiecesTheBytesAreTheSame(_ format: StreamFormat) throws {
    var generator = try StreamGenerator(Self.settings(format))
    var writer = ByteWriter()
    var count = 0
    while generator.next(into: &writer) { count += 1 }
    #expect(writer.bytes == (try generate(Self.settings(format))))
    #expect(generator.entryCount == count)
    #expect(generator.byteCount == writer.bytes.count)
    let more = generator.next(into: &writer)
    #expect(!more)
  }

  @Test func journaldEntriesAreOrderedObjectsOfStrings() throws {
    var last = 0
    var orders: Set<[String]> = []
    for line in lines(try generate(Self.settings(.journald))) {
      let object = try JSONSerialization.jsonObject(with: Data(line))
      let entry = try #require(object as? [String: String])
      let time = try #require(Int(entry["__REALTIME_TIMESTAMP"] ?? ""))
      #expect(time >= last)
      last = time
      #expect((15...32).contains(entry.count))
      #expect(entry["MESSAGE"]?.isEmpty == false)
      #expect(["0", "1", "2", "3", "4", "5", "6", "7"].contains(entry["PRIORITY"] ?? ""))
      #expect(entry["_HOSTNAME"] != nil && entry["_BOOT_ID"]?.utf8.count == 32)
      let first = String(decoding: line.prefix(12), as: UTF8.self)
      orders.insert([first])
    }
    #expect(orders.count > 10, "the keys stand in one order")
  }

  @Test func applicationEntriesAreObjects() throws {
    for line in lines(try generate(Self.settings(.json))) {
      let object = try JSONSerialization.jsonObject(with: Data(line))
      let entry = try #require(object as? [String: Any])
      #expect(entry["msg"] != nil || entry["message"] != nil)
    }
  }

  @Test(arguments: [StreamFormat.rfc3164, .rfc5424])
  func syslogLinesStartWithAPriorityOrBelongToATrace(_ format: StreamFormat) throws {
    var entries = 0
    for line in lines(try generate(Self.settings(format))) where line.first == 0x3c {
      entries += 1
      let head = String(decoding: line.prefix(6), as: UTF8.self)
      let number = Int(head.dropFirst().prefix { $0.isNumber })
      #expect((0...191).contains(number ?? -1))
    }
    var generator = try StreamGenerator(Self.settings(format))
    var writer = ByteWriter()
    while generator.next(into: &writer) {}
    #expect(entries == generator.entryCount)
  }

  @Test func aTextStreamIsOrderedByTime() throws {
    var last = ""
    for line in lines(try generate(Self.settings(.logfmt))) {
      let time = String(decoding: line.dropFirst(5).prefix(24), as: UTF8.self)
      #expect(time >= last)
      last = time
    }
  }

  @Test func aLimitCutsTheSameStream() throws {
    let whole = try generate(Self.settings(.rfc5424))
    var settings = Self.settings(.rfc5424)
    settings.entryLimit = 100
    let part = try generate(settings)
    #expect(whole.starts(with: part))
    settings.entryLimit = nil
    settings.byteLimit = 5000
    let short = try generate(settings)
    #expect(whole.starts(with: short))
    #expect(short.count >= 5000 && short.count < 8000)
    #expect(short.last == 0x0a)
  }

  @Test(arguments: [0.0, 1.0]) func theShareOfStackTracesIsKept(_ share: Double) throws {
    var settings = Self.settings(.rfc3164)
    settings.stackTraceShare = share
    let text = String(decoding: try generate(settings), as: UTF8.self)
    #expect(text.contains("\n\tat com.example.ledger") == (share > 0))
  }

  @Test func failingRequestsShareTheirTraces() throws {
    var callers: [String: Set<String>] = [:]
    for line in lines(try generate(Self.settings(.journald))) {
      let object = try JSONSerialization.jsonObject(with: Data(line))
      guard let entry = object as? [String: String], entry["PRIORITY"] == "3",
        let trace = entry["TRACE_ID"], let name = entry["SYSLOG_IDENTIFIER"]
      else { continue }
      callers[name, default: []].insert(trace)
    }
    let ledger = callers["ledger"] ?? []
    let gateway = callers["order-gateway"] ?? []
    #expect(ledger.intersection(gateway).count >= 5)
  }

  @Test(arguments: [
    ("rate", StreamSettings(entriesPerMinute: 0)), ("length", StreamSettings(durationSeconds: 0)),
    ("hosts", StreamSettings(hostCount: 61)), ("services", StreamSettings(serviceCount: 0)),
    ("share", StreamSettings(stackTraceShare: 1.5)), ("bytes", StreamSettings(byteLimit: 0)),
    ("start", StreamSettings(start: .unknown)), ("nan", StreamSettings(entriesPerMinute: .nan)),
  ])
  func refusesSettingsOutOfRange(_ name: String, _ settings: StreamSettings) {
    #expect(throws: ConfigurationError.self) { try StreamGenerator(settings) }
  }

  @Test(arguments: 1...Catalogue.programs.count)
  func anyNumberOfServicesMakesAStream(_ count: Int) throws {
    let settings = StreamSettings(
      durationSeconds: 120, entriesPerMinute: 50, serviceCount: count, hostCount: 1)
    #expect(!(try generate(settings)).isEmpty)
  }
}

/// Hashes of the streams of `StreamTests`, in the order of the formats.
enum GoldenHash {
  static let all = [
    "4682dcd834ab5ac3", "3f3726320b3533d6", "07b45735ed67015b", "4b52601f70af8f20",
    "f42f6ed3ed641715",
  ]
}
