internal import Bytes

/// Lines and words of the kernel's tables under /proc, by position.
struct ProcText {
  /// The words of one line.
  struct Line {
    let words: [String]

    subscript(_ at: Int) -> String { at < words.count ? words[at] : "" }

    /// The number at a position; 0 where none stands there.
    func number(_ at: Int) -> Double { Double(self[at]) ?? 0 }
  }

  let lines: [Line]

  /// At most `limit` lines are read: a table of a machine with more has its first ones.
  init(_ bytes: [UInt8], limit: Int = 4096) {
    lines = bytes.split(separator: 0x0a, maxSplits: limit).prefix(limit).map { line in
      Line(
        words: line.split { $0 == 0x20 || $0 == 0x09 }.map {
          String(decoding: $0, as: UTF8.self)
        })
    }
  }

  /// The first line that begins with `word`.
  func line(_ word: String) -> Line? { lines.first { $0[0] == word } }
}
