import Model

/// Writes dates and times; the date is worked out once a day.
struct ClockText: Sendable {
  private var day = Int64.min
  private var date: [UInt8] = []
  private var monthAndDay: [UInt8] = []
  private var commonLogDate: [UInt8] = []

  /// `2026-03-01`.
  mutating func date(_ time: Timestamp, into buffer: inout FrameBuffer) {
    turn(to: time)
    buffer.append(contentsOf: date)
  }

  /// `09:30:00`, in UTC; `digits` of the fraction (0, 3, 6 or 9) behind it.
  func time(_ time: Timestamp, digits: Int = 0, into buffer: inout FrameBuffer) {
    let seconds = time.nanoseconds / 1_000_000_000
    let ofDay = Int(seconds % 86_400)
    two(ofDay / 3600, &buffer)
    buffer.append(0x3a)
    two(ofDay / 60 % 60, &buffer)
    buffer.append(0x3a)
    two(ofDay % 60, &buffer)
    guard digits > 0 else { return }
    buffer.append(0x2e)
    let fraction = Int(time.nanoseconds % 1_000_000_000)
    buffer.decimal(
      digits == 3 ? fraction / 1_000_000 : digits == 6 ? fraction / 1000 : fraction, digits: digits)
  }

  /// `2026-03-01T09:30:00.125Z`.
  mutating func rfc3339(_ time: Timestamp, digits: Int, into buffer: inout FrameBuffer) {
    date(time, into: &buffer)
    buffer.append(0x54)
    self.time(time, digits: digits, into: &buffer)
    buffer.append(0x5a)
  }

  /// `Mar  1 09:30:00` (RFC 3164 section 4.1.2).
  mutating func rfc3164(_ time: Timestamp, into buffer: inout FrameBuffer) {
    turn(to: time)
    buffer.append(contentsOf: monthAndDay)
    self.time(time, into: &buffer)
  }

  /// `01/Mar/2026:09:30:00`, as the Common Log Format has it.
  mutating func commonLog(_ time: Timestamp, into buffer: inout FrameBuffer) {
    turn(to: time)
    buffer.append(contentsOf: commonLogDate)
    self.time(time, into: &buffer)
  }

  private func two(_ value: Int, _ buffer: inout FrameBuffer) {
    buffer.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
    buffer.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
  }

  private mutating func turn(to time: Timestamp) {
    let number = time.nanoseconds / 86_400_000_000_000
    guard number != day else { return }
    day = number
    let civil = CivilTime(time)
    var text = FrameBuffer()
    text.decimal(civil.year, digits: 4)
    text.append(0x2d)
    text.decimal(civil.month, digits: 2)
    text.append(0x2d)
    text.decimal(civil.day, digits: 2)
    date = text.bytes
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let zero = civil.day < 10 ? "0" : ""
    commonLogDate = Array("\(zero)\(civil.day)/\(months[civil.month - 1])/\(civil.year):".utf8)
    monthAndDay = Array("\(months[civil.month - 1]) \(civil.day < 10 ? " " : "")\(civil.day) ".utf8)
  }
}
