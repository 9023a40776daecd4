import Bytes
import Ingest
import Model
import Testing

@Suite struct FrameLimitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var input: [UInt8]
    var texts: [String]
    var cut: Int
    var testDescription: String { name }

    init(_ name: String, _ input: [UInt8], _ texts: [String], cut: Int) {
      self.name = name
      self.input = input
      self.texts = texts
      self.cut = cut
    }
  }

  static let long = String(repeating: "a", count: 200)
  static let twenty = String(repeating: "a", count: 20)

  static let cases: [Case] = [
    Case("at the limit", bytes("\(twenty)\nb\n"), [twenty, "b"], cut: 0),
    Case("one over", bytes("\(twenty)a\nb\n"), [twenty, "b"], cut: 1),
    Case("long", bytes("x\n\(long)\nb\n"), ["x", twenty, "b"], cut: 1),
    Case("two", bytes("x\n\(long)\n\(long)\nb"), ["x", twenty, twenty, "b"], cut: 2),
    Case("last", bytes("x\n\(long)"), ["x", twenty], cut: 1),
    Case("last, one over", bytes("x\n\(twenty)a"), ["x", twenty], cut: 1),
    Case(
      "within a character", bytes("aaaaaaaaaaaaaaaaaaé\naaaaaaaaaaaaaaaaaaaé\n"),
      ["aaaaaaaaaaaaaaaaaaé", "aaaaaaaaaaaaaaaaaaa"], cut: 1),
    Case(
      "no characters", [UInt8](repeating: 0x80, count: 60) + bytes("\nb\n"),
      [String(repeating: "\u{fffd}", count: 20), "b"], cut: 1),
    Case(
      "nul", bytes("{\"a\":1}\0{\(long)}\0{}\0"), [#"{"a":1}"#, "{" + twenty.dropLast(), "{}"],
      cut: 1),
    Case(
      "octets", bytes("200 <34>" + long.dropFirst(4) + "5 <3>ab"),
      ["<34>aaaaaaaaaaaa", "<3>ab"], cut: 1),
    Case(
      "JSON sequence", bytes("\u{1e}[\(long)]\n\u{1e}{}\n"), ["[" + twenty.dropLast(2), "{}"],
      cut: 1),
    Case(
      "export, text", bytes("_A=\(long)\nMESSAGE=b\n\n_A=b\n\n"),
      ["_A=" + twenty.dropLast(3), "_A=b\n"], cut: 1),
    Case(
      "export, bytes",
      bytes("_A=a\n") + binaryField("M", bytes("\n\n" + long)) + bytes("B=2\n\n_A=b\n\n"),
      ["_A=a\nM\n\u{ca}\0\0\0\0\0\0\0\n\naaa", "_A=b\n"].map(fixed), cut: 1),
    Case(
      "export, cut at a name", bytes("_A=aaaaaaaaaaaa\n_LONGNAME=aaaa\n\n_A=b\n\n"),
      ["_A=aaaaaaaaaaaa\n", "_A=b\n"], cut: 1),
    Case(
      "export, bytes in the rest",
      bytes("_A=\(long)\n") + binaryField("M", bytes("\n\n_X=1\n\n")) + bytes("\n_A=b\n\n"),
      ["_A=" + twenty.dropLast(3), "_A=b\n"], cut: 1),
  ]

  /// 0xca alone is no UTF-8.
  static func fixed(_ text: String) -> String {
    text.replacing("\u{ca}", with: "\u{fffd}")
  }

  @Test(arguments: cases, [1, 2, 7, 19, 21, 4096])
  func overlongFramesAreCut(_ one: Case, chunk: Int) {
    let reading = Reading(one.input, chunk: chunk, frameLimit: 20)
    #expect(reading.texts == one.texts)
    #expect(reading.cut == one.cut)
  }

  @Test(arguments: cases)
  func batchSizeDoesNotMatter(_ one: Case) {
    let whole = Reading(one.input, chunk: .max, frameLimit: 20)
    for limit in [1, 5, 21, 22, 64] {
      #expect(Reading(one.input, chunk: .max, frameLimit: 20, limit: limit) == whole)
    }
  }

  @Test func aSmallInputLimitsFrames() {
    let input = bytes("x\n\(String(repeating: "b", count: 3000))\ny\n")
    let reader = BatchReader(ChunkedBytes(input, size: 100), name: "test")
    let reading = Reading(reader, capacity: 1024)
    #expect(reading.texts.map(\.count) == [1, 1024 - 128, 1])
    #expect(reading.cut == 1)
  }

  @Test func physicalLinesStayCounted() {
    let input = bytes("x\n\(Self.long)\ny\n")
    for chunk in [1, 7, 4096] {
      let reading = Reading(input, chunk: chunk, frameLimit: 20)
      #expect(reading.lineFeeds == 3)
      #expect(reading.frames.map(\.offset) == [0, 2, 203])
    }
  }

  @Test func anyBytesAreCutAlikeInAllChunks() {
    let seed: UInt64 = 3
    var random = SeededBytes(seed)
    let alphabet = bytes("aaaaaaaaaaaabbbbbbbbbé19 <>\n\0A_=M{}\"\\\u{1e}")
    for start in ["x", "\u{1e}[", "_A=", "{}\0"] {
      for round in 0..<100 {
        let input = bytes(start) + (0..<(round * 4)).map { _ in random.pick(alphabet) }
        let whole = Reading(input, chunk: .max, frameLimit: 20)
        for chunk in [1, 7, 33] {
          let reading = Reading(input, chunk: chunk, frameLimit: 20)
          #expect(reading == whole, "seed \(seed), \(start.debugDescription) \(round), \(chunk)")
        }
      }
    }
  }

  @Test func aHundredMegabyteLineTakesNoMemory() {
    let batch = Batch(inputCapacity: 3 << 20, sideCapacity: 1024)
    let reader = BatchReader(EndlessLine(count: 100 << 20), name: "long")
    var texts = 0
    var largest = 0
    var cut = 0
    while true {
      batch.reset()
      let fill = reader.fill(batch)
      largest = max(largest, batch.arenas.input.count)
      cut += batch.frames.cut
      var at = 0
      let input = batch.arenas.input
      let bytes = input.span
      while let frame = FrameWalk.next(.lines, bytes, from: at, atEnd: true) {
        texts += 1
        at = frame.next
      }
      if case .ended = fill { break }
    }
    #expect(texts == 2)
    #expect(cut == 1)
    #expect(largest <= (1 << 20) + 2)
    #expect(batch.arenas.input.capacity == 3 << 20)
  }
}

/// One line of so many bytes, and a short one.
private final class EndlessLine: ByteSource {
  private var left: Int
  private let block = [UInt8](repeating: 0x61, count: 1 << 20)

  init(count: Int) { left = count }

  func read(into arena: Arena, limit: Int, waiting: Patience) throws(ReadProblem) -> ReadOutcome {
    guard left >= 0 else { return .end }
    let count = min(left, limit, block.count)
    if count > 0 {
      append(block[0..<count], to: arena)
      left -= count
    } else {
      append([0x0a, 0x62, 0x0a], to: arena)
      left = -1
    }
    return .bytes
  }
}
