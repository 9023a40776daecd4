import Bytes
import Flow
import Model
import Packs

/// A batch with one entry for each message, masked in the way that the masker promises: chunks between
/// separators stand as they are where they are of letters alone, and become a wildcard otherwise.
struct TestEntry {
  var message: [UInt8]
  var program = "sshd"
  var service = ""
  var logger = ""
  var format = SourceFormat.journald

  init(
    _ message: String, program: String = "", service: String = "", logger: String = "",
    format: SourceFormat = .journald
  ) {
    self.logger = logger
    self.message = Array(message.utf8)
    self.program = program
    self.service = service
    self.format = format
  }
}

final class BatchMaker {
  private var names = NameTable()
  private var slots: [[UInt8]: UInt32] = [:]
  /// Whether entries get a masked text, or have none.
  var masks = true

  func make(_ entries: [TestEntry]) -> Batch {
    let batch = Batch(inputCapacity: 4 << 20, sideCapacity: 4 << 20)
    names.beginBatch(batch)
    for item in entries {
      var entry = Entry()
      entry.message = keep(item.message, batch)
      entry.program = names.symbol(keep(Array(item.program.utf8), batch), in: batch)
      entry.service = names.symbol(keep(Array(item.service.utf8), batch), in: batch)
      entry.format = item.format
      entry.fieldStart = UInt32(batch.fields.count)
      if !item.logger.isEmpty {
        batch.fields.append(
          Field(WellKnownField.logger.name, keep(Array(item.logger.utf8), batch)))
        entry.fieldCount = 1
      }
      if masks {
        let masked = masked(item.message)
        if slots[masked] == nil {
          slots[masked] = UInt32(slots.count + 1)
          if let text = batch.arenas.keep(masked.span) {
            batch.newMasks.append(
              NewMask(slot: UInt32(slots.count), kind: .message, text: text))
          }
        }
        entry.mask = slots[masked] ?? 0
      }
      batch.entries.append(entry)
    }
    return batch
  }

  private func keep(_ bytes: [UInt8], _ batch: Batch) -> ByteRange {
    guard !bytes.isEmpty, let at = batch.arenas.input.append(bytes.span) else { return .empty }
    return ByteRange(at, count: bytes.count)
  }
}

/// The harshest mask that the rules allow.
func masked(_ text: [UInt8]) -> [UInt8] {
  var out: [UInt8] = []
  var chunk: [UInt8] = []
  let ends = Array(" =,;()[]{}\"'<>|:".utf8) + Array(0...0x1f)
  let url = Array("://".utf8)
  func isInURL(_ at: Int) -> Bool {
    var from = at
    while from > 0, text[from - 1] > 0x20 { from -= 1 }
    var to = at
    while to < text.count, text[to] > 0x20 { to += 1 }
    return (from..<to).contains { text[$0...].starts(with: url) }
  }
  func flush() {
    let small = String(decoding: chunk, as: UTF8.self).lowercased()
    let isLiteral =
      chunk.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 == 0x5f || $0 == 0x26 }
      && !["true", "false", "null", "nil", "root", "admin"].contains(small)
    out += isLiteral ? chunk : Array("<*>".utf8)
    chunk = []
  }
  for (at, byte) in text.enumerated() {
    if byte > 0x20, isInURL(at) {
      chunk.append(0x2f)
    } else if ends.contains(byte) {
      flush()
      out.append(byte)
    } else {
      chunk.append(byte)
    }
  }
  flush()
  return out
}
