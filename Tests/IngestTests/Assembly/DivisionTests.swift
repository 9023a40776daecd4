import Ingest
import Model
import Testing

/// The same entries for any division of the input into batches.
@Suite struct DivisionTests {
  /// A repeatable source of numbers (splitmix64).
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  static let pieces: [String] = [
    "2026-03-01T09:30:00.125Z INFO  app - ready\n",
    "2026-03-01T09:30:01.000Z ERROR app - request failed\n",
    "java.lang.IllegalStateException: no shard\n",
    "\tat com.example.Store.read(Store.java:41)\n",
    "\tat com.example.Server.serve(Server.java:9)\n",
    "Caused by: java.io.IOException: closed\n",
    "\t... 3 more\n",
    "\n",
    "Traceback (most recent call last):\n",
    "  File \"a.py\", line 3, in run\n",
    "    step()\n",
    "ValueError: bad step\n",
    "During handling of the above exception, another exception occurred:\n",
    "panic: boom\n",
    "goroutine 7 [running]:\n",
    "main.run(0x1, 0x2)\n",
    "\t/src/main.go:12 +0x1f\n",
    "Mar  1 09:30:02 host1 api[12]: java.lang.RuntimeException: lost\n",
    "Mar  1 09:30:02 host1 api[12]: \tat com.example.Api.call(Api.java:7)\n",
    "Mar  1 09:30:02 host1 db[9]: checkpoint complete\n",
    "Mar  1 09:30:02 host1 api[12]: done\n",
    "Mar  1 09:30:09 host1 db[9]: Traceback (most recent call last):\n",
    "Mar  1 09:30:09 host1 db[9]:   File \"b.py\", line 1, in f\n",
    "Mar  1 09:30:09 host1 db[9]: KeyError: 'x'\n",
    "2026-03-01T09:30:03.000000000Z stdout P first part,\n",
    "2026-03-01T09:30:03.100000000Z stdout P  second part,\n",
    "2026-03-01T09:30:03.200000000Z stdout F  end\n",
    "2026-03-01T09:30:04.000000000Z stderr F TypeError: undefined is not a function\n",
    "2026-03-01T09:30:04.000100000Z stderr F     at f (a.js:1:2)\n",
    "2026-03-01T09:30:05.000000000Z stderr F {\"level\":\"info\",\"msg\":\"inner\"}\n",
    "{\"log\":\"Error: connect ECONNREFUSED\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-01T09:30:06Z\"}\n",
    "{\"log\":\"    at Socket.connect (net.js:1:2)\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-01T09:30:06Z\"}\n",
    "{\"log\":\"\(String(repeating: "x", count: 16_384))\",\"stream\":\"stdout\",\"time\":\"2026-03-01T09:30:06Z\"}\n",
    "{\"log\":\"re\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-01T09:30:06Z\"}\n",
    "{\"time\":\"2026-03-01T09:30:07Z\",\"level\":\"error\",\"msg\":\"boom\"}\n",
    "{broken\n",
    "ts=2026-03-01T09:30:08Z level=info msg=\"two words\" n=1\n",
    "plain words\r\n",
    "   indented words\n",
    "\u{1b}[31mred\u{1b}[0m words\n",
    "web_1  | listening\n",
    "web_1  | Error: no port\n",
    "web_1  |     at main (a.js:3:4)\n",
    "<34>1 2026-03-01T09:30:09Z host app 7 - - text\n",
    "Unhandled exception:\n",
    "#0      main (file:///a.dart:1:2)\n",
  ]

  @Test(arguments: 0..<40)
  func sameEntriesForAnyDivision(_ seed: Int) {
    var generator = Generator(state: UInt64(seed))
    var input: [UInt8] = []
    var ends: [Int] = []
    for _ in 0..<Int.random(in: 1...120, using: &generator) {
      let piece = Int.random(in: 0..<Self.pieces.count, using: &generator)
      // Runs of neighbours make whole traces likely.
      for next in piece..<min(Self.pieces.count, piece + Int.random(in: 1...4, using: &generator)) {
        input.append(contentsOf: Array(Self.pieces[next].utf8))
        ends.append(input.count)
      }
    }
    if Bool.random(using: &generator) { input.append(0xff) }
    let whole = DecoderRun(input)
    #expect(whole.isBalanced, "seed \(seed)")
    for share in [2, 3, 10, 1] {
      let cuts = ends.dropLast().filter { _ in Int.random(in: 0..<share, using: &generator) == 0 }
      let divided = DecoderRun(input, cuts: Array(cuts))
      #expect(divided.isBalanced, "seed \(seed)")
      #expect(whole.entries == divided.entries, "seed \(seed), \(cuts.count) cuts")
      #expect(whole.frames == divided.frames, "seed \(seed)")
    }
  }

