internal import Bytes
internal import Flow
internal import Model
internal import Output

/// What `parse` does with the entries in the order of the stream: one line out for each.
///
/// Groups and templates are those known at the entry: brought up to date whenever a shape is new, so
/// that they depend on what came before the entry alone.
final class EntryListing: MergeTarget {
  private let casebook: RunCasebook
  private let writer: EntryWriter
  private let sink: any LineSink
  private var buffer = ByteBuffer(capacity: 1 << 20)
  private(set) var state = SinkState.open

  init(casebook: RunCasebook, writer: EntryWriter, sink: any LineSink) {
    self.casebook = casebook
    self.writer = writer
    self.sink = sink
  }

  var isDone: Bool { state != .open }

  func announce(_ batch: Batch) { casebook.run.announce(batch) }

  func release(_ batch: Batch) { casebook.run.release(batch) }

  func open(_ batch: Batch) { casebook.run.open(batch) }

  func take(_ batch: Batch, _ run: Range<Int>) {
    casebook.run.resolveNames(batch, run)
    buffer.removeAll()
    for index in run {
      guard casebook.run.list(batch, index) else { continue }
      casebook.run.settleIfNew()
      writer.write(batch, index..<(index + 1), casebook, to: &buffer)
    }
    state = sink.write(buffer.span)
  }

  func tick(_ batch: Batch) { state = sink.flush() }

  func finish() { if state == .open { state = sink.flush() } }
}
