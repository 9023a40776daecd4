internal import Bytes

/// The offsets of a time zone and when they change: an entry of the system's database (tzfile(5)).
///
/// What the file says up to its last change, then the rule in its footer, written out to the year 2199.
/// - Complexity: a look-up is a binary search among some 500 changes.
package final class ZoneRules: Sendable {
  struct Change: Equatable, Sendable {
    /// Seconds since 1970, UTC.
    var at: Int64
    var offset: Int32
    var name: UInt8
  }

  static let lastYear = 2199

  private let first: Change
  private let changes: [Change]
  /// Local second from which each change's offset holds.
  private let localStarts: [Int64]
  private let names: [String]

  /// - Parameter file: the content of a file of version 2 or later; nil where it is none.
  package init?(file: [UInt8]) {
    guard let parts = ZoneFile(file) else { return nil }
    first = parts.first
    changes = parts.changes
    names = parts.names
    var starts: [Int64] = []
    var before = parts.first.offset
    for change in parts.changes {
      starts.append(change.at + Int64(max(before, change.offset)))
      before = change.offset
    }
    localStarts = starts
  }

  /// Seconds east of UTC at a moment, and the zone's abbreviation then.
  package func offset(at second: Int64) -> (seconds: Int, name: String) {
    let next = changes.lowerBound { $0.at <= second }
    let change = next == 0 ? first : changes[next - 1]
    return (Int(change.offset), names[Int(change.name)])
  }

  /// Seconds east of UTC of a local time, counted as if it were UTC.
  ///
  /// Where clocks change, the offset before the change holds: a local time that is skipped in spring means
  /// the moment that a clock that was not changed would show, and one that comes twice in autumn means the
  /// first (RFC 5545 section 3.3.5).
  package func offset(ofLocal second: Int64) -> Int {
    let next = localStarts.lowerBound { $0 <= second }
    return Int(next == 0 ? first.offset : changes[next - 1].offset)
  }
}
