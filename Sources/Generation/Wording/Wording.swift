import Model

/// Writes messages: the templates' literals with values drawn between them.
struct Wording: Sendable {
  let table: MessageTable
  let words: WordPool
  var clock = ClockText()
  var random: RandomSource
  private var orders: [Int] = []
  private var nextOrder = 0
  private let userList = Parameter.user.ordinal
  private let domainList = Parameter.domain.ordinal
  private let sysunitList = Parameter.sysunit.ordinal

  init(_ landscape: Landscape, _ spelling: MessageTable.Spelling, seed: UInt64) {
    table = MessageTable(landscape, spelling)
    words = WordPool(landscape)
    random = RandomSource(seed: seed, stream: 2)
    orders = (0..<64).map { _ in random.within(10_000_000...99_999_999) }
  }

  /// The message alone, for formats that have fields for level and logger.
  mutating func message(_ entry: EntryContext, into buffer: inout FrameBuffer) {
    write(table.messages[entry.template], entry, &buffer)
  }

  /// The message behind level, thread and logger, as its program writes them.
  mutating func prefixedMessage(_ entry: EntryContext, into buffer: inout FrameBuffer) {
    write(table.prefixes[entry.template], entry, &buffer)
    write(table.messages[entry.template], entry, &buffer)
  }

  func logger(_ entry: EntryContext, into buffer: inout FrameBuffer) {
    buffer.append(table.loggers[entry.template], of: table.pool)
  }

  func stackTrace(_ entry: EntryContext, into buffer: inout FrameBuffer) {
    buffer.append(table.stackTraces[entry.template], of: table.pool)
  }

  func trace(_ entry: EntryContext, into buffer: inout FrameBuffer) {
    buffer.hex(entry.traceHigh, digits: 16)
    buffer.hex(entry.traceLow, digits: 16)
  }

  private mutating func write(
    _ steps: Range<Int>, _ entry: EntryContext, _ buffer: inout FrameBuffer
  ) {
    for index in steps {
      let step = table.steps[index]
      buffer.append(step.literal, of: table.pool)
      if let parameter = step.parameter { write(parameter, entry, &buffer) }
    }
  }

  private mutating func write(
    _ parameter: Parameter, _ entry: EntryContext, _ buffer: inout FrameBuffer
  ) {
    if let alteration = entry.alteration, alter(parameter, alteration, &buffer) { return }
    switch parameter {
    case .version:
      dotted(entry.version.major, entry.version.minor, entry.version.patch, &buffer)
    case .level: buffer.append(Wording.level(entry.severity))
    case .logger: logger(entry, into: &buffer)
    case .thread:
      buffer.append("worker-")
      buffer.decimal(1 + random.below(16))
    case .unit:
      if entry.subject == 255 {
        words.word(of: sysunitList, &random, into: &buffer)
      } else {
        words.unit(entry.subject, into: &buffer)
      }
    case .trace: trace(entry, into: &buffer)
    case .pid: buffer.decimal(entry.process.pid)
    case .date: clock.date(entry.time, into: &buffer)
    case .clfdate: clock.commonLog(entry.time, into: &buffer)
    case .time: clock.time(entry.time, into: &buffer)
    case .order:
      buffer.append("ORD-")
      buffer.decimal(order())
    case .email:
      words.word(of: userList, &random, into: &buffer)
      buffer.append(0x40)
      words.word(of: domainList, &random, into: &buffer)
    case .pubip:
      if entry.flags.contains(.incident) {
        buffer.append("203.0.113.")
        buffer.decimal(17 + random.below(3))
      } else {
        publicAddress(&buffer)
      }
    default: value(parameter, &buffer)
    }
  }

  /// One of the last 64 orders, or the next one, so that an order is met again.
  private mutating func order() -> Int {
    let slot = random.below(64)
    if random.below(4) == 0 {
      orders[slot] = 10_000_000 + (orders[slot] + 7_919 * (slot + 1)) % 90_000_000
    }
    return orders[slot]
  }

  static func level(_ severity: Severity) -> String {
    switch severity {
    case .debug, .trace: "DEBUG"
    case .warning: "WARN"
    case .error: "ERROR"
    case .critical, .alert, .emergency: "FATAL"
    case .info, .notice, .unknown: "INFO"
    }
  }
}
