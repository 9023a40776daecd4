import Foundation
import Testing

/// A chain of continuation lines that reaches the limits of one entry, and goes on over batches.
@Suite("A chain beyond the limits")
struct LongChainTests {
  private static let lines = 40_000

  @Test("loses no line, and is cut in the same places by any number of workers")
  func losesNothing() throws {
    let shell = try Shell()
    let text = (0..<Self.lines).map { "\tat com.acme.Frame\($0).call(Frame.java:\($0))\n" }
    try shell.write(
      "chain.log", "ERROR start\njava.lang.IllegalStateException: x\n" + text.joined())
    let one = try shell.run("taffrail parse -c - -o json --workers 1 < chain.log")
    let kept = one.out.components(separatedBy: "com.acme.Frame").count - 1
    #expect(kept >= Self.lines)
    #expect(one.out == (try shell.run("taffrail parse -c - -o json --workers 3 < chain.log").out))
  }
}
