internal import Bytes
internal import Model

/// The small phrases of which titles and summaries are made.
enum Phrases {
  /// Characters of a template that a title shows; the whole of it stands in `group.template`.
  private static let quoteLength = 96

  /// `"template"`, cut where it is long.
  static func quoted(_ text: String) -> String {
    text.count <= quoteLength ? "\"\(text)\"" : "\"\(text.prefix(quoteLength))…\""
  }

  /// A count or a mean: whole from 10 on, else with one digit, `0` where it is less than 0.05.
  static func number(_ value: Double) -> String {
    let bounded = max(0, min(value, 1e15))
    if bounded >= 9.95 || bounded == bounded.rounded() { return String(Int(bounded.rounded())) }
    let tenths = Int((bounded * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }

  /// `a minute`, `in five minutes`, `in an hour`.
  static func span(_ minutes: Int) -> String {
    switch minutes {
    case ...1: "a minute"
    case 2: "in two minutes"
    case 5: "in five minutes"
    case 60: "in an hour"
    default: "in \(minutes) minutes"
    }
  }

  static func percent(_ share: Double) -> String { number(share * 100) + " %" }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    number == 1 ? "1 \(one)" : "\(number) \(many)"
  }

  /// `09:31`, UTC.
  static func clock(_ time: Timestamp) -> String { String(stamp(time).dropFirst(11).prefix(5)) }

  /// `09:31:05`, UTC.
  static func seconds(_ time: Timestamp) -> String { String(stamp(time).dropFirst(11).prefix(8)) }

  /// RFC 3339, whole seconds.
  static func stamp(_ time: Timestamp) -> String {
    var writer = ByteWriter(reserving: 24)
    writer.write(time)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// `usually 2.1`, or `usually none`.
  static func usual(_ typical: Double) -> String {
    typical < 0.05 ? "usually none" : "usually \(number(typical))"
  }

  /// A word for a shell: as it stands where it is plain, else in single quotes.
  static func shell(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy {
        ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || [0x2d, 0x2e, 0x2f, 0x3a, 0x5f].contains($0)
      }
    if isPlain { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
