internal import Bytes
internal import Model

/// A number and the unit behind it are one value: `<num> ms`, `<num> KB`, `<size> (<size>)`.
enum UnitRule {
  private static let durations: Set<String> = [
    "ns", "us", "µs", "ms", "s", "sec", "secs", "second", "seconds", "msec", "msecs", "usec",
    "usecs", "millis", "milliseconds", "microseconds", "nanoseconds", "min", "mins", "minute",
    "minutes", "hour", "hours", "hr", "hrs", "day", "days",
  ]
  private static let sizes: Set<String> = [
    "B", "KB", "MB", "GB", "TB", "PB", "kB", "kb", "mb", "gb", "Kb", "Mb", "Gb", "KiB", "MiB",
    "GiB", "TiB", "byte", "bytes", "Byte", "Bytes", "kbytes", "Kbytes",
  ]

  /// Currencies of ISO 4217 that are traded most, and what stands behind other amounts.
  private static let amounts: Set<String> = [
    "USD", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF", "HKD", "SGD", "SEK", "KRW", "NOK",
    "NZD", "INR", "MXN", "TWD", "ZAR", "BRL", "DKK", "PLN", "THB", "ILS", "CZK", "TRY", "RUB",
    "BTC", "ETH", "USDT", "bps",
  ]

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var kept = 0
    var index = 0
    while index < pieces.count {
      var piece = pieces[index]
      index += 1
      if let wildcard = piece.wildcard, wildcard == .num || wildcard == .size || wildcard == .any,
        index < pieces.count, let unit = unit(pieces[index], text)
      {
        piece.kind = .wildcard(unit)
        index += 1
      }
      if piece.isDelimiter(0x29), !piece.isSpaced, kept >= 3, pieces[kept - 1].wildcard == .size,
        pieces[kept - 2].isDelimiter(0x28), pieces[kept - 3].wildcard == .size
      {
        kept -= 2
        continue
      }
      pieces[kept] = piece
      kept += 1
    }
    pieces.removeLast(pieces.count - kept)
  }

  private static func unit(_ piece: Piece, _ text: Span<UInt8>) -> Wildcard? {
    guard piece.kind == .chunk else { return nil }
    var range = piece.range
    if text[range.upperBound - 1] == 0x2e { range = range.lowerBound..<(range.upperBound - 1) }
    guard !range.isEmpty, range.count <= 12 else { return nil }
    let word = String(text.extracting(range))
    if range.count < piece.range.count, word.count < 2 { return nil }
    if durations.contains(word) { return .duration }
    if sizes.contains(word) { return .size }
    return amounts.contains(word) ? .num : nil
  }
}
