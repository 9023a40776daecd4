internal import Bytes
internal import Flow
internal import Model

/// Keeps the first messages of a stream, for measuring.
///
/// - Limits: 20,000 messages of 16 KiB, 64 MiB together; then it wants no more.
final class MessageCensus: EntryCensus {
  let casebook: RunCasebook
  private(set) var messages: [[UInt8]] = []
  private var size = 0

  private static let countLimit = 20_000
  private static let messageLimit = 16 << 10
  private static let sizeLimit = 64 << 20

  init(casebook: RunCasebook) { self.casebook = casebook }

  var isDone: Bool { messages.count >= Self.countLimit || size >= Self.sizeLimit }

  func note(_ entry: Entry, _ batch: Batch) {
    var range = entry.message
    range.count = min(range.count, UInt32(Self.messageLimit))
    let arenas = batch.arenas
    var message = ByteWriter()
    message.write(arenas.bytes(range))
    messages.append(message.bytes)
    size += message.bytes.count
  }
}
