import Bytes
import Foundation
import Model
import Output
import Testing

@Suite("Normalised entries of random bytes")
struct EntryJSONPropertyTests {
  @Test("are one line of JSON with no key twice", arguments: 1...8)
  func lines(seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed))
    let pieces = [
      "message", "host.name", "taffrail.", "user.name", "a", "", "\"", "\\", "\n", "\u{0}", "é",
      "password", "4111111111111111", "\u{1b}[31m", "log.level", "source.", "k",
    ]
    for _ in 0..<300 {
      let test = TestBatch()
      func text() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          if Int.random(in: 0..<4, using: &random) == 0 {
            bytes.append(UInt8.random(in: 0...255, using: &random))
          } else {
            bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
          }
        }
        return bytes
      }
      func field() -> Field {
        let kinds: [FieldKind] = [.text, .text, .number, .bool, .null, .array]
        let kind = kinds.randomElement(using: &random) ?? .text
        let value = kind == .array ? Array("[1,\"4111111111111111\"]".utf8) : text()
        var field = Field(spelled: test.range(text()), test.range(value), kind: kind)
        if Bool.random(using: &random) {
          field.name =
            [WellKnownField.userName, .status, .eventAction].randomElement(
              using: &random)?.name ?? .spelled
        }
        return field
      }
      let fields = (0..<Int.random(in: 0...9, using: &random)).map { _ in field() }
      let captures = (0..<Int.random(in: 0...4, using: &random)).map { _ in field() }
      var entry = test.entry("", fields: fields, captures: captures)
      entry.message = test.range(text() + text())
      entry.format = Bool.random(using: &random) ? .journald : .json
      let redactor = Bool.random(using: &random) ? Redactor() : nil
      var json = EntryJSON(fields: test.names, patterns: [], redactor: redactor)
      var out = ByteBuffer()
      json.write(
        entry, of: test.batch, template: [UInt8]().span, parameters: [ByteRange]().span, to: &out)
      let line = out.text()
      #expect(line.utf8.filter { $0 == 0x0a }.count == 1 && line.hasSuffix("}\n"))
      let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let keys = try #require(parsed, "seed \(seed): \(line)").count
      #expect(keys == topLevelKeys(line), "seed \(seed): \(line)")
    }
  }

  /// Members of a flat object, told by the commas between them.
  private func topLevelKeys(_ line: String) -> Int {
    var count = 1
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in line.utf8 {
      if isEscaped {
        isEscaped = false
      } else if isInString {
        isEscaped = byte == 0x5c
        if byte == 0x22 { isInString = false }
      } else {
        switch byte {
        case 0x22: isInString = true
        case 0x5b: depth += 1
        case 0x5d: depth -= 1
        case 0x2c: count += depth == 0 ? 1 : 0
        default: break
        }
      }
    }
    return count
  }
}

struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
