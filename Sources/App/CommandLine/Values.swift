internal import Model

/// Reads the values that flags take: durations, sizes, counts, zones.
enum Values {
  /// Nanoseconds of the units of systemd.time(7); a month is 30.44 days, a year 365.25.
  private static let units: [String: Int64] = {
    var units: [String: Int64] = [:]
    for (size, names) in [
      (1, "ns nsec"), (1000, "us usec µs μs"), (1_000_000, "ms msec"),
      (1_000_000_000, "s sec second seconds"), (60_000_000_000, "m min minute minutes"),
      (3_600_000_000_000, "h hr hour hours"), (86_400_000_000_000, "d day days"),
      (604_800_000_000_000, "w week weeks"), (2_629_800_000_000_000, "M month months"),
      (31_557_600_000_000_000, "y year years"),
    ] as [(Int64, String)] {
      for name in names.split(separator: " ") { units[String(name)] = size }
    }
    return units
  }()

  /// Nanoseconds of `250ms`, `30s`, `5m`, `2h`, `1d`, or a sum such as `1h30m` or `2h 30min`.
  static func duration(_ text: String, flag: String) throws(UsageError) -> Int64 {
    let wrong = UsageError(
      "--\(flag): \(text.quotedForMessage) is not a duration",
      hint: "write a number and a unit, as in 30s, 5m, 1h30m")
    var total: Int64 = 0
    var rest = Substring(text)
    guard !rest.isEmpty else { throw wrong }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      guard let number = Int64(digits), let size = Self.units[String(unit)] else { throw wrong }
      let (product, tooBig) = number.multipliedReportingOverflow(by: size)
      let (sum, overflow) = total.addingReportingOverflow(product)
      guard !tooBig, !overflow else { throw wrong }
      total = sum
    }
    return total
  }

  /// Bytes of `65536`, `64K`, `1M`, `2G` (powers of 1024).
  static func size(_ text: String, flag: String, allowed: ClosedRange<Int>) throws(UsageError)
    -> Int
  {
    var digits = Substring(text)
    var factor = 1
    if let last = text.last, let power = ["K": 1, "M": 2, "G": 3][last.uppercased()] {
      digits = text.dropLast()
      factor = 1 << (10 * power)
    }
    guard let number = Int(digits), number >= 0,
      case let (bytes, overflow) = number.multipliedReportingOverflow(by: factor), !overflow,
      allowed.contains(bytes)
    else {
      throw UsageError(
        "--\(flag): \(text.quotedForMessage) is not a size from \(allowed.lowerBound) to \(allowed.upperBound)",
        hint: "write bytes, or a number with K, M or G")
    }
    return bytes
  }

  static func count(_ text: String, flag: String, allowed: ClosedRange<Int>) throws(UsageError)
    -> Int
  {
    guard let number = Int(text), allowed.contains(number) else {
      throw UsageError(
        "--\(flag): \(text.quotedForMessage) is not a number from \(allowed.lowerBound) to \(allowed.upperBound)"
      )
    }
    return number
  }

  /// Seconds east of UTC of `UTC`, `Z`, `+02:00`, `-0530`.
  static func zone(_ text: String, flag: String) throws(UsageError) -> Int {
    if ["UTC", "utc", "Z", "z"].contains(text) { return 0 }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard let sign = text.first, sign == "+" || sign == "-", digits.count == 4,
      let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours <= 14,
      minutes < 60
    else {
      throw UsageError(
        "--\(flag): \(text.quotedForMessage) is not a zone",
        hint: flag == "tz"
          ? "write UTC, an offset such as +02:00, or a name such as Europe/Berlin"
          : "write UTC or an offset such as +02:00")
    }
    return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// A severity by journalctl's names and numbers, or a common spelling.
  static func severity(_ text: String, flag: String) throws(UsageError) -> Severity {
    let names: [String: Severity] = [
      "emerg": .emergency, "emergency": .emergency, "alert": .alert, "crit": .critical,
      "critical": .critical, "err": .error, "error": .error, "warning": .warning, "warn": .warning,
      "notice": .notice, "info": .info, "debug": .debug, "trace": .trace,
    ]
    if let number = Int(text), let severity = Severity(syslog: number) { return severity }
    guard let severity = names[text.lowercased()] else {
      throw UsageError(
        "--\(flag): \(text.quotedForMessage) is not a level",
        hint: "write emerg, alert, crit, err, warning, notice, info, debug, or 0 to 7")
    }
    return severity
  }

  /// The folder of `--state`; nil where it was not asked for.
  static func stateFolder(_ arguments: Arguments) throws(UsageError) -> String? {
    guard let folder = arguments.value("state") else { return nil }
    guard !folder.isEmpty else {
      throw UsageError(
        "--state: the folder's name is empty", hint: "as in --state /var/lib/taffrail")
    }
    return folder
  }
}
