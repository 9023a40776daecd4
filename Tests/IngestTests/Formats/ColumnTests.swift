import Bytes
import Ingest
import Model
import Testing

/// Lines whose columns a header names: CSV and W3C's extended log format.
@Suite struct ColumnTests {
  static let orders =
    "timestamp,level,service,order_id,message,amount\r\n"
    + "2026-03-01T09:30:00Z,INFO,orders,7001,order accepted,12.50\r\n"
    + "2026-03-01T09:30:01Z,ERROR,orders,7002,\"margin \"\"A\"\" exceeded, none left\",9\r\n"
    + "2026-03-01T09:30:02Z,WARN,orders,7003,\"two\nlines \\n\",\r\n"
    + "\r\n"
    + "2026-03-01 09:30:03,INFO,\"billing\",7004,42,3,extra\r\n"
    + "one cell alone\r\n"
    + "2026-03-01T09:30:04Z,DEBUG,billing,7005,\"not closed"

  private static func csv(_ text: String) -> DecoderRun {
    var settings = DecodingSettings(format: .csv, keepsFields: true)
    settings.anchor = YearAnchor(year: 2026)
    return DecoderRun(Array(text.utf8), framing: .csv, settings: settings)
  }

  @Test func valuesStandUnderTheNamesOfTheHeader() {
    let run = Self.csv(Self.orders)
    #expect(
      run.entries.map(\.message) == [
        "order accepted", "margin \"A\" exceeded, none left", "two\nlines \\n", "42",
        "one cell alone", "not closed",
      ])
    #expect(run.entries.map(\.level) == ["info", "error", "warning", "info", "", "debug"])
    #expect(run.entries.map(\.service) == ["orders", "orders", "orders", "billing", "", "billing"])
    #expect(run.entries.map(\.line) == [1, 2, 3, 6, 7, 8])
    #expect(run.entries.map { $0.fields["amount"] } == ["12.50", "9", nil, "3", nil, nil])
    #expect(run.entries.map(\.format).allSatisfy { $0 == "csv" || $0 == "plain" })
    #expect(run.entries[3].time == "2026-03-01T09:30:03Z")
    #expect(run.isBalanced && run.frames.read == 8 && run.frames.blank == 2)
  }

  @Test(arguments: [(";", "a;time;message"), ("\t", "a\ttime\tmessage"), ("|", "a|time|message")])
  func theSeparatorIsTheOneThatTheHeaderHas(_ separator: String, _ header: String) {
    let row = ["1,5", "2026-03-01T09:30:00Z", "text"].joined(separator: separator)
    let entry = Self.csv("\(header)\n\(row)\n").entries.first
    #expect(entry?.message == "text" && entry?.fields["a"] == "1,5")
    #expect(entry?.time == "2026-03-01T09:30:00Z")
  }

  @Test(arguments: [1, 2, 7, 4096])
  func recordsDoNotDependOnChunks(_ chunk: Int) {
    let input = bytes(Self.orders)
    let reader = BatchReader(
      ChunkedBytes(input, size: chunk), name: "a.csv", framing: .fixed(.csv))
    let reading = Reading(reader)
    #expect(reading.frames.count == 8 && reading.texts[3] == reading.texts[3])
    let whole = Reading(
      BatchReader(ChunkedBytes(input, size: .max), name: "a.csv", framing: .fixed(.csv)))
    #expect(reading == whole)
  }

  /// A batch that begins behind the header knows it.
  @Test func theHeaderGoesAlongFromBatchToBatch() {
    var text = "time,message\n"
    for number in 0..<900 { text += "2026-03-01T09:30:00Z,\"number\n\(number)\"\n" }
    let reader = BatchReader(
      ChunkedBytes(bytes(text), size: 100), name: "a.csv", framing: .fixed(.csv))
    let batch = Batch(inputCapacity: 1 << 20, sideCapacity: 1 << 20)
    var decoder = FrameDecoder(DecodingSettings(format: .csv))
    var messages: [String] = []
    while true {
      batch.reset()
      let fill = reader.fill(batch, limit: 1000)
      decoder.decode(batch)
      for entry in batch.entries { messages.append(batch.arenas.text(entry.message)) }
      if case .ended = fill { break }
    }
    #expect(messages == (0..<900).map { "number\n\($0)" })
  }

  static let extended = """
    #Version: 1.0
    #Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) x-tag
    2026-03-01 09:30:00 203.0.113.7 GET /index.html 200 "agent ""8"" of ours" blue
    2026-03-01 09:30:01 203.0.113.7 POST /login 503 - -
    short line
    #Fields: time sc-status date c-ip
    09:31:00 404 2026-03-01 203.0.113.9

    """

  @Test func directivesNameTheColumnsOfTheLinesBehindThem() {
    let run = DecoderRun(Array(Self.extended.utf8), framing: .columns)
    let lines = run.entries.filter { $0.format == "w3c" }
    #expect(lines.map(\.line) == [2, 3, 6])
    #expect(
      lines.map(\.time)
        == ["2026-03-01T09:30:00Z", "2026-03-01T09:30:01Z", "2026-03-01T09:31:00Z"])
    #expect(lines.map(\.level) == ["info", "error", "warning"])
    #expect(lines.map { $0.fields["source.ip"] } == ["203.0.113.7", "203.0.113.7", "203.0.113.9"])
    #expect(
      lines[0].fields["user_agent.original"] == "agent \"8\" of ours"
        && lines[0].fields["x-tag"] == "blue" && lines[0].fields["url.path"] == "/index.html")
    #expect(lines[1].fields["x-tag"] == nil && lines[1].message.hasSuffix("/login 503 - -"))
    #expect(run.entries.count == 7 && run.isBalanced)
  }

  @Test(arguments: [
    ("#Fields: a b\n", Framing.columns), ("#Software: x\n", .columns), ("#Date: x\n", .columns),
    ("# a comment\n", .lines), ("#Ver", .lines), ("#fields\ta\n", .lines),
  ])
  func directivesTellTheFraming(_ text: String, _ framing: Framing) {
    #expect(FramingSniffer.framing(of: Array(text.utf8).span, atEnd: true) == framing)
  }
}
