internal import Bytes
internal import Flow
internal import Model

/// Keeps the first messages of a stream, for measuring.
///
/// - Limits: 20,000 messages of 16 KiB, 64 MiB together; then it wants no more.
final class MessageCensus: MergeTarget {
  private let casebook: RunCasebook
  private(set) var messages: [[UInt8]] = []
  private var size = 0

  private static let countLimit = 20_000
  private static let messageLimit = 16 << 10
  private static let sizeLimit = 64 << 20

  init(casebook: RunCasebook) { self.casebook = casebook }

  var isDone: Bool { messages.count >= Self.countLimit || size >= Self.sizeLimit }

  func announce(_ batch: Batch) { casebook.run.announce(batch) }

  func release(_ batch: Batch) { casebook.run.release(batch) }

  func open(_ batch: Batch) { casebook.run.open(batch) }

  func take(_ batch: Batch, _ run: Range<Int>) {
    casebook.run.resolveNames(batch, run)
    for index in run where casebook.run.list(batch, index) && !isDone {
      var range = batch.entries[index].message
      range.count = min(range.count, UInt32(Self.messageLimit))
      let arenas = batch.arenas
      var message = ByteWriter()
      message.write(arenas.bytes(range))
      messages.append(message.bytes)
      size += message.bytes.count
    }
  }

  func tick(_ batch: Batch) {}
}
