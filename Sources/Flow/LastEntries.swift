package import Model

/// What each host of a source said last, for lines that only tell how often that came again.
///
/// The answer depends on the order of the source's entries alone, not on the batches that they were in.
/// - Limits: looks back over `reach` entries of the source; sources from number 4,096 on have no memory.
/// - Cost: a look at the last entries of each batch, and nothing an entry.
package struct LastEntries {
  /// syslogd tells of a repetition with the next line of the host, or after ten minutes at most; larger would
  /// cost memory for each source, smaller would lose hosts among many.
  package static let reach = 256
  private static let sourceLimit = 4096

  private struct Kept {
    var entry: Entry
    /// Entries of the source that came behind it.
    var age: Int
  }

  /// By source: the last entry of each host, latest first.
  private var tails: [Int: [Kept]] = [:]

  package init() {}

  /// What the host of entry `index` said last; nil where that is too long ago.
  ///
  /// - Parameter entries: of the batch, whose symbols are the run's up to `index`.
  package func last(before index: Int, in entries: [Entry], of batch: Batch) -> Entry? {
    guard batch.source < Self.sourceLimit else { return nil }
    let host = entries[index].host
    let first = max(batch.firstEntry, index - Self.reach)
    var at = index - 1
    while at >= first {
      if entries[at].host == host, Self.counts(entries[at]) { return entries[at] }
      at -= 1
    }
    let left = Self.reach - (index - batch.firstEntry)
    guard left > 0, let tail = tails[batch.source] else { return nil }
    return tail.first { $0.entry.host == host && $0.age < left }?.entry
  }

  /// Remembers the ends of a batch whose entries have all been taken.
  package mutating func keep(_ batch: Batch) {
    let taken = batch.entries.count - batch.firstEntry
    guard taken > 0, batch.source < Self.sourceLimit else { return }
    var tail: [Kept] = []
    var at = batch.entries.count - 1
    let first = max(batch.firstEntry, batch.entries.count - Self.reach)
    while at >= first {
      let entry = batch.entries[at]
      if Self.counts(entry), !tail.contains(where: { $0.entry.host == entry.host }) {
        tail.append(Kept(entry: entry, age: batch.entries.count - 1 - at))
      }
      at -= 1
    }
    for var kept in tails[batch.source] ?? [] {
      kept.age += taken
      guard kept.age < Self.reach, !tail.contains(where: { $0.entry.host == kept.entry.host })
      else { continue }
      tail.append(kept)
    }
    tails[batch.source] = tail.isEmpty ? nil : tail
  }

  /// Only syslog tells of repetitions; one whose message was not found has nothing to be repeated.
  private static func counts(_ entry: Entry) -> Bool {
    entry.format == .syslog && (!entry.isEcho || entry.flags.contains(.repeated))
  }
}

extension Entry {
  /// Takes over what the last entry of its host is: its group, unit and severity, and whether it counts.
  ///
  /// Where there is none, it is an entry of its own.
  package mutating func echo(_ last: Entry?) {
    guard let last else {
      weight = 1
      flags = EntryFlags(rawValue: flags.rawValue & ~EntryFlags.repeated.rawValue)
      return
    }
    let kept = flags.rawValue & ~EntryFlags.notCounted.rawValue
    let late = flags.rawValue & EntryFlags.late.rawValue
    flags = EntryFlags(rawValue: kept | late | last.flags.rawValue & EntryFlags.notCounted.rawValue)
    mask = last.mask
    service = last.service
    program = last.program
    severity = last.severity
    severitySource = last.severitySource
    statedSeverity = last.statedSeverity
    statedSource = last.statedSource
    severityConfidence = last.severityConfidence
    category = last.category
    categorySource = last.categorySource
    categoryConfidence = last.categoryConfidence
    outcome = last.outcome
    outcomeSource = last.outcomeSource
    outcomeConfidence = last.outcomeConfidence
  }
}
