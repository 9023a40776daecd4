import Bytes
import Model

/// A batch built by hand, with its own catalogue of names.
final class TestBatch {
  let batch = Batch(inputCapacity: 1 << 20, sideCapacity: 1 << 20)
  var names = FieldNames()

  func range(_ text: String) -> ByteRange {
    let start = batch.arenas.input.append(text) ?? 0
    return ByteRange(start, count: text.utf8.count)
  }

  func range(_ bytes: [UInt8]) -> ByteRange {
    let start = batch.arenas.input.append(bytes.span) ?? 0
    return ByteRange(start, count: bytes.count)
  }

  func named(_ name: String, _ value: String, _ kind: FieldKind = .text) -> Field {
    Field(names.declare(name) ?? .spelled, range(value), kind: kind)
  }

  func spelled(_ name: String, _ value: String, _ kind: FieldKind = .text) -> Field {
    Field(spelled: range(name), range(value), kind: kind)
  }

  func entry(_ message: String, fields: [Field] = [], captures: [Field] = []) -> Entry {
    var entry = Entry()
    entry.message = range(message)
    entry.frame = entry.message
    entry.fieldStart = UInt32(batch.fields.count)
    entry.fieldCount = UInt16(fields.count)
    batch.fields += fields
    entry.captureStart = UInt32(batch.fields.count)
    entry.captureCount = UInt16(captures.count)
    batch.fields += captures
    return entry
  }
}
