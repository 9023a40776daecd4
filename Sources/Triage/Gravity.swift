internal import Model

/// How grave a finding is, by the size of its effect and its entries' own severity.
enum Gravity {
  /// Volume alone is information. Warnings become a warning at five times the usual and 20 a minute.
  /// Errors are a warning, an error at five times the usual and 20 a minute, critical at twenty times
  /// and 200 a minute, or at five times where the entries themselves are critical.
  ///
  /// Sums over up to five minutes count as they are, longer ones as their five minutes.
  static func ofSpike(
    _ reading: DetectorReading, isComplaint: Bool, worst: Severity
  ) -> FindingSeverity {
    guard isComplaint else { return .info }
    let part = reading.minutes > 5 ? 5 / Double(reading.minutes) : 1
    let (actual, typical) = (reading.actual * part, reading.typical * part)
    let ratio = actual / max(typical, 1)
    let isLarge = ratio >= 5 && actual >= 20
    if worst == .warning { return isLarge ? .warning : .info }
    if worst >= .critical, ratio >= 5 { return .critical }
    if ratio >= 20, actual >= 200 { return .critical }
    return isLarge ? .error : .warning
  }

  /// Warnings that go on are a warning too where five minutes bring 20, at five times the usual.
  static func ofLasting(sum: Int, typical: Double) -> FindingSeverity {
    sum >= 20 && Double(sum) >= 25 * typical ? .warning : .info
  }

  /// One or two entries of a new error within five minutes are information; from three on it is a
  /// warning, from 30 on, or three critical ones, an error, as is a single one above critical.
  static func ofNewGroup(entries: Int, worst: Severity) -> FindingSeverity {
    if worst > .critical || entries >= 30 { return .error }
    guard entries >= 3 else { return .info }
    return worst >= .critical ? .error : .warning
  }

  /// A tenth is a warning, from a quarter on it is an error.
  static func ofErrorShare(_ share: Double) -> FindingSeverity { share >= 0.25 ? .error : .warning }
}
