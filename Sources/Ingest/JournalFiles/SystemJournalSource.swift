internal import Bytes
package import Model

/// Reads a journal through libsystemd, to its end or on as it grows.
package final class SystemJournalSource: BatchSource {
  private let place: SystemJournal.Place
  private let number: Int
  private let follows: Bool
  private let fieldLimit: Int
  var start: JournalStart
  private var journal: SystemJournal?
  private var position: Int64 = 0
  private var isStopped = false
  /// The library has come to an entry that is not written yet.
  private var hasEntry = false
  private var problems: [ReadProblem] = []

  package init(
    _ place: SystemJournal.Place, number: Int, from start: JournalStart, follows: Bool,
    fieldLimit: Int
  ) {
    self.place = place
    self.number = number
    self.start = start
    self.follows = follows
    self.fieldLimit = fieldLimit
  }

  package func takeProblems() -> [ReadProblem] {
    defer { problems = [] }
    return problems
  }

  package func stop() { isStopped = true }

  package func fill(_ batch: Batch, limit: Int, waiting: Patience) -> Fill {
    batch.source = number
    batch.framing = .journalExport
    batch.offset = position
    let input = batch.arenas.input
    do throws(ReadProblem) {
      if journal == nil { journal = try opened() }
      guard let journal, !isStopped else { return end(batch) }
      while true {
        try read(journal, into: input, limit: limit)
        if input.count > 0 {
          position += Int64(input.count)
          return .filled
        }
        guard follows else { return end(batch) }
        let wakeUp = waiting.wakeUp.map { [$0] } ?? []
        let ready = Descriptors.wait(
          for: [journal.descriptor] + wakeUp, milliseconds: waiting.milliseconds)
        journal.process()
        if ready & 1 == 0 { return .idle }
      }
    } catch {
      problems.append(error)
      return end(batch)
    }
  }

  private func opened() throws(ReadProblem) -> SystemJournal {
    let journal = try SystemJournal(place, fieldLimit: fieldLimit)
    // Asked for before the first entry, so that nothing written meanwhile is missed.
    if follows { _ = journal.descriptor }
    journal.seek(start)
    return journal
  }

  private func read(_ journal: SystemJournal, into input: Arena, limit: Int) throws(ReadProblem) {
    while input.count < limit {
      if !hasEntry {
        guard try journal.next() else { return }
        hasEntry = true
      }
      if !journal.write(to: input), input.count > 0 { return }
      hasEntry = false
    }
  }

  private func end(_ batch: Batch) -> Fill {
    batch.endsSource = true
    journal = nil
    return .ended
  }
}

/// Reads the files of a journal first, then goes on through libsystemd as it grows.
///
/// The live part is a source of its own, since its frames are of another kind.
package final class FollowedJournal: BatchSource {
  private let past: JournalSource
  private let live: SystemJournalSource
  private var isLive = false

  package init(_ past: JournalSource, live: SystemJournalSource) {
    self.past = past
    self.live = live
  }

  package func takeProblems() -> [ReadProblem] { past.takeProblems() + live.takeProblems() }

  package func stop() {
    past.stop()
    live.stop()
  }

  package func fill(_ batch: Batch, limit: Int, waiting: Patience) -> Fill {
    if !isLive {
      let fill = past.fill(batch, limit: limit, waiting: waiting)
      guard fill == .ended else { return fill }
      isLive = true
      batch.endsSource = false
      if let last = past.last { live.start = .after(JournalCursor(last)) }
    }
    return live.fill(batch, limit: limit, waiting: waiting)
  }
}
