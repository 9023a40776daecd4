internal import Bytes
internal import Model

/// One `--where FIELD=VALUE`: the field under its output name has exactly this value.
struct FieldCondition: Sendable {
  private enum Place: Sendable {
    case message, level, trace
    case named(FieldName)
    case spelled
  }

  private let place: Place
  private let spelling: [UInt8]
  private let value: [UInt8]

  init(name: String, value: String, names: FieldNames) {
    self.value = Array(value.utf8)
    spelling = Array(name.utf8)
    switch name {
    case "message": place = .message
    case "log.level": place = .level
    case "trace.id": place = .trace
    default: place = names.number(of: name).map { .named($0) } ?? .spelled
    }
  }

  func holds(_ entry: Entry, _ batch: Batch) -> Bool {
    let arenas = batch.arenas
    switch place {
    case .message: return arenas.bytes(entry.message).equals(value.span)
    case .level: return Array(entry.severity.name.utf8) == value
    case .trace: return arenas.bytes(entry.trace).equals(value.span)
    case .named(let name):
      return holds(batch, entry.fieldRange) { $0.name == name }
        || holds(batch, entry.captureRange) { $0.name == name }
    case .spelled:
      return holds(batch, entry.fieldRange) {
        $0.name == .spelled && arenas.bytes($0.spelling).equals(spelling.span)
      }
    }
  }

  private func holds(_ batch: Batch, _ range: Range<Int>, _ isMine: (Field) -> Bool) -> Bool {
    let arenas = batch.arenas
    for field in batch.fields[range]
    where isMine(field) && arenas.bytes(field.value).equals(value.span) {
      return true
    }
    return false
  }
}
