/// Places a date without a year (RFC 3164): in the last year in which it is not after a given moment.
///
/// A log file holds what happened before it was last written, so that a file from December to January
/// comes out in order, with no look at the lines before. Files of more than a year need `--input-year`.
package struct YearAnchor: Equatable, Sendable {
  private var year: Int
  /// No date lies after it; `.max` where the year is given.
  private var latest: Timestamp

  /// One day: clocks and zones differ by less.
  private static let slack: Int64 = 86_400
  /// Three months: how long a stream may run on into the year after its start.
  private static let future: Int64 = 92 * 86_400

  /// All dates are of this year.
  package init(year: Int) {
    self.year = year
    latest = Timestamp(nanoseconds: .max)
  }

  /// For a file that was last written at `modified`; the same for all moments of a day.
  package init(modified: Timestamp) { self.init(day: modified, ahead: Self.slack) }

  /// For a stream that is read from `start` on.
  package init(start: Timestamp) { self.init(day: start, ahead: Self.future) }

  private init(day: Timestamp, ahead: Int64) {
    let days = day.nanoseconds / 86_400_000_000_000
    latest = Timestamp(seconds: (days + 1) * 86_400 + ahead)
    year = CivilTime(latest).year
  }

  /// The moment of a date and time of day, read as UTC; nil where there is no such day. The 29th of
  /// February is of the last leap year.
  package func time(
    month: Int, day: Int, hour: Int, minute: Int, second: Int, nanosecond: Int = 0
  ) -> Timestamp? {
    let isFixed = latest.nanoseconds == .max
    var back = 0
    while back < 9 {
      let time = CivilTime(
        year: year - back, month: month, day: day, hour: hour, minute: minute, second: second,
        nanosecond: nanosecond
      ).timestamp
      if let time, time <= latest { return time }
      if isFixed || time == nil && !(month == 2 && day == 29) { return nil }
      back += 1
    }
    return nil
  }
}
