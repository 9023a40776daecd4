import Bytes
import Foundation
import Testing

@Suite struct WholeFileTests {
  private func file(_ byteCount: Int) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try Data((0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }).write(
      to: URL(filePath: path))
    return path
  }

  /// Sizes around the limit and around the steps in which it is read.
  @Test(arguments: [0, 1, 99, 100, 16_384, 16_385, 70_000])
  func givesAllBytesUpToItsLimit(_ byteCount: Int) throws {
    let path = try file(byteCount)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let expected = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try WholeFile.read(path, limit: max(byteCount, 1)) == expected)
    var bytes: [UInt8] = [7]
    #expect(WholeFile.read(path, into: &bytes))
    #expect(bytes == expected)
    #expect(WholeFile.read(path, into: &bytes, limit: 50))
    #expect(bytes == Array(expected.prefix(50)))
  }

  @Test(arguments: [101, 70_000])
  func tellsOfAFileBeyondItsLimit(_ byteCount: Int) throws {
    let path = try file(byteCount)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: FileError.self) { try WholeFile.read(path, limit: 100) }
  }

  @Test func tellsOfNone() {
    var bytes: [UInt8] = [7]
    #expect(!WholeFile.read("/nowhere/at/all", into: &bytes))
    #expect(bytes.isEmpty)
    #expect(throws: FileError.self) { try WholeFile.read("/nowhere/at/all") }
  }
}

@Suite struct HexDigitsTests {
  @Test(arguments: [("0", 0), ("fF", 255), ("00000010", 16), ("ffffffffffffffff", .max)])
  func areRead(_ text: String, _ expected: UInt64) {
    let bytes = Array(text.utf8)
    #expect(bytes.span.hexNumber(0..<bytes.count) == expected)
  }

  @Test(arguments: ["g", "0x1", "1 ", "@", "`", "11111111111111111"])
  func othersAreNone(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(bytes.span.hexNumber(0..<bytes.count) == nil)
  }

  @Test func noneBehindTheEnd() {
    let bytes = Array("12".utf8)
    #expect(bytes.span.hexNumber(1..<3) == nil)
  }
}