  /// Traces longer than every limit are cut at the same places however the input is divided.
  @Test(arguments: [3, 50])
  func limitsCountFromTheOpener(_ step: Int) {
    var input = Array("Mar  1 09:30:02 h api[1]: java.lang.Error: x\n".utf8)
    var ends = [input.count]
    for line in 0..<1300 {
      input.append(
        contentsOf: Array("Mar  1 09:30:02 h api[1]: \tat a.b.C.d(E.java:\(line))\n".utf8))
      ends.append(input.count)
    }
    for _ in 0..<1300 {
      input.append(contentsOf: Array("   unheaded and indented\n".utf8))
      ends.append(input.count)
    }
    let whole = DecoderRun(input)
    #expect(whole.isBalanced)
    let cuts = stride(from: 0, to: ends.count - 1, by: step * 37).map { ends[$0] }
    let divided = DecoderRun(input, cuts: cuts)
    #expect(divided.isBalanced)
    #expect(whole.entries == divided.entries)
    #expect(whole.entries.first?.message.split(separator: "\n").count == 1200)
  }

  /// What other streams write between two lines of a trace may be 16 KiB.
  @Test func tracesThatOverlap() {
    var input: [UInt8] = []
    var ends: [Int] = []
    func add(_ line: String) {
      input.append(contentsOf: Array((line + "\n").utf8))
      ends.append(input.count)
    }
    for round in 0..<150 {
      add("Mar  1 09:30:02 h p[\(round % 7)]: some.pkg.OddException: number \(round)")
      for other in 0..<7 {
        add("Mar  1 09:30:02 h p[\((round + other) % 7)]: \tat a.B.c(D.java:\(other))")
      }
      add("Mar  1 09:30:02 h q[1]: \(String(repeating: "x", count: round * 97 % 9000))")
    }
    let whole = DecoderRun(input)
    #expect(whole.isBalanced)
    #expect(whole.frames.continuations > 500)
    for step in [1, 7, 100] {
      let cuts = stride(from: 0, to: ends.count - 1, by: step).map { ends[$0] }
      let divided = DecoderRun(input, cuts: cuts)
      #expect(divided.isBalanced)
      #expect(whole.entries == divided.entries)
    }
  }

  /// Errors without traces, in many streams at once, leave little undecided.
  @Test func stormsOfErrors() {
    var input: [UInt8] = []
    var ends: [Int] = []
    for line in 0..<2000 {
      input.append(
        contentsOf: Array("Mar  1 09:30:02 h p[\(line % 40)]: some.OddException: no \(line)\n".utf8)
      )
      ends.append(input.count)
    }
    let whole = DecoderRun(input)
    let divided = DecoderRun(input, cuts: stride(from: 99, to: 1999, by: 100).map { ends[$0] })
    #expect(whole.entries == divided.entries)
    #expect(whole.entries.count == 2000)
    #expect(divided.isBalanced)
    #expect(divided.mostUndecided <= (64 << 10) + 100)
  }

  @Test(arguments: 0..<20)
  func randomBytesNeverTrap(_ seed: Int) {
    var generator = Generator(state: UInt64(seed) &+ 1000)
    var input: [UInt8] = []
    let alphabet = Array("<>[]{}()|:-= \t\"\\0123456789TZ\n\nMar 1 INFO at File E#..".utf8)
    for _ in 0..<6_000 {
      let isRandom = Int.random(in: 0..<8, using: &generator) == 0
      input.append(
        isRandom
          ? UInt8.random(in: .min ... .max, using: &generator)
          : alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
    }
    for framing in [Framing.lines, .nul, .octetCounted, .jsonSequence] {
      #expect(DecoderRun(input, framing: framing).isBalanced, "seed \(seed)")
    }
    for format in SourceFormat.allCases {
      let settings = DecodingSettings(
        format: format, keepsFields: true, anchor: YearAnchor(year: 2026))
      #expect(DecoderRun(input, settings: settings).isBalanced, "seed \(seed) \(format)")
    }
  }
}
