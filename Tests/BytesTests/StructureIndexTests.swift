import Bytes
import Testing

@Suite struct StructureIndexTests {
  /// What the index must find, byte by byte.
  private static func expected(_ bytes: [UInt8]) -> [UInt32] {
    var positions: [UInt32] = []
    var isEscaped = false
    for (at, byte) in bytes.enumerated() {
      if byte < 0x20 || (byte == 0x22 && !isEscaped) { positions.append(UInt32(at)) }
      isEscaped = byte == 0x5c && !isEscaped
    }
    while let last = positions.last, bytes[Int(last)] != 0x0a { positions.removeLast() }
    return positions
  }

  @Test(arguments: [StructureIndex.Machine.widest, .plain])
  func findsWhatAByteLoopFinds(machine: StructureIndex.Machine) {
    let seed: UInt64 = 0x5ca1_ab1e
    var state = seed
    let alphabet: [UInt8] = Array("\"\"\\\\\\ab{}:,\n\t".utf8) + [0xc3, 0xa9, 0x7f, 0]
    let index = StructureIndex()
    for round in 0..<400 {
      let arena = Arena(capacity: 4096)
      var bytes: [UInt8] = []
      for _ in 0..<(round * 7 % 1500) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 40) % alphabet.count])
      }
      // A backslash run across the blocks' border.
      if round % 3 == 0, bytes.count > 70 { for at in 50..<70 { bytes[at] = 0x5c } }
      arena.append(bytes.span)
      arena.append("\"\n\"\\\\\n")
      arena.truncate(to: bytes.count)
      index.scan(arena, from: 0, size: bytes.count, by: machine)
      let want = Self.expected(bytes)
      let positions = index.positions
      var found: [UInt32] = []
      for place in 0..<positions.count { found.append(positions[place]) }
      #expect(found == want, "seed \(seed), round \(round)")
      #expect(index.consumed == want.last.map { Int($0) + 1 } ?? 0)
      #expect(index.isWide == bytes.contains { $0 > 0x7f }, "seed \(seed), round \(round)")
      if let at = bytes.firstIndex(of: 0x5c) {
        #expect(index.mayHoldBackslash(from: at, to: at), "seed \(seed), round \(round)")
      } else if bytes.count > 1 {
        #expect(!index.mayHoldBackslash(from: 0, to: bytes.count - 1))
      }
    }
  }

  @Test(arguments: [
    (#"plain"#, "plain"), (#"a\"b\\c\/d"#, "a\"b\\c/d"), (#"\b\f\n\r\t"#, "\u{8}\u{c}\n\r\t"),
    (#"\u00e9\u20AC"#, "é€"), (#"\ud83d\ude00!"#, "😀!"), (#"\ud83d!"#, "\u{fffd}!"),
    (#"\ude00"#, "\u{fffd}"), (#"\ud83d\u0041"#, "\u{fffd}A"), (#"\u0000"#, "\0"),
  ])
  func resolvesEscapes(text: String, want: String) throws {
    let arena = Arena(capacity: 256)
    arena.append("before")
    let bytes = Array(text.utf8)
    let isValid = bytes.span.hasValidJSONEscapes
    #expect(isValid)
    let made = arena.appendUnescaped(bytes.span)
    let placed = try #require(made)
    let read = String(arena.bytes(placed.offset, count: placed.count))
    #expect(read == want)
  }

  @Test(arguments: [#"\"#, #"\x"#, #"\u12"#, #"\u12g4"#, #"ok \n \"#, #"\U0041"#])
  func refusesOtherEscapes(text: String) {
    let bytes = Array(text.utf8)
    let isValid = bytes.span.hasValidJSONEscapes
    #expect(!isValid)
  }

  @Test(arguments: [
    ("0", true), ("-0", true), ("10", true), ("-1.5e+10", true), ("1E5", true), ("0.0", true),
    ("", false), ("-", false), ("01", false), ("1.", false), (".5", false), ("1e", false),
    ("+1", false), ("1e+", false), ("0x10", false), ("1 ", false), ("NaN", false),
  ])
  func checksNumbers(text: String, isNumber: Bool) {
    let bytes = Array(text.utf8)
    let read = bytes.span.isJSONNumber
    #expect(read == isNumber)
  }
}
