import Bytes
import Ingest
import Model
import Testing

/// Frames that are not lines, and frames that the reader cut.
@Suite struct FramedFormatTests {
  @Test func journalExport() throws {
    let text = """
      __REALTIME_TIMESTAMP=1772357400125000
      MESSAGE=no shard
      PRIORITY=3
      _SYSTEMD_UNIT=api.service

      MESSAGE=second
      __REALTIME_TIMESTAMP=1772357401125000


      """
    let run = DecoderRun(Array(text.utf8), framing: .journalExport)
    #expect(run.entries.map(\.message) == ["no shard", "second"])
    #expect(run.entries.map(\.level) == ["error", ""])
    #expect(run.entries.map(\.line) == [0, 5])
    #expect(run.isBalanced)
  }

  @Test func jsonSequence() {
    let text =
      "\u{1e}{\"msg\":\"one\",\"level\":\"warn\"}\n\u{1e}{\"msg\":\n\"two\"}\n\u{1e}nonsense\n"
    let run = DecoderRun(Array(text.utf8), framing: .jsonSequence)
    #expect(run.entries.map(\.message) == ["one", "two"])
    #expect(run.frames.unparsed == 1)
    #expect(run.isBalanced)
  }

  @Test(arguments: [
    ("one\nthe rest of this is lost\n", ["one", "the rest of this is lost"]),
    ("one\n{\"msg\":\"the rest of this is lo\n", ["one", "{\"msg\":\"the rest of this is lo"]),
    ("{\"msg\":\"the rest\n", ["{\"msg\":\"the rest"]),
  ])
  func framesThatTheReaderCut(_ text: String, _ messages: [String]) {
    let batch = Batch(inputCapacity: 1 << 12, sideCapacity: 1 << 12)
    var decoder = FrameDecoder(DecodingSettings(anchor: YearAnchor(year: 2026)))
    batch.arenas.input.append(text)
    batch.frames.cut = 1
    batch.endsCut = true
    decoder.decode(batch)
    #expect(batch.entries.map { batch.arenas.text($0.message) } == messages)
    #expect(batch.entries.last?.flags.contains(.cut) == true)
    #expect(batch.frames.cut == 1)
    #expect(batch.undecided == text.utf8.count)
    #expect(batch.frames.read == batch.entries.count)
  }
}
