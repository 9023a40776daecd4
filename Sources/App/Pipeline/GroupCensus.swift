internal import Bytes
internal import Flow
internal import Model

/// What `groups` does with the entries in the order of the stream: it counts them by shape, and spools
/// each where it is asked for each entry's group.
final class GroupCensus: MergeTarget {
  private let casebook: RunCasebook
  private let spool: EntrySpool?

  init(casebook: RunCasebook, spool: EntrySpool?) {
    self.casebook = casebook
    self.spool = spool
  }

  var isDone: Bool { spool?.failure != nil }

  func announce(_ batch: Batch) { casebook.run.announce(batch) }

  func release(_ batch: Batch) { casebook.run.release(batch) }

  func open(_ batch: Batch) { casebook.run.open(batch) }

  func take(_ batch: Batch, _ run: Range<Int>) {
    casebook.run.resolveNames(batch, run)
    for index in run {
      guard casebook.run.list(batch, index) else { continue }
      spool?.add(batch, index)
    }
  }

  func tick(_ batch: Batch) {}
}
