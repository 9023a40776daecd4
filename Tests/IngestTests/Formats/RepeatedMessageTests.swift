import Bytes
import Flow
import Ingest
import Model
import Testing

@Suite struct RepeatedMessageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var weight: UInt32
    var isEcho = false
    var message: String?
    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case(text: "message repeated 3 times: [ link is down ]", weight: 3, message: "link is down "),
    Case(text: "message repeated 1 time: [link is down]", weight: 1, message: "link is down"),
    Case(text: "message repeated 2 times: [ a [b] c]", weight: 2, message: "a [b] c"),
    Case(
      text: "message repeated 1000000000000000000 times: [ x]", weight: .max, message: "x"),
    Case(text: "message repeated 0 times: [ x]", weight: 1),
    Case(text: "message repeated 3 times: [ x", weight: 1),
    Case(text: "message repeated 3 times: [ ]", weight: 1),
    Case(text: "message repeated often: [ x]", weight: 1),
    Case(text: "last message repeated 12 times", weight: 12, isEcho: true),
    Case(text: "last message repeated 1 time ", weight: 1, isEcho: true),
    Case(text: "--- last message repeated 4 times ---", weight: 4, isEcho: true),
    Case(text: "last message repeated 4 times by host", weight: 1),
    Case(text: "last message repeated", weight: 1),
    Case(text: "--- last words", weight: 1),
  ]

  @Test(
    arguments: cases, ["Mar  1 09:30:00 web app[7]: ", "<13>1 2026-03-01T09:30:00Z web app 7 - - "])
  func counts(_ one: Case, _ header: String) {
    var decoder = FrameDecoder(DecodingSettings(anchor: YearAnchor(year: 2026)))
    let batch = Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 16)
    batch.endsSource = true
    batch.arenas.input.append(Array((header + one.text + "\n").utf8).span)
    decoder.decode(batch)
    #expect(batch.entries.count == 1)
    for entry in batch.entries {
      #expect(entry.weight == one.weight)
      #expect(entry.isEcho == one.isEcho)
      #expect(entry.flags.contains(.repeated) == (one.message != nil || one.isEcho))
      #expect(batch.arenas.text(entry.message) == one.message ?? one.text)
      #expect(batch.echoes == (one.isEcho ? 1 : 0))
    }
  }
}
