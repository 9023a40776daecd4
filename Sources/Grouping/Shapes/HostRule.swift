internal import Bytes
internal import Model

/// Host names: dotted words that end in a public or a local suffix, with a port if one follows.
///
/// A name that begins with a domain suffix (`com.`, `org.`) is an identifier written in reverse. Suffixes
/// of two letters count only from three labels on, since many are file endings too.
enum HostRule {
  private static let suffixes: Set<String> = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "cloud", "local", "lan",
    "internal", "localdomain", "intranet", "home", "corp", "arpa", "dev", "online", "site",
  ]
  private static let countries: Set<String> = [
    "de", "uk", "fr", "nl", "cn", "jp", "ru", "br", "it", "es", "eu", "us", "ca", "au", "ch", "se",
    "kr", "tw", "hk", "at", "be", "cz", "dk", "fi", "no", "in", "io", "ai", "co", "tv", "mx", "tr",
    "ua", "vn", "id", "th", "my", "sg", "nz", "za", "ar", "cl", "gr", "hu", "ie", "pt", "ro", "om",
  ]
  private static let reversed: Set<String> = [
    "com", "org", "net", "java", "javax", "io", "edu", "gov", "de", "fr", "uk", "sun", "android",
    "kotlin", "scala", "jdk",
  ]

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var index = 0
    while index < pieces.count {
      defer { index += 1 }
      guard pieces[index].kind == .chunk, isHost(pieces[index].range, text) else { continue }
      pieces[index].kind = .wildcard(.any)
      if index + 2 < pieces.count, pieces[index + 1].isDelimiter(0x3a),
        !pieces[index + 1].isSpaced, !pieces[index + 2].isSpaced,
        pieces[index + 2].wildcard == .num
      {
        pieces.removeSubrange((index + 1)...(index + 2))
      }
    }
  }

  private static func isHost(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    var end = range.upperBound
    if end > range.lowerBound, text[end - 1] == 0x2e { end -= 1 }
    guard end - range.lowerBound >= 4, end - range.lowerBound <= 255 else { return false }
    var labels = 1
    var lastStart = range.lowerBound
    var firstEnd = end
    var at = range.lowerBound
    while at < end {
      let byte = text[at]
      if byte == 0x2e {
        if at == lastStart { return false }
        if labels == 1 { firstEnd = at }
        labels += 1
        lastStart = at + 1
      } else if byte == 0x3c || byte == 0x3e || byte == 0x2a || byte == 0x2d || byte == 0x5f
        || PieceWord.isLetter(byte) || PieceWord.isDigit(byte)
      {
        if byte >= 0x80 { return false }
      } else {
        return false
      }
      at += 1
    }
    guard labels >= 2, end - lastStart >= 2, end - lastStart <= 11 else { return false }
    let suffix = String(text.extracting(lastStart..<end))
    guard suffixes.contains(suffix) || labels >= 3 && countries.contains(suffix) else {
      return false
    }
    return !reversed.contains(String(text.extracting(range.lowerBound..<firstEnd)))
  }
}
