/// What a file's name says of its age among rotated siblings (logrotate(8), logback).
///
/// `x.log.2.gz` and `x.log.1` come before `x.log`, higher numbers first; `x.log-20260301`,
/// `x.log.2026-03-01` and `x-2026-03-01.log` in the order of their dates.
struct RotatedName: Equatable {
  /// The name that siblings share: that of the file being written.
  var stem: [UInt8]
  /// Sorts siblings, oldest first; the file being written has the last place.
  var age: Age
  var isCompressed: Bool

  enum Age: Equatable, Comparable {
    /// The digits of a date and what follows them.
    case dated([Int])
    /// Higher is older: kept negative.
    case numbered(Int)
    case current

    static func < (left: Age, right: Age) -> Bool {
      switch (left, right) {
      case (.dated(let a), .dated(let b)): a.lexicographicallyPrecedes(b)
      case (.numbered(let a), .numbered(let b)): a < b
      default: left.rank < right.rank
      }
    }

    var isNumbered: Bool { rank == 1 }

    private var rank: Int {
      switch self {
      case .dated: 0
      case .numbered: 1
      case .current: 2
      }
    }
  }

  private static let suffixes = [".gz", ".zst", ".xz", ".bz2", ".lz4"].map { Array($0.utf8) }

  init(_ name: [UInt8]) {
    var rest = name[...]
    isCompressed = false
    for suffix in Self.suffixes
    where rest.count > suffix.count && rest.suffix(suffix.count) == suffix[...] {
      rest = rest.dropLast(suffix.count)
      isCompressed = true
      break
    }
    if let (stem, date) = Self.dated(Array(rest)) {
      self.stem = stem
      age = .dated(date)
    } else if let (stem, number) = Self.numbered(rest) {
      self.stem = stem
      age = .numbered(-number)
    } else {
      stem = Array(rest)
      age = .current
    }
  }

  /// `stem.N`, N of 1 to 5 digits.
  private static func numbered(_ name: ArraySlice<UInt8>) -> ([UInt8], Int)? {
    let digits = name.reversed().prefix { FrameWalk.isDigit($0) }.count
    let stem = name.dropLast(digits)
    guard (1...5).contains(digits), stem.count > 1, stem.last == 0x2e else { return nil }
    return (Array(stem.dropLast()), number(name.suffix(digits)))
  }

  /// A date behind `-`, `.` or `_`, at the end (a time or number may follow) or before an extension.
  private static func dated(_ name: [UInt8]) -> ([UInt8], [Int])? {
    var at = 1
    while at + 8 < name.count {
      defer { at += 1 }
      guard isSeparator(name[at]), let (date, end) = date(name, at + 1) else { continue }
      var stem = name[..<at]
      var parts = [date]
      var next = end
      while next < name.count, isSeparator(name[next]) || name[next] == 0x54 {
        let digits = name[(next + 1)...].prefix { FrameWalk.isDigit($0) }
        guard (1...18).contains(digits.count) else { break }
        parts.append(number(digits))
        next = digits.endIndex
      }
      let tail = name[next...]
      if tail.isEmpty { return (Array(stem), parts) }
      guard tail.first == 0x2e, !tail.dropFirst().isEmpty else { continue }
      stem += tail
      return (Array(stem), parts)
    }
    return nil
  }

  /// `YYYYMMDD` or `YYYY-MM-DD`, as a number, and where it ends.
  private static func date(_ name: [UInt8], _ start: Int) -> (Int, Int)? {
    var digits: [UInt8] = []
    var at = start
    while at < name.count, digits.count < 8 {
      if FrameWalk.isDigit(name[at]) {
        digits.append(name[at])
      } else if name[at] != 0x2d || (at != start + 4 && at != start + 7) {
        return nil
      }
      at += 1
    }
    let isPlain = at - start == 8
    guard digits.count == 8, isPlain || at - start == 10 else { return nil }
    if at < name.count, FrameWalk.isDigit(name[at]) { return nil }
    let date = number(digits[...])
    let isDate =
      (1970...2261).contains(date / 10000) && (1...12).contains(date / 100 % 100)
      && (1...31).contains(date % 100)
    return isDate ? (date, at) : nil
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x2d || byte == 0x2e || byte == 0x5f
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
