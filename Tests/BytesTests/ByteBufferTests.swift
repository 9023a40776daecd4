import Bytes
import Testing

@Suite("A byte buffer")
struct ByteBufferTests {
  @Test(
    "writes JSON strings",
    arguments: [
      ("", #""""#), ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#),
      ("\u{0}\u{1f}\u{7f}", #""\u0000\u001f\u007f""#), ("höhe 高", #""höhe 高""#),
      ("a long run of text, then \u{1b}[31mred", #""a long run of text, then \u001b[31mred""#),
    ])
  func json(text: String, expected: String) {
    var buffer = ByteBuffer()
    buffer.writeJSON(string: text)
    #expect(buffer.text() == expected)
    var writer = ByteWriter()
    writer.writeJSON(string: text)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test(
    "repairs what is not UTF-8, one replacement for each maximal subpart",
    arguments: [
      ([0x61, 0xff, 0x62], "a\u{fffd}b"), ([0xf0, 0x9f, 0x98], "\u{fffd}"),
      ([0xc3, 0xa9, 0xc3], "é\u{fffd}"), ([0x00, 0x80], "\\u0000\u{fffd}"),
    ] as [([UInt8], String)])
  func repair(bytes: [UInt8], expected: String) {
    var buffer = ByteBuffer()
    buffer.writeJSON(string: bytes.span)
    #expect(buffer.text() == "\"\(expected)\"")
  }

  @Test("escapes one special byte at any place of any length up to 70")
  func everyPlace() {
    for length in 1...70 {
      for place in 0..<length {
        for (special, escaped) in [(UInt8(0x22), "\\\""), (0x0a, "\\n"), (0x7f, "\\u007f")] {
          var bytes = [UInt8](repeating: 0x78, count: length)
          bytes[place] = special
          var buffer = ByteBuffer(capacity: 64)
          buffer.writeJSON(inside: bytes.span)
          let expected =
            String(repeating: "x", count: place) + escaped
            + String(repeating: "x", count: length - place - 1)
          #expect(buffer.text() == expected)
        }
      }
    }
  }

  @Test(
    "escapes random bytes so that each printable one survives", arguments: [1, 2, 3, 4] as [UInt64])
  func random(seed: UInt64) {
    var state = seed
    for _ in 0..<500 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let length = Int(state >> 33 % 100)
      var bytes: [UInt8] = []
      for _ in 0..<length {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(UInt8(truncatingIfNeeded: state >> 40))
      }
      var buffer = ByteBuffer(capacity: 64)
      buffer.writeJSON(string: bytes.span)
      var expected = "\""
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        switch scalar {
        case "\"": expected += "\\\""
        case "\\": expected += "\\\\"
        case "\n": expected += "\\n"
        case "\r": expected += "\\r"
        case "\t": expected += "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7f:
          let hex = String(scalar.value, radix: 16)
          expected += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: expected.unicodeScalars.append(scalar)
        }
      }
      #expect(buffer.text() == expected + "\"", "seed \(seed)")
    }
  }

  @Test(
    "writes decimals",
    arguments: [
      (0, 1, "0"), (7, 2, "07"), (-45, 1, "-45"), (10, 1, "10"), (99, 1, "99"), (100, 1, "100"),
      (.max, 1, "9223372036854775807"), (.min, 1, "-9223372036854775808"), (5, 9, "000000005"),
    ] as [(Int64, Int, String)])
  func decimals(value: Int64, digits: Int, expected: String) {
    var buffer = ByteBuffer()
    buffer.write(decimal: value, minimumDigits: digits)
    #expect(buffer.text() == expected)
  }

  @Test("grows, is cut and emptied")
  func growth() {
    var buffer = ByteBuffer(capacity: 64)
    for _ in 0..<1000 { buffer.write("0123456789" as StaticString) }
    #expect(buffer.count == 10_000)
    buffer.truncate(to: 12)
    #expect(buffer.text() == "012345678901")
    buffer.write(repeating: 0x2d, 3)
    #expect(buffer.text(from: 10) == "01---")
    buffer.removeAll(keeping: 100)
    #expect(buffer.isEmpty && buffer.capacity == 100)
  }
}
