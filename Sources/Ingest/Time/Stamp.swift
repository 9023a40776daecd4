import Model

/// A stamp as it was read: the moment, its precision and where it ends.
struct Stamp {
  var time: Timestamp
  /// Fractional digits that stood there, 0 to 9.
  var digits: UInt8 = 0
  /// Offset behind the last byte of the stamp.
  var end: Int
  /// It told its own offset from UTC.
  var hasZone = false
  /// A zone's abbreviation stood behind it, which several zones share: it is not taken for any of them.
  var hasUnknownZone = false
  /// It was written with a `T` between date and time (ISO 8601).
  var hasT = false
  /// It told its own year.
  var hasYear = true
}

/// A date, or a time of day, in the making.
struct StampParts {
  var year = 0
  var month = 0
  var day = 0
  var hour = 0
  var minute = 0
  var second = 0
  var nanosecond = 0
  var digits: UInt8 = 0
  /// The year is not the stamp's own.
  var isYearless = false
  /// Offset behind what was read.
  var end = 0
}
