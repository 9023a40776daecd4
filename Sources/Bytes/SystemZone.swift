internal import Glibc

/// A time zone of the system's database (tzset(3)), for showing times to people.
package enum SystemZone {
  /// Makes a zone such as `Europe/Berlin` the process's; false where the database has none of that name.
  ///
  /// To be called before other threads run: it sets `TZ`.
  package static func choose(_ name: String) -> Bool {
    guard !name.isEmpty, !name.hasPrefix("/"), !name.contains("..") else { return false }
    var folder = "/usr/share/zoneinfo"
    if let named = unsafe getenv("TZDIR") { folder = unsafe String(cString: named) }
    guard let status = try? FileStatus(FilePath("\(folder)/\(name)")), status.kind == .regular
    else {
      return false
    }
    unsafe setenv("TZ", name, 1)
    tzset()
    return true
  }

  /// Seconds east of UTC at a moment in the process's zone, and the zone's name then.
  package static func offset(atSecond second: Int64) -> (seconds: Int, name: String) {
    var moment = time_t(second)
    var local = unsafe tm()
    guard unsafe localtime_r(&moment, &local) != nil else { return (0, "UTC") }
    let seconds = unsafe local.tm_gmtoff
    guard let name = unsafe local.tm_zone else { return (seconds, "") }
    return (seconds, unsafe String(cString: name))
  }
}
