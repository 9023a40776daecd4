import Ingest
import Model
import Testing

@Suite struct JSONRunTests {
  @Test func stopsAtTheFirstOtherFrame() {
    let run = Decoded("{\"msg\":\"a\"}\n\n  {\"msg\":\"b\"}\nplain\n{\"msg\":\"c\"}\n")
    #expect(run.entries.map(\.message) == ["a", "b"])
    #expect(run.reached == 27)
    #expect(run.line == 3)
    #expect(run.frames.read == 3)
    #expect(run.frames.lines == 3)
    #expect(run.frames.blank == 1)
  }

  @Test func readsTheLastFrameWithoutLineFeed() {
    let run = Decoded("{\"msg\":\"a\"}\n{\"msg\":\"b\"}")
    #expect(run.entries.map(\.message) == ["a", "b"])
    #expect(run.reached == 23)
    #expect(run.frames.unparsed == 0)
  }

  @Test(arguments: [
    "{\"msg\":\"a\"", "{\"msg\":\"a\"} trailing", "{\"msg\":\"a\",}", "{\"msg\":\"a\"}}", "{",
    "{\"",
    "{\"msg\":\"a\" \"level\":\"b\"}", "{\"msg\":tru}", "{\"msg\":\"a\\q\"}", "{msg:1}",
    "{\"msg\":\"\u{1}\"}",
  ])
  func countsBrokenObjects(text: String) {
    let run = Decoded("{\"msg\":\"before\"}\n" + text + "\n{\"msg\":\"after\"}\n")
    #expect(run.entries.map(\.message) == ["before", "after"])
    #expect(run.frames.read == 3)
    #expect(run.frames.unparsed == 1)
  }

  @Test func takesCarriageReturns() {
    let run = Decoded("{\"msg\":\"a\"}\r\n{\"msg\":\"b\"} \r\n\r\n")
    #expect(run.entries.map(\.message) == ["a", "b"])
    #expect(run.frames.blank == 1)
  }

  /// Frames that straddle, fill and exceed the scanner's chunks.
  @Test(arguments: [3000, 4095, 4096, 5000, 32_000, 32_768, 40_000, 200_000])
  func readsFramesOfAnyLength(length: Int) {
    let long = String(repeating: "x", count: length)
    var text = ""
    for number in 0..<20 {
      text += "{\"n\":\(number),\"msg\":\"\(long)\(number)\"}\n{\"msg\":\"s\"}\n"
    }
    let run = Decoded(text)
    #expect(run.entries.count == 40)
    #expect(run.entries[38].message == long + "19")
    #expect(run.entries[39].message == "s")
    #expect(run.reached == text.utf8.count)
  }

  @Test func repairsWhatIsNotUTF8() {
    let bytes =
      Array("{\"msg\":\"good\"}\n{\"msg\":\"b".utf8) + [0xff, 0xfe] + Array("d\"}\n".utf8)
      + Array("{\"msg\":\"fin\\u0000e\"}\n".utf8)
    let run = Decoded(run: bytes)
    #expect(run.entries.map(\.message) == ["good", "b\u{fffd}\u{fffd}d", "fin\0e"])
    #expect(run.frames.repaired == 1)
    #expect(run.entries[1].flags == EntryFlags.repaired.rawValue)
  }

  @Test func cutsAtTheLineLimit() {
    let long = "{\"msg\":\"" + String(repeating: "é", count: 40_000) + "\"}\n"
    let run = Decoded(run: Array(long.utf8), lineLimit: 50_001)
    #expect(run.entries.count == 1)
    #expect(run.entries[0].message.utf8.count == 50_000)
    #expect(run.entries[0].flags == EntryFlags.cut.rawValue)
    #expect(run.frames.cut == 1)
    #expect(run.frames.repaired == 0)
  }

  @Test func readsOneTextOfAnArray() throws {
    let bytes = Array("[{\"msg\":\"a\"},\n{\"msg\":\"b\"}]".utf8)
    let decoded = try #require(Decoded(frame: bytes))
    #expect(decoded.entries.map(\.message) == ["a", "b"])
    #expect(decoded.frames.expanded == 1)
    #expect(Decoded(frame: Array("[1]".utf8)) == nil)
    #expect(Decoded(frame: Array("17".utf8)) == nil)
    #expect(Decoded(frame: Array("{\"a\":".utf8)) == nil)
  }

  @Test func readsFramesInTheSideArena() throws {
    let bytes = Array("{\"level\":\"warn\",\"msg\":\"a\\tb\",\"e\":{\"f\":1}}".utf8)
    let decoded = try #require(Decoded(frame: bytes, inSide: true))
    #expect(decoded.entries[0].message == "a\tb")
    #expect(decoded.entries[0].severity == .warning)
    #expect(decoded.entries[0].fields == ["e.f": "number 1"])
  }

  @Test func limitsMembersAndDepth() {
    var wide = "{\"msg\":\"wide\""
    for number in 0..<1500 { wide += ",\"k\(number)\":\(number)" }
    let deep =
      "{\"msg\":\"deep\",\"d\":" + String(repeating: "{\"d\":", count: 40) + "1"
      + String(repeating: "}", count: 41)
    let run = Decoded(wide + "}\n" + deep + "\n")
    #expect(run.entries.map(\.message) == ["wide", "deep"])
    #expect(run.entries[0].fields.count == 1023)
    #expect(run.frames.cut == 1)
    #expect(run.entries[1].fields.count == 1)
  }
}
