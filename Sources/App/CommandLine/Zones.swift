internal import Bytes
internal import Glibc
internal import Model

/// Reads what `--tz` and `--input-tz` take: an offset, or a name of the system's zone database.
enum Zones {
  static func read(_ text: String, flag: String) throws(UsageError) -> InputZone {
    guard let first = text.first, first.isLetter, !["UTC", "utc", "Z", "z"].contains(text) else {
      return InputZone(seconds: try Values.zone(text, flag: flag))
    }
    let folder = folder
    guard WholeFile.isFolder(folder) else {
      throw UsageError(
        "--\(flag): \(text.quotedForMessage) can't be looked up: there is no \(folder)",
        hint: "install the zone database (tzdata), or give an offset such as +02:00")
    }
    let isName = text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0))
    }
    guard isName, let file = try? WholeFile.read("\(folder)/\(text)", limit: 1 << 20) else {
      throw UsageError(
        "--\(flag): \(text.quotedForMessage) is not a zone of \(folder)",
        hint: "write UTC, an offset such as +02:00, or a name such as Europe/Berlin")
    }
    guard let rules = ZoneRules(file: file) else {
      throw UsageError(
        "--\(flag): \(folder)/\(text) is no zone file of version 2 or later",
        hint: "install the zone database (tzdata) anew, or give an offset such as +02:00")
    }
    return InputZone(rules: rules)
  }

  /// Where the C library looks, too (tzset(3)).
  private static var folder: String {
    guard let named = unsafe getenv("TZDIR") else { return "/usr/share/zoneinfo" }
    return unsafe String(cString: named)
  }
}
