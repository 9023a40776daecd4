internal import Flow
internal import Model

/// Looks at the entries of a run one by one, named and grouped, and keeps of them what a command shows.
protocol EntryCensus: MergeTarget {
  var casebook: RunCasebook { get }

  /// Takes an entry that counts; its `mask` is the number of its shape.
  func note(_ entry: Entry, _ batch: Batch)
}

extension EntryCensus {
  func announce(_ batch: Batch) { casebook.run.announce(batch) }

  func release(_ batch: Batch) { casebook.run.release(batch) }

  func open(_ batch: Batch) { casebook.run.open(batch) }

  func take(_ batch: Batch, _ run: Range<Int>) {
    casebook.run.resolveNames(batch, run)
    for index in run where casebook.run.list(batch, index) && !isDone {
      note(batch.entries[index], batch)
    }
  }

  func tick(_ batch: Batch) {}
}
