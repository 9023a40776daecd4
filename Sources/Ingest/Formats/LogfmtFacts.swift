import Bytes
import Flow
import Model

/// What the pairs of a logfmt line say about its entry, by the names that loggers use.
struct LogfmtFacts {
  /// A level, a time or a message was among the pairs.
  private(set) var isEvidence = false
  /// The line is an audit record, whose `msg=audit(…)` is no message.
  private(set) var isAudit = false
  private(set) var message: ByteRange?
  private var date: Range<Int>?

  /// The meaning of a key.
  private enum Key {
    case level, time, date, message, logger, caller, trace, span, error, host, service, process
    case request, session, order, stack, other
  }

  mutating func note(
    _ text: FrameText, _ key: Range<Int>, _ value: LogfmtValue, _ reader: StampReader,
    _ keepsFields: Bool, _ homes: borrowing LogfmtHomes, into entry: inout Entry, in batch: Batch,
    names: inout NameTable
  ) {
    let bytes = text.bytes
    switch meaning(bytes, key) {
    case .level:
      isEvidence = true
      noteLevel(bytes, value, &entry)
    case .time:
      noteTime(bytes, value, reader, &entry)
      isEvidence = isEvidence || entry.timeSource == .stamp
    case .date:
      date = value.from..<value.to
      noteTime(bytes, value, reader, &entry)
    case .message:
      isEvidence = true
      isAudit = isAudit || bytes.has("audit(", at: value.from)
      message = range(text, value, batch)
    case .caller: noteCaller(text, value, batch)
    case .trace: entry.trace = text.range(value.from, value.to)
    case .host: entry.host = names.symbol(text.range(value.from, value.to), in: batch)
    case .service: entry.service = names.symbol(text.range(value.from, value.to), in: batch)
    case .process: entry.process = bytes.processID(value.from, value.to)
    case .logger: append(TextFields.logger, text, value, batch)
    case .span: append(TextFields.spanID, text, value, batch)
    case .error: append(TextFields.errorMessage, text, value, batch)
    case .request: append(TextFields.requestID, text, value, batch)
    case .session: append(TextFields.sessionID, text, value, batch)
    case .order: append(TextFields.orderID, text, value, batch)
    case .stack:
      append(TextFields.stackTrace, text, value, batch)
      if value.hasEscapes { entry.flags.insert(.exception) }
    case .other:
      guard keepsFields || homes.isWanted(bytes.extracting(key)) else { return }
      let value = range(text, value, batch)
      if homes.append(bytes.extracting(key), value, since: Int(entry.fieldStart), to: batch) {
        return
      }
      guard keepsFields else { return }
      batch.fields.append(
        Field(spelled: text.range(key.lowerBound, key.upperBound), value))
    }
  }

  @inline(__always)
  private func range(_ text: FrameText, _ value: LogfmtValue, _ batch: Batch) -> ByteRange {
    value.hasEscapes
      ? EscapedText.resolved(text, value.from, value.to, in: batch.arenas)
      : text.range(value.from, value.to)
  }

  private func append(
    _ name: FieldName, _ text: FrameText, _ value: LogfmtValue, _ batch: Batch
  ) {
    guard value.to > value.from else { return }
    batch.fields.append(Field(name, range(text, value, batch)))
  }

  private func noteLevel(_ bytes: Span<UInt8>, _ value: LogfmtValue, _ entry: inout Entry) {
    let word = bytes.extracting(value.from..<value.to)
    let severity =
      SeverityName.read(word, letters: true)
      ?? bytes.number(value.from, value.to).flatMap { SeverityName.read(number: $0) }
    guard let severity else { return }
    entry.severity = severity
    entry.severitySource = .field
  }

  private func noteTime(
    _ bytes: Span<UInt8>, _ value: LogfmtValue, _ reader: StampReader, _ entry: inout Entry
  ) {
    guard entry.timeSource == .none else { return }
    let word = bytes.extracting(value.from..<value.to)
    if let stamp = reader.read(word, 0), stamp.end == word.count {
      entry.time = stamp.time
      entry.timeDigits = stamp.digits
      entry.timeSource = .stamp
    } else if let date, let stamp = reader.combined(bytes, date: date.lowerBound, time: value.from)
    {
      entry.time = stamp.time
      entry.timeDigits = stamp.digits
      entry.timeSource = .stamp
    }
  }

  /// `caller=file.go:12`.
  private func noteCaller(_ text: FrameText, _ value: LogfmtValue, _ batch: Batch) {
    var colon = value.to
    while colon > value.from, text[colon - 1].isDigit { colon -= 1 }
    guard colon > value.from + 1, colon < value.to, text[colon - 1] == 0x3a else {
      return append(TextFields.codeFile, text, value, batch)
    }
    batch.fields.append(Field(TextFields.codeFile, text.range(value.from, colon - 1)))
    batch.fields.append(Field(TextFields.codeLine, text.range(colon, value.to), kind: .number))
  }

  /// What a key means; told by its length and first letter, then compared.
  @inline(__always)
  private func meaning(_ bytes: Span<UInt8>, _ key: Range<Int>) -> Key {
    let from = key.lowerBound
    let to = key.upperBound
    func named(_ literal: StaticString) -> Bool { bytes.matches(lowercase: literal, from, to) }
    switch bytes[from] | 0x20 {
    case 0x6c:  // l
      if named("level") || named("lvl") || named("loglevel") || named("log.level") { return .level }
      return named("logger") || named("log.logger") ? .logger : .other
    case 0x73:  // s
      if named("severity") { return .level }
      if named("service") || named("service.name") || named("service_name") { return .service }
      if named("span_id") || named("spanid") || named("span.id") { return .span }
      if named("session_id") || named("sessionid") || named("session.id") { return .session }
      return named("stack") || named("stacktrace") || named("stack_trace") ? .stack : .other
    case 0x74:  // t
      if named("ts") || named("time") || named("t") || named("timestamp") { return .time }
      let isTrace = named("trace_id") || named("traceid") || named("trace.id")
      return isTrace ? .trace : .other
    case 0x60:  // @
      return named("@timestamp") ? .time : named("@message") ? .message : .other
    case 0x64: return named("date") ? .date : named("datetime") ? .time : .other
    case 0x6d: return named("msg") || named("message") ? .message : .other
    case 0x63: return named("caller") ? .caller : .other
    case 0x65: return named("err") || named("error") || named("error.message") ? .error : .other
    case 0x68: return named("host") || named("hostname") ? .host : .other
    case 0x61: return named("app") || named("application") ? .service : .other
    case 0x70: return named("pid") ? .process : .other
    case 0x6f: return named("order_id") || named("orderid") || named("order.id") ? .order : .other
    case 0x72:
      return named("request_id") || named("requestid") || named("req_id") || named("reqid")
        ? .request : .other
    default: return .other
    }
  }
}

extension StampReader {
  /// A date (`2026-03-01`) and a time of day that stand apart.
  func combined(_ bytes: Span<UInt8>, date: Int, time: Int) -> Stamp? {
    var parts = StampParts()
    parts.year = bytes.digits(date, 4)
    parts.month = bytes.digits(date + 5, 2)
    parts.day = bytes.digits(date + 8, 2)
    guard parts.month > 0, parts.day > 0, parts.readTime(bytes, time) else { return nil }
    return stamp(bytes, parts)
  }
}
