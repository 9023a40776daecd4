internal import PatternMatching
internal import Synchronization

/// The regular expressions of all patterns, each compiled by PCRE2 when it is first tried.
final class PatternStore: Sendable {
  /// The expressions one after the other, and where each ends.
  let text: [UInt8]
  let ends: [UInt32]
  private let made: Mutex<[Pattern?]>

  /// - Parameter made: those that are compiled already; as many as there are expressions, or none.
  init(text: [UInt8], ends: [UInt32], made: [Pattern?] = []) {
    self.text = text
    self.ends = ends
    self.made = Mutex(made.isEmpty ? Array(repeating: nil, count: ends.count) : made)
  }

  convenience init(_ patterns: [PackPattern]) {
    var text: [UInt8] = []
    var ends: [UInt32] = []
    for pattern in patterns {
      text += Array(pattern.regex.utf8)
      ends.append(UInt32(text.count))
    }
    self.init(text: text, ends: ends, made: patterns.map(\.pattern))
  }

  func source(_ index: Int) -> String {
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return String(decoding: text[start..<Int(ends[index])], as: UTF8.self)
  }

  /// The pattern; nil where PCRE2 refuses it, which only a forged compiled file can bring about.
  func pattern(_ index: Int) -> Pattern? {
    made.withLock { made in
      if let known = made[index] { return known }
      let new = try? Pattern(source(index), jit: .whenPrepared)
      made[index] = new
      return new
    }
  }
}
