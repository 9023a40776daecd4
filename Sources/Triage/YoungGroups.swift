internal import Glibc
internal import Model

/// New error groups of a run's first day, which wait until they have come so often that they are news.
///
/// On its first day a run meets most of its errors for the first time, rare ones among them that have come every day for years. Of a group first
/// seen after t complete minutes nobody knows more than that: its rate is distributed as Gamma(1, t), so k − 1 more entries within m minutes of
/// the first have the chance (m / (t + m))^(k − 1) (negative binomial of size 1). It is told where that is at most one in two
/// hundred: with the third entry within four minutes after an hour, with the second within as many after thirteen. What waits in vain for ten minutes is known
/// from then on, and told by its counts. What begins beside another trouble waits no longer.
/// - Limits: 1,000 groups that wait; beyond, they are known at once.
struct YoungGroups: Sendable {
  /// Complete minutes of the run from which on a first entry is news in itself.
  static let day = 1440
  private static let probability = 0.005
  private static let patience = 10
  /// Minutes: what begins within two of each other belongs together (`IncidentDesk`).
  private static let beside = 2
  private static let waitingLimit = 1000

  private struct Waiting: Sendable {
    var service: Symbol
    /// Complete minutes before its first.
    var before: Int
    var entries: Int

    func isNews(at complete: Int) -> Bool {
      let minutes = Double(complete - before + 1)
      return pow(minutes / (Double(before) + minutes), Double(entries - 1))
        <= YoungGroups.probability
    }
  }

  private var waiting: [GroupID: Waiting] = [:]

  init() {}

  func isWaiting(_ group: GroupID) -> Bool { !waiting.isEmpty && waiting[group] != nil }

  /// Takes the first entries of a group: whether they are news already.
  mutating func begins(
    _ group: GroupID, of service: Symbol, _ entries: Int, after complete: Int
  ) -> Bool {
    let first = Waiting(service: service, before: complete, entries: entries)
    if first.isNews(at: complete) { return true }
    if waiting.count < Self.waitingLimit { waiting[group] = first }
    return false
  }

  /// Takes a minute's entries of a group that waits: all of its entries where they are news now, else nil.
  mutating func comesAgain(_ group: GroupID, _ entries: Int, after complete: Int) -> Int? {
    guard var again = waiting[group] else { return nil }
    again.entries += entries
    if again.isNews(at: complete) {
      waiting.removeValue(forKey: group)
      return again.entries
    }
    waiting[group] = again
    return nil
  }

  var hasWaiting: Bool { !waiting.isEmpty }

  /// Takes out those whose first came in this minute or the two before, with their entries: something else is wrong as well.
  mutating func releaseLatest(after complete: Int) -> [(GroupID, Int)] {
    let latest = waiting.filter { complete - $0.value.before <= Self.beside }
    for group in latest.keys { waiting.removeValue(forKey: group) }
    return latest.map { ($0.key, $0.value.entries) }
      .sorted { ($1.1, $0.0.number) < ($0.1, $1.0.number) }
  }

  /// Gives up those that waited in vain; tells the services of the groups with a single entry.
  mutating func close(after complete: Int) -> [Symbol] {
    guard !waiting.isEmpty else { return [] }
    var lone: [Symbol] = []
    for (group, one) in waiting.sorted(by: { $0.key.number < $1.key.number })
    where complete - one.before > Self.patience {
      waiting.removeValue(forKey: group)
      if one.entries == 1 { lone.append(one.service) }
    }
    return lone
  }

  /// A group's entries count for another from now on.
  mutating func moved(from: GroupID, to: GroupID) {
    guard !waiting.isEmpty, var source = waiting.removeValue(forKey: from) else { return }
    if let target = waiting[to] {
      source.entries += target.entries
      source.before = min(source.before, target.before)
      waiting[to] = source
    }
  }
}
