/// A shell's pattern over a whole text: `*` stands for any run of bytes, `?` for one; all else for itself.
///
/// - Complexity: proportional to the pattern's length times the text's, whatever is in them.
struct Glob: Sendable {
  private let pattern: [UInt8]

  init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

  func matches(_ text: [UInt8]) -> Bool {
    var at = 0
    var place = 0
    var star = -1
    var mark = 0
    while at < text.count {
      if place < pattern.count, pattern[place] == 0x2a {
        star = place
        mark = at
        place += 1
      } else if place < pattern.count, pattern[place] == 0x3f || pattern[place] == text[at] {
        place += 1
        at += 1
      } else if star >= 0 {
        // The last star takes one byte more.
        mark += 1
        at = mark
        place = star + 1
      } else {
        return false
      }
    }
    while place < pattern.count, pattern[place] == 0x2a { place += 1 }
    return place == pattern.count
  }
}
