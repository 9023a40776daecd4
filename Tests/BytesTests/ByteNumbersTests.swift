import Bytes
import Testing

@Suite("Numbers of any length")
struct ByteNumbersTests {
  @Test(
    "come back as they were written",
    arguments: [0, 1, 127, 128, 300, 1 << 32, UInt64.max - 1, .max] as [UInt64])
  func roundTrip(number: UInt64) {
    var out = ByteBuffer()
    out.write(number: number)
    out.write(signed: Int64(bitPattern: number))
    out.write(counted: "é")
    var cursor = ByteCursor()
    let plain = cursor.number(out.span)
    let signed = cursor.signed(out.span)
    let text = cursor.text(out.span)
    let hasEnded = cursor.hasEnded(out.span)
    #expect(plain == number)
    #expect(signed == Int64(bitPattern: number))
    #expect(text == "é")
    #expect(hasEnded)
  }

  @Test(
    "what is not there breaks the cursor for good",
    arguments: [[], [0x80], [0x05, 0x61], Array(repeating: 0xff, count: 11)] as [[UInt8]])
  func broken(bytes: [UInt8]) {
    var cursor = ByteCursor()
    let stretch = cursor.stretch(bytes.span)
    let number = cursor.number(bytes.span)
    let hasEnded = cursor.hasEnded(bytes.span)
    #expect(stretch.isEmpty)
    #expect(cursor.isBroken)
    #expect(number == 0)
    #expect(!hasEnded)
  }
}
