import Bytes
import Model

/// Reads RFC 3164's `Mmm dd hh:mm:ss`; consecutive entries of one second cost a comparison.
struct SyslogStamp {
  private var lastHead: UInt64 = 0
  private var lastTail: UInt64 = 0
  private var lastTime = Timestamp.unknown

  static let width = 15

  /// The moment whose 15 bytes stand at `at`, in the reader's year and zone; `.unknown` for others.
  @inline(__always)
  mutating func read(_ text: Span<UInt8>, _ at: Int, _ reader: StampReader) -> Timestamp {
    guard at &+ Self.width < text.count else { return .unknown }
    let head = text.word(at: at)
    let tail = text.word(at: at &+ 7)
    if head == lastHead, tail == lastTail { return lastTime }
    guard let time = Self.parse(text, at, reader) else { return .unknown }
    lastHead = head
    lastTail = tail
    lastTime = time
    return time
  }

  private static func parse(_ text: Span<UInt8>, _ at: Int, _ reader: StampReader) -> Timestamp? {
    let month = MonthName.read(text, at)
    guard month > 0, text[at &+ 3] == 0x20, text[at &+ 6] == 0x20, text[at &+ 9] == 0x3a,
      text[at &+ 12] == 0x3a
    else { return nil }
    let tens = text[at &+ 4] == 0x20 ? 0 : Int(text[at &+ 4] &- 0x30)
    let ones = Int(text[at &+ 5] &- 0x30)
    let hour = text.digits(at &+ 7, 2)
    let minute = text.digits(at &+ 10, 2)
    let second = text.digits(at &+ 13, 2)
    guard tens <= 3, ones <= 9, hour >= 0, minute >= 0, second >= 0 else { return nil }
    guard
      let local = reader.anchor.time(
        month: month, day: tens * 10 + ones, hour: hour, minute: minute, second: second)
    else { return nil }
    return local.advanced(
      byNanoseconds: Int64(reader.zone.offset(ofLocal: local)) * -1_000_000_000)
  }
}
