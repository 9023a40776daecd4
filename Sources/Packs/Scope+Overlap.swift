extension Scope {
  /// Whether an entry may belong to both: one is for every entry, or they share a name or a format.
  ///
  /// Programs and units are compared with each other as well, since a unit often bears its program's name.
  func overlaps(_ other: Scope) -> Bool {
    if isGeneral || other.isGeneral { return true }
    if formats.contains(where: other.formats.contains) { return true }
    let theirs = other.programs + other.units
    return (programs + units).contains { mine in theirs.contains { Self.mayMeet(mine, $0) } }
      || loggers.contains { mine in other.loggers.contains { Self.mayMeet(mine, $0) } }
  }

  /// Whether every entry of the other is one of this.
  func covers(_ other: Scope) -> Bool {
    if isGeneral { return true }
    if other.isGeneral { return false }
    return other.formats.allSatisfy(formats.contains)
      && other.programs.allSatisfy { wanted in programs.contains { Self.covers($0, wanted) } }
      && other.units.allSatisfy { wanted in units.contains { Self.covers($0, wanted) } }
      && other.loggers.allSatisfy { wanted in loggers.contains { Self.covers($0, wanted) } }
  }

  private static func mayMeet(_ one: String, _ other: String) -> Bool {
    covers(one, other) || covers(other, one)
  }

  private static func covers(_ one: String, _ other: String) -> Bool {
    guard one.hasSuffix("*") else { return one == other }
    return other.hasPrefix(one.dropLast())
  }
}
