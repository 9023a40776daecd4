internal import Bytes
package import Model

/// Reads the entries of journal files in their order, as references for the workers to follow.
///
/// - Limits: a batch holds at most 1,024 entries, or those that brought 1 MiB to their files.
package final class JournalSource: BatchSource {
  private static let entryLimit = 1024

  private let journals: JournalSet
  private let number: Int
  private let start: JournalStart
  private let until: UInt64
  private var merge: JournalMerge?
  private var position: Int64 = 0
  private var isStopped = false
  /// The place of the last entry that was handed over.
  private(set) var last: JournalLocation?
  private var problems: [ReadProblem]

  /// - Parameters:
  ///   - until: it ends before entries with a later wall time (microseconds since 1970).
  package init(
    _ journals: JournalSet, number: Int = 0, from start: JournalStart = .head,
    until: UInt64 = .max
  ) {
    self.journals = journals
    self.number = number
    self.start = start
    self.until = until
    problems = journals.problems
  }

  package func takeProblems() -> [ReadProblem] {
    defer { problems = [] }
    return problems
  }

  package func stop() { isStopped = true }

  package func fill(_ batch: Batch, limit: Int, waiting: Patience) -> Fill {
    batch.source = number
    batch.framing = .journalEntries
    batch.offset = position
    let input = batch.arenas.input
    var entries = merge ?? JournalMerge(journals.files, start, until: until)
    merge = nil
    var size = 0
    var count = 0
    while count < Self.entryLimit, size < limit, !isStopped, let item = entries.next() {
      // What the walk refused stays in the books: a reference that leads nowhere is not decoded.
      let file = item.location == nil ? JournalReference.nowhere : item.file
      guard JournalReference(file: file, offset: item.offset).write(to: input) else { break }
      count += 1
      size += item.size
      if let location = item.location { last = location }
    }
    merge = entries
    position += Int64(input.count)
    guard count > 0 else {
      batch.endsSource = true
      return .ended
    }
    return .filled
  }
}
