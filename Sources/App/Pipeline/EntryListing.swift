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
  private let form: Form
  private let sink: any LineSink
  private var buffer = ByteBuffer(capacity: 1 << 20)
  private(set) var state = SinkState.open

  enum Form {
    case json(EntryWriter)
    case text(EntryLineText)
  }

  init(casebook: RunCasebook, form: Form, sink: any LineSink) {
    self.casebook = casebook
    self.form = form
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
      switch form {
      case .json(let writer):
        casebook.run.settleIfNew()
        writer.write(batch, index..<(index + 1), casebook, to: &buffer)
      case .text(let lines):
        let entry = batch.entries[index]
        let source = entry.service.isNone ? entry.program : entry.service
        lines.write(entry, of: batch, source: casebook.name(of: source), to: &buffer)
      }
    }
    state = sink.write(buffer.span)
  }

  func tick(_ batch: Batch) { state = sink.flush() }

  func finish() { if state == .open { state = sink.flush() } }
}
