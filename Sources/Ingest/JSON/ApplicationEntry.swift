internal import Bytes
internal import Flow
internal import Model

/// Entries of applications that log JSON, under the names that common loggers use.
extension JSONRunDecoder {
  /// Makes the entry of the object at hand, whichever kind it is.
  mutating func appendEntry(
    _ frame: ByteRange, of batch: Batch, line: UInt32, names: inout NameTable,
    into output: inout EntryOutput
  ) {
    if members.missed > 0 { output.frames.cut &+= 1 }
    if members.has(.realtime) {
      appendJournalEntry(frame, of: batch, line: line, names: &names, into: &output)
    } else if members.has(.logText), members.has(KnownKey.time), members.has(.stream) {
      appendContainerEntry(frame, of: batch, line: line, names: &names, into: &output)
    } else {
      let isGELF = members.has(.shortMessage) && members.has(.version)
      appendApplicationEntry(
        frame, as: isGELF ? .gelf : .json, of: batch, line: line, names: &names, into: &output)
    }
  }

  mutating func appendApplicationEntry(
    _ frame: ByteRange, as format: SourceFormat, of batch: Batch, line: UInt32,
    names: inout NameTable, into output: inout EntryOutput
  ) {
    let arenas = batch.arenas
    let fieldStart = output.fields.count
    var entry = Entry()
    entry.format = format
    entry.frame = frame
    entry.line = line
    readTime(&entry, arenas)
    readLevel(&entry, arenas)
    readMessage(&entry, arenas)
    readNames(&entry, of: batch, names: &names)
    if members.has(KeyTrait.trace) { readTrace(&entry, arenas, into: &output) }
    if settings.keepsFields || members.has(KeyTrait.wanted) {
      appendFields(&entry, arenas, since: fieldStart, into: &output)
    }
    output.append(entry, fieldStart: fieldStart)
  }

  private mutating func readTime(_ entry: inout Entry, _ arenas: ArenaPair) {
    var known = KnownKey.Role.time.first.rawValue
    while let place = members.place(from: known, to: KnownKey.Role.time.last) {
      let member = members[place]
      known = member.known + 1
      guard var read = stamp(member, arenas) else { continue }
      if member.known == KnownKey.instantSeconds.rawValue {
        addNanoseconds(of: .instantNanos, to: &read, arenas)
      } else if member.known == KnownKey.googleSeconds.rawValue {
        addNanoseconds(of: .googleNanos, to: &read, arenas)
      }
      entry.time = read.time
      entry.timeDigits = read.digits
      entry.timeSource = .stamp
      // An audit record's id tells its moment, and what belongs together.
      if member.known != KnownKey.auditID.rawValue { members.take(place) }
      return
    }
  }

  private mutating func addNanoseconds(
    of key: KnownKey, to read: inout (time: Timestamp, digits: UInt8), _ arenas: ArenaPair
  ) {
    guard let place = members.place(key), let nanoseconds = number(members[place], arenas),
      nanoseconds < 1_000_000_000
    else { return }
    read.time = read.time.advanced(byNanoseconds: Int64(nanoseconds))
    read.digits = 9
    members.take(place)
  }

  private mutating func readMessage(_ entry: inout Entry, _ arenas: ArenaPair) {
    var known = KnownKey.Role.message.first.rawValue
    while let place = members.place(from: known, to: KnownKey.Role.message.last) {
      let member = members[place]
      known = member.known + 1
      guard member.kind == .text else { continue }
      entry.message = uncoloured(text(member, arenas), arenas)
      if member.known == KnownKey.logText.rawValue { entry.message = chomped(entry, arenas) }
      members.take(place)
      return
    }
    let error =
      textPlace(.errorMessage) ?? textPlace(.errorMessageFlat) ?? textPlace(.errorWord)
      ?? textPlace(.errWord)
    if let error {
      entry.message = uncoloured(text(members[error], arenas), arenas)
      return
    }
    entry.message = entry.frame
  }

  /// The message without the line feed at its end.
  func chomped(_ entry: Entry, _ arenas: ArenaPair) -> ByteRange {
    var message = entry.message
    let bytes = arenas.bytes(message)
    var count = bytes.count
    if count > 0, bytes[count - 1] == 0x0a { count -= 1 }
    if count > 0, count < bytes.count, bytes[count - 1] == 0x0d { count -= 1 }
    message.count = UInt32(count)
    return message
  }

  private mutating func readNames(
    _ entry: inout Entry, of batch: Batch, names: inout NameTable
  ) {
    let arenas = batch.arenas
    entry.host = symbol(.host, in: batch, &names)?.symbol ?? .none
    var known = KnownKey.Role.process.first.rawValue
    while let place = members.place(from: known, to: KnownKey.Role.process.last) {
      known = members[place].known + 1
      guard let pid = number(members[place], arenas) else { continue }
      entry.process = Int32(truncatingIfNeeded: pid)
      members.take(place)
      break
    }
    let program = symbol(.program, in: batch, &names)
    entry.program = program?.symbol ?? .none
    let service = symbol(.service, in: batch, &names) ?? ownerName(in: batch, &names) ?? program
    guard let service else { return }
    entry.service = service.symbol
    entry.stream =
      StableHash(arenas.bytes(service.text)).low
      ^ UInt64(truncatingIfNeeded: entry.process) &* 0x9e37_79b9_7f4a_7c15
  }

  /// The first text under a key of the role, as a name.
  private mutating func symbol(
    _ role: KnownKey.Role, in batch: Batch, _ names: inout NameTable
  ) -> (symbol: Symbol, text: ByteRange)? {
    var known = role.first.rawValue
    while let place = members.place(from: known, to: role.last) {
      known = members[place].known + 1
      guard members[place].kind == .text, members[place].value.count > 0 else { continue }
      let text = text(members[place], batch.arenas)
      members.take(place)
      return (names.symbol(text, in: batch), text)
    }
    return nil
  }

  /// bunyan's and pino's `name`, which is the application: they write numeric levels and a hostname.
  private mutating func ownerName(
    in batch: Batch, _ names: inout NameTable
  ) -> (symbol: Symbol, text: ByteRange)? {
    guard let place = members.place(.name), members[place].kind == .text,
      members[place].value.count > 0, members.has(.hostNameFlat),
      members.member(.level)?.kind == .number
    else { return nil }
    let text = text(members[place], batch.arenas)
    members.take(place)
    return (names.symbol(text, in: batch), text)
  }
}
