internal import Bytes
internal import Model

/// One `--where FIELD=VALUE`: the field under its output name has exactly this value.
struct FieldCondition: Sendable {
  private enum Place: Sendable {
    case message, level, trace, category, outcome, process
    case severitySource, categorySource, outcomeSource
    case host, service, program
    case named(FieldName)
    case spelled
  }

  private let place: Place
  private let spelling: [UInt8]
  private let value: [UInt8]
  /// By a worker's symbol: whether that name has the value.
  private var isWanted: [Bool] = [false]

  init(name: String, value: String, names: FieldNames) {
    self.value = Array(value.utf8)
    spelling = Array(name.utf8)
    switch name {
    case "message": place = .message
    case "log.level": place = .level
    case "trace.id": place = .trace
    case "taffrail.category": place = .category
    case "event.outcome": place = .outcome
    case "severity_source": place = .severitySource
    case "taffrail.category_source": place = .categorySource
    case "taffrail.outcome_source": place = .outcomeSource
    case "process.pid": place = .process
    case "host.name": place = .host
    case "service.name": place = .service
    case "process.name": place = .program
    default: place = names.number(of: name).map { .named($0) } ?? .spelled
    }
  }

  /// Notes the names that a batch's worker met for the first time.
  mutating func learnNames(_ batch: Batch) {
    if batch.restartsNames { isWanted = [false] }
    let arenas = batch.arenas
    for name in batch.newNames {
      while isWanted.count <= name.symbol.index { isWanted.append(false) }
      isWanted[name.symbol.index] = arenas.bytes(name.spelling).equals(value.span)
    }
  }

  func holds(_ entry: Entry, _ batch: Batch) -> Bool {
    let arenas = batch.arenas
    switch place {
    case .message: return arenas.bytes(entry.message).equals(value.span)
    case .level: return Array(entry.severity.name.utf8) == value
    case .trace: return arenas.bytes(entry.trace).equals(value.span)
    case .category: return Array(entry.category.name.utf8) == value
    case .outcome: return Array(entry.outcome.name.utf8) == value
    case .severitySource: return Array("\(entry.severitySource)".utf8) == value
    case .categorySource: return Array("\(entry.categorySource)".utf8) == value
    case .outcomeSource:
      return entry.outcome != .none && Array("\(entry.outcomeSource)".utf8) == value
    case .process: return Array("\(entry.process)".utf8) == value
    case .host: return isWanted(entry.host)
    case .service: return isWanted(entry.service)
    case .program: return isWanted(entry.program)
    case .named(let name):
      return holds(batch, entry.fieldRange) { $0.name == name }
        || holds(batch, entry.captureRange) { $0.name == name }
    case .spelled:
      return holds(batch, entry.fieldRange) {
        $0.name == .spelled && arenas.bytes($0.spelling).equals(spelling.span)
      }
    }
  }

  private func isWanted(_ symbol: Symbol) -> Bool {
    symbol.index < isWanted.count && isWanted[symbol.index]
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
