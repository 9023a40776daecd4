package import Model

/// What each host of a source said last, for lines that only tell how often that came again.
///
/// The answer depends on the order of the source's entries alone, not on the batches that they were in.
/// - Limits: looks back over `reach` entries of the source; sources from number 4,096 on have no memory.
/// - Cost: a look at the last entries of each batch, and nothing an entry; a copy of what those say that have a
///   security signal.
package struct LastEntries {
  /// syslogd tells of a repetition with the next line of the host, or after ten minutes at most; larger would
  /// cost memory for each source, smaller would lose hosts among many.
  package static let reach = 256
  private static let sourceLimit = 4096

  private struct Kept {
    var entry: Entry
    /// Its own, or that of the one that it repeats.
    var signal: KeptSignal?
    /// Entries of the source that came behind it.
    var age: Int
  }

  /// By source: the last entry of each host, latest first.
  private var tails: [Int: [Kept]] = [:]
  /// By source and host: the latest echo of the batch at hand whose signal was asked for, and what it was, so that a
  /// row of echoes is not walked anew for each.
  private var answers: [Int: [Symbol: (index: Int, signal: KeptSignal?)]] = [:]

  package init() {}

  /// What the host of entry `index` said last; nil where that is too long ago.
  ///
  /// - Parameter entries: of the batch, whose symbols are the run's up to `index`.
  package func last(before index: Int, in entries: [Entry], of batch: Batch) -> Entry? {
    switch find(before: index, in: entries, of: batch) {
    case .here(let at): entries[at]
    case .earlier(let kept): kept.entry
    case nil: nil
    }
  }

  /// The security signal of what the host of entry `index` said last, however often that was told to have
  /// come again; nil where there is none.
  ///
  /// - Parameter entries: of the batch, whose symbols are the run's up to `index`.
  package mutating func signal(
    before index: Int, in entries: [Entry], of batch: Batch
  ) -> KeptSignal? {
    let host = entries[index].host
    let signal = walk(from: index, in: entries, of: batch)
    answers[batch.source, default: [:]][host] = (index, signal)
    return signal
  }

  private func walk(from index: Int, in entries: [Entry], of batch: Batch) -> KeptSignal? {
    var index = index
    let known = answers[batch.source]?[entries[index].host]
    while true {
      switch find(before: index, in: entries, of: batch) {
      case .here(let at) where entries[at].isEcho:
        if let known, known.index == at { return known.signal }
        index = at
      case .here(let at): return KeptSignal(entries[at], of: batch)
      case .earlier(let kept): return kept.signal
      case nil: return nil
      }
    }
  }

  private enum Found {
    case here(Int)
    case earlier(Kept)
  }

  private func find(before index: Int, in entries: [Entry], of batch: Batch) -> Found? {
    guard batch.source < Self.sourceLimit else { return nil }
    let host = entries[index].host
    let first = max(batch.firstEntry, index - Self.reach)
    var at = index - 1
    while at >= first {
      if entries[at].host == host, Self.counts(entries[at]) { return .here(at) }
      at -= 1
    }
    let left = Self.reach - (index - batch.firstEntry)
    guard left > 0, let tail = tails[batch.source] else { return nil }
    return tail.first { $0.entry.host == host && $0.age < left }.map { .earlier($0) }
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
        let signal =
          entry.isEcho
          ? signal(before: at, in: batch.entries, of: batch) : KeptSignal(entry, of: batch)
        tail.append(Kept(entry: entry, signal: signal, age: batch.entries.count - 1 - at))
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
    answers[batch.source] = nil
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
