internal import Bytes

/// Under what a partial was made: what it is merged with has to agree.
package struct PartialSettings: Equatable, Sendable {
  /// Nanoseconds for which minutes stayed open.
  package var lateness: Int64
  /// The input's order was not that of time: minutes stay open to the end.
  package var isUnordered: Bool
  /// Hash of the loaded patterns' ids, in order.
  package var patterns: UInt64
  /// Names of the Sigma rules that entries were matched against, in order.
  package var rules: [String]
  /// How its input is called in a command line.
  package var inputName: String
  /// How many sources its entries came from.
  package var sourceCount: Int

  package init(
    lateness: Int64, isUnordered: Bool, patterns: UInt64, rules: [String], inputName: String,
    sourceCount: Int
  ) {
    self.lateness = lateness
    self.isUnordered = isUnordered
    self.patterns = patterns
    self.rules = rules
    self.inputName = inputName
    self.sourceCount = sourceCount
  }

  /// The settings that a block's payload holds; nil where it is none.
  package init?(_ bytes: Span<UInt8>) {
    var cursor = ByteCursor()
    lateness = cursor.signed(bytes)
    isUnordered = cursor.byte(bytes) != 0
    patterns = cursor.number(bytes)
    inputName = cursor.text(bytes)
    sourceCount = cursor.count(bytes, below: Int(UInt16.max) + 1)
    rules = []
    for _ in 0..<cursor.count(bytes, below: bytes.count + 1) { rules.append(cursor.text(bytes)) }
    guard cursor.hasEnded(bytes) else { return nil }
  }

  func write(to out: inout ByteBuffer) {
    out.write(signed: lateness)
    out.write(isUnordered ? 1 : 0)
    out.write(number: patterns)
    out.write(counted: inputName)
    out.write(number: UInt64(min(max(sourceCount, 1), Int(UInt16.max))))
    out.write(number: UInt64(rules.count))
    for rule in rules { out.write(counted: rule) }
  }
}
