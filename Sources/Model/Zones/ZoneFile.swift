/// Reads a file of the zone database (tzfile(5), RFC 9636), version 2 or later.
struct ZoneFile {
  private(set) var first = ZoneRules.Change(at: 0, offset: 0, name: 0)
  private(set) var changes: [ZoneRules.Change] = []
  private(set) var names: [String] = []

  private struct Counts {
    var utc = 0
    var standard = 0
    var leaps = 0
    var times = 0
    var types = 0
    var letters = 0

    /// Bytes of a block whose moments take `width` bytes.
    func size(_ width: Int) -> Int {
      times * width + times + types * 6 + letters + leaps * (width + 4) + standard + utc
    }
  }

  private static let headerSize = 44

  init?(_ file: [UInt8]) {
    guard let old = Self.counts(file, 0), file[4] >= 0x32 else { return nil }
    let start = Self.headerSize + old.size(4)
    guard let counts = Self.counts(file, start), counts.types > 0, counts.letters > 0 else {
      return nil
    }
    let block = start + Self.headerSize
    let end = block + counts.size(8)
    guard end <= file.count else { return nil }
    let indexes = block + counts.times * 8
    let types = indexes + counts.times
    let letters = types + counts.types * 6
    var known: [ZoneRules.Change] = []
    for type in 0..<counts.types {
      let at = types + type * 6
      let offset = Int32(truncatingIfNeeded: Self.number(file, at, 4))
      guard abs(offset) < 26 * 3600, Int(file[at + 5]) < counts.letters else { return nil }
      let name = Self.name(file, letters + Int(file[at + 5]), letters + counts.letters)
      known.append(ZoneRules.Change(at: 0, offset: offset, name: note(name)))
    }
    first = known[0]
    for index in 0..<counts.times {
      let type = Int(file[indexes + index])
      guard type < known.count else { return nil }
      var change = known[type]
      change.at = Self.number(file, block + index * 8, 8)
      changes.append(change)
    }
    appendRule(String(decoding: file[end...], as: UTF8.self).filter { $0 != "\n" })
  }

  /// Writes the footer's rule out behind the last change.
  private mutating func appendRule(_ text: String) {
    guard let rule = ZoneRule(text) else { return }
    let last = changes.last?.at ?? .min
    let standard = note(rule.standardName)
    guard let daylight = rule.daylight else {
      if changes.isEmpty {
        first = ZoneRules.Change(at: 0, offset: rule.standardOffset, name: standard)
      }
      return
    }
    let summer = note(daylight.name)
    var year = changes.last.map { CivilTime(Timestamp(seconds: max(0, $0.at))).year } ?? 1970
    while year <= ZoneRules.lastYear {
      var pair = [
        ZoneRules.Change(
          at: daylight.start.second(in: year) - Int64(rule.standardOffset),
          offset: daylight.offset, name: summer),
        ZoneRules.Change(
          at: daylight.end.second(in: year) - Int64(daylight.offset),
          offset: rule.standardOffset, name: standard),
      ]
      if pair[0].at > pair[1].at { pair.swapAt(0, 1) }
      for change in pair where change.at > last { changes.append(change) }
      year += 1
    }
  }

  private mutating func note(_ name: String) -> UInt8 {
    if let index = names.firstIndex(of: name) { return UInt8(truncatingIfNeeded: index) }
    guard names.count < 255 else { return 0 }
    names.append(name)
    return UInt8(truncatingIfNeeded: names.count - 1)
  }

  private static func counts(_ file: [UInt8], _ at: Int) -> Counts? {
    guard at + headerSize <= file.count, file[at..<(at + 4)].elementsEqual("TZif".utf8) else {
      return nil
    }
    let read = (0..<6).map { Int(number(file, at + 20 + $0 * 4, 4)) }
    guard read.allSatisfy({ (0..<65_536).contains($0) }) else { return nil }
    return Counts(
      utc: read[0], standard: read[1], leaps: read[2], times: read[3], types: read[4],
      letters: read[5])
  }

  /// A big-endian two's complement number of `width` bytes.
  private static func number(_ file: [UInt8], _ at: Int, _ width: Int) -> Int64 {
    var value: UInt64 = file[at] & 0x80 == 0 ? 0 : .max
    for index in at..<(at + width) { value = value << 8 | UInt64(file[index]) }
    return Int64(bitPattern: value)
  }

  private static func name(_ file: [UInt8], _ from: Int, _ to: Int) -> String {
    String(decoding: file[from..<to].prefix { $0 != 0 }, as: UTF8.self)
  }
}
