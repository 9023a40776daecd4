internal import Bytes
internal import Model

/// The severity of a JSON entry, from the word or the number that its logger writes.
extension JSONRunDecoder {
  mutating func readLevel(_ entry: inout Entry, _ arenas: ArenaPair) {
    var known = KnownKey.Role.level.first.rawValue
    while let place = members.place(from: known, to: KnownKey.Role.level.last) {
      let member = members[place]
      known = member.known + 1
      guard let severity = severity(member, arenas) else { continue }
      entry.severity = severity
      entry.severitySource = .field
      members.take(place)
      return
    }
    if members.has(.serilogTime), members.has(.serilogMessage) || members.has(.serilogTemplate) {
      entry.severity = .info
      entry.severitySource = .field
      return
    }
    guard let place = members.place(.journalPriority),
      let severity = severity(members[place], arenas)
    else { return }
    entry.severity = severity
    entry.severitySource = .priority
    members.take(place)
  }

  private func severity(_ member: Member, _ arenas: ArenaPair) -> Severity? {
    if member.known == KnownKey.mongoSeverity.rawValue, !members.has(.mongoDate) { return nil }
    if let number = number(member, arenas) {
      switch member.known {
      case KnownKey.severityNumber.rawValue: return SeverityName.read(openTelemetry: number)
      case KnownKey.severity.rawValue where number >= 100:
        return SeverityName.read(google: number)
      case KnownKey.levelNumber.rawValue: return python(number)
      default: return SeverityName.read(number: number)
      }
    }
    guard member.kind == .text else { return nil }
    let word = arenas.bytes(uncoloured(text(member, arenas), arenas))
    var range = 0..<word.count
    while let first = range.first, word[first] == 0x20 { range.removeFirst() }
    while let last = range.last, word[last] == 0x20 { range.removeLast() }
    let trimmed = word.extracting(range)
    if let severity = SeverityName.read(trimmed, letters: true) { return severity }
    // MongoDB's D1 to D5.
    let isDebug =
      member.known == KnownKey.mongoSeverity.rawValue && trimmed.count == 2 && trimmed[0] == 0x44
    return isDebug ? .debug : nil
  }

  /// Python's `levelno`: tens from 10 for DEBUG.
  private func python(_ number: Int) -> Severity? {
    switch number {
    case 1..<10: .trace
    case 10..<20: .debug
    case 20..<30: .info
    case 30..<40: .warning
    case 40..<50: .error
    case 50...100: .critical
    default: nil
    }
  }
}
