/// The zone of stamps that state none: an offset, or one of the database's.
package struct InputZone: Sendable {
  /// Seconds east of UTC where there are no rules.
  package var seconds: Int
  package var rules: ZoneRules?

  package init(seconds: Int = 0, rules: ZoneRules? = nil) {
    self.seconds = seconds
    self.rules = rules
  }

  /// Seconds east of UTC of a local time, given as if it were UTC.
  package func offset(ofLocal time: Timestamp) -> Int {
    guard let rules else { return seconds }
    let second = time.nanoseconds / 1_000_000_000
    return rules.offset(ofLocal: time.nanoseconds < 0 ? second - 1 : second)
  }
}
