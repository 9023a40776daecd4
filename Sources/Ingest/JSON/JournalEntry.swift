internal import Bytes
internal import Flow
internal import Model

/// Entries of `journalctl -o json` (systemd.journal-fields(7), journal JSON format).
extension JSONRunDecoder {
  mutating func appendJournalEntry(
    _ frame: ByteRange, of batch: Batch, line: UInt32, names: inout NameTable,
    into output: inout EntryOutput
  ) {
    let arenas = batch.arenas
    let fieldStart = output.fields.count
    var entry = Entry()
    entry.format = .journald
    entry.frame = frame
    entry.line = line
    if members.nulls > 0 { output.frames.withheld &+= 1 }
    if let place = members.place(.realtime),
      let time = EpochStamp.microseconds(arenas.bytes(members[place].value))
    {
      entry.time = time
      entry.timeDigits = 6
      entry.timeSource = .stamp
      members.take(place)
    }
    readJournalMessage(&entry, arenas, into: &output)
    if let place = members.place(.journalPriority), let number = number(members[place], arenas),
      let severity = Severity(syslog: number)
    {
      entry.severity = severity
      entry.severitySource = .priority
      members.take(place)
    }
    if let place = members.place(.cursor) {
      entry.cursor = text(members[place], arenas)
      members.take(place)
    }
    if let place = members.place(.journalHost), members[place].kind == .text {
      entry.host = names.symbol(text(members[place], arenas), in: batch)
      members.take(place)
    }
    var isInit = false
    if let place = members.place(.journalPID), let pid = number(members[place], arenas) {
      entry.process = Int32(truncatingIfNeeded: pid)
      isInit = pid == 1
      members.take(place)
    }
    if let boot = members.member(.bootID) {
      entry.boot = UInt32(truncatingIfNeeded: StableHash(arenas.bytes(boot.value)).low)
    }
    let program = journalProgram(arenas)
    if !program.isEmpty {
      entry.program = names.symbol(program, in: batch)
      let bytes = arenas.bytes(program)
      isInit = isInit || bytes.equals("systemd")
      if bytes.equals("taffrail") || isOwnCommand(arenas) { entry.flags.insert(.own) }
    }
    let service = journalService(isInit: isInit, program: program, arenas)
    if !service.isEmpty {
      entry.service = names.symbol(service, in: batch)
      entry.stream =
        StableHash(arenas.bytes(service)).low
        ^ UInt64(truncatingIfNeeded: entry.process) &* 0x9e37_79b9_7f4a_7c15
    }
    if members.has(KeyTrait.trace) { readTrace(&entry, arenas, into: &output) }
    if settings.keepsFields || members.has(KeyTrait.wanted) {
      appendFields(&entry, arenas, since: fieldStart, into: &output)
    }
    output.append(entry, fieldStart: fieldStart)
  }

  /// MESSAGE, whatever form journalctl gave it: text, `null`, a number for each byte, several texts.
  private mutating func readJournalMessage(
    _ entry: inout Entry, _ arenas: ArenaPair, into output: inout EntryOutput
  ) {
    guard let place = members.place(.journalMessage) else { return }
    let member = members[place]
    members.take(place)
    switch member.kind {
    case .null: entry.flags.insert(.messageWithheld)
    case .array:
      let values = ValueArray(member.value, arenas)
      if let bytes = values.bytes(into: arenas) {
        let whole = repaired(bytes, arenas)
        if whole != bytes {
          entry.flags.insert(.repaired)
          output.frames.repaired += 1
        }
        entry.message = uncoloured(whole, arenas)
      } else {
        var rest: ByteRange? = nil
        (entry.message, rest) = values.firstText(into: arenas)
        if entry.message.isEmpty { entry.message = member.value }
        entry.message = uncoloured(repaired(entry.message, arenas), arenas)
        if let rest, settings.keepsFields, let name = arenas.keep("journald.MESSAGE") {
          output.fields.append(Field(spelled: name, rest, kind: .array))
        }
      }
    default: entry.message = uncoloured(text(member, arenas), arenas)
    }
  }

  /// The text with U+FFFD for what is not UTF-8.
  func repaired(_ range: ByteRange, _ arenas: ArenaPair) -> ByteRange {
    let bytes = arenas.bytes(range)
    guard !bytes.isValidUTF8, let offset = arenas.side.append(String(bytes)) else { return range }
    return ByteRange(offset, count: arenas.side.count - offset, inSide: true)
  }

  /// SYSLOG_IDENTIFIER, else _COMM.
  private mutating func journalProgram(_ arenas: ArenaPair) -> ByteRange {
    guard let place = textPlace(.identifier) ?? textPlace(.command) else { return .empty }
    members.take(place)
    return text(members[place], arenas)
  }

  /// The place of a text that isn't empty.
  func textPlace(_ key: KnownKey) -> Int? {
    guard let place = members.place(key), members[place].kind == .text,
      members[place].value.count > 0
    else { return nil }
    return place
  }

  private func isOwnCommand(_ arenas: ArenaPair) -> Bool {
    guard let command = members.member(.command) else { return false }
    return arenas.bytes(command.value).equals("taffrail")
  }

  /// The unit that the entry is about, without `.service`; else the container, else the program.
  private func journalService(
    isInit: Bool, program: ByteRange, _ arenas: ArenaPair
  ) -> ByteRange {
    if let container = service(.journalContainerName, arenas) { return container }
    if let unit = service(.coredumpUnit, arenas) { return unit }
    if isInit {
      if let unit = service(.aboutUnit, arenas) { return unit }
      if let unit = service(.aboutUserUnit, arenas) { return unit }
      if let unit = service(.objectUnit, arenas) { return unit }
    }
    guard let unit = service(.unit, arenas) else { return program }
    let bytes = arenas.bytes(unit)
    if bytes.has("user@", at: 0), let user = service(.userUnit, arenas) { return user }
    let isSession = bytes.has("session-", at: 0) && bytes.has(".scope", at: bytes.count - 6)
    return isSession && !program.isEmpty ? program : unit
  }

  private func service(_ key: KnownKey, _ arenas: ArenaPair) -> ByteRange? {
    guard let member = members.member(key), member.kind == .text, member.value.count > 0 else {
      return nil
    }
    var unit = text(member, arenas)
    let count = Int(unit.count)
    if count > 8, arenas.bytes(unit).has(".service", at: count - 8) { unit.count -= 8 }
    return unit
  }
}

extension ArenaPair {
  /// Copies a literal to the side arena; nil where it is full.
  func keep(_ literal: StaticString) -> ByteRange? {
    let offset = side.count
    for index in 0..<literal.utf8CodeUnitCount {
      guard side.append(unsafe literal.utf8Start[index]) else {
        side.truncate(to: offset)
        return nil
      }
    }
    return ByteRange(offset, count: side.count - offset, inSide: true)
  }
}
