internal import Bytes
internal import Model

/// Dates with names: `Sat Jun <num> <time> <num>`, `<num> Jan <num> <time>`, `Mon, <num> Jan <num>`.
///
/// A month alone with a number is left (`May 5`): there must be a time, a year, or a weekday as well.
enum DateRule {
  private static let months: Set<String> = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
    "January", "February", "March", "April", "June", "July", "August", "September", "October",
    "November", "December",
  ]
  private static let days: Set<String> = [
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Monday", "Tuesday", "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday",
  ]
  private static let zones: Set<String> = [
    "UTC", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "CET", "CEST", "BST",
    "IST", "JST", "MSK", "AM", "PM",
  ]

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var index = 0
    while index < pieces.count {
      if let date = date(pieces, text, month: index) {
        let isSpaced = pieces[date.lowerBound].isSpaced
        pieces.replaceSubrange(
          date,
          with: CollectionOfOne(Piece(kind: .wildcard(.time), range: 0..<0, isSpaced: isSpaced)))
        index = date.lowerBound + 1
      } else if pieces[index].wildcard == .time, index + 1 < pieces.count,
        let zone = PieceWord.text(pieces[index + 1], text, longest: 4), zones.contains(zone)
      {
        pieces.remove(at: index + 1)
        index += 1
      } else {
        index += 1
      }
    }
  }

  private static func isNumber(_ pieces: [Piece], _ index: Int) -> Bool {
    pieces.indices.contains(index) && pieces[index].wildcard == .num
  }

  /// The pieces of the date whose month stands at `month`.
  private static func date(_ pieces: [Piece], _ text: Span<UInt8>, month: Int) -> Range<Int>? {
    guard let name = PieceWord.text(pieces[month], text, longest: 9), months.contains(name)
    else { return nil }
    var first = month
    var last = month
    var evidence = 0
    if isNumber(pieces, month - 1) {
      first -= 1
    } else if isNumber(pieces, month + 1) {
      last += 1
    } else {
      return nil
    }
    let beforeDay = first - 1
    if beforeDay >= 0 {
      var day = beforeDay
      if pieces[day].isDelimiter(0x2c), day > 0 { day -= 1 }
      if let word = PieceWord.text(pieces[day], text, longest: 9), days.contains(word) {
        first = day
        evidence += 1
      }
    }
    var sawTime = false
    var numbers = 0
    scan: while last + 1 < pieces.count {
      let next = pieces[last + 1]
      if next.isDelimiter(0x2c), last + 2 < pieces.count, isNumber(pieces, last + 2) {
        last += 1
      } else if next.wildcard == .time, !sawTime {
        sawTime = true
        evidence += 1
        last += 1
      } else if next.wildcard == .num, numbers == 0 {
        numbers = 1
        evidence += 1
        last += 1
      } else if sawTime, let word = PieceWord.text(next, text, longest: 4), zones.contains(word) {
        last += 1
      } else {
        break scan
      }
    }
    return evidence > 0 ? first..<(last + 1) : nil
  }
}
