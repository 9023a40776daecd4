package import Bytes
package import Model

/// Watches the share of errors among all entries, over the last five complete minutes.
///
/// It opens where the share is at least `share` (a tenth) on at least 200 entries and 20 errors, and
/// twice the share of the 60 minutes before, 10 of them at least: a stream that was filtered to
/// errors from the start is no news. It ends after five minutes below half the opening's bound.
package struct ErrorShare: Sendable {
  package static let name = "error_share"
  /// From which share on it opens.
  package static let usualShare = 0.10
  private static let span = 5

  private let share: Double
  private var errors = CountWindow()
  private var entries = CountWindow()
  private var recent: [(errors: Int, entries: Int)] = []
  private var openSince: Minute?
  private var quiet = 0

  package init(share: Double) { self.share = share }

  package var isOpen: Bool { openSince != nil }

  /// The finding of a closed minute, on the series of all errors under the name `error_share`.
  package mutating func close(_ facts: MinuteFacts) -> Finding? {
    if facts.isGap { return nil }
    recent.append((facts.errors, facts.entries))
    if recent.count > Self.span {
      let settled = recent.removeFirst()
      if openSince == nil {
        errors.push(settled.errors)
        entries.push(settled.entries)
      }
    }
    let badCount = recent.reduce(0) { $0 + $1.errors }
    let all = recent.reduce(0) { $0 + $1.entries }
    let actual = all > 0 ? Double(badCount) / Double(all) : 0
    let usual = entries.sum > 0 ? Double(errors.sum) / Double(entries.sum) : 0
    let bound = max(share, 2 * usual)
    let reading = DetectorReading(
      name: Self.name, actual: actual, typical: usual, upper: bound, count: all,
      unit: "share of entries")
    if let since = openSince {
      quiet = actual < bound / 2 ? quiet + 1 : 0
      if quiet >= Self.span {
        openSince = nil
        quiet = 0
        return Finding(
          series: .allErrors, minute: facts.minute, kind: .ends, since: since, reading: reading)
      }
      return Finding(
        series: .allErrors, minute: facts.minute, kind: .lasts, since: since, reading: reading)
    }
    let isWarm = entries.count >= RollingZScore.warmUp
    guard isWarm, all >= 200, badCount >= 20, actual >= bound else { return nil }
    openSince = facts.minute
    return Finding(
      series: .allErrors, minute: facts.minute, kind: .opens, since: facts.minute,
      reading: reading)
  }
}

extension ErrorShare: Kept {
  package init() { self.init(share: Self.usualShare) }

  package mutating func carry(_ bytes: inout KeptBytes) {
    errors.carry(&bytes)
    entries.carry(&bytes)
    var count = recent.count
    bytes.carry(&count, in: 0...Self.span)
    for place in 0..<count {
      if bytes.isReading { recent.append((0, 0)) }
      bytes.carry(&recent[place].errors, in: 0...KeptRange.count)
      bytes.carry(&recent[place].entries, in: 0...KeptRange.count)
    }
    bytes.carry(&openSince)
    bytes.carry(&quiet, in: 0...Self.span - 1)
  }
}
