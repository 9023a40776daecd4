internal import Bytes
internal import Flow
internal import Model

/// Lines of Docker's json-file driver: `log`, `stream` and `time`.
extension JSONRunDecoder {
  /// Makes an entry of the line; where its text is a JSON object itself, that is the entry.
  ///
  /// A text without a line feed at its end was cut at 16 KiB and goes on in the next frame.
  mutating func appendContainerEntry(
    _ frame: ByteRange, of batch: Batch, line: UInt32, names: inout NameTable,
    into output: inout EntryOutput
  ) {
    let arenas = batch.arenas
    let fieldStart = output.fields.count
    var entry = Entry()
    entry.format = .docker
    entry.frame = frame
    entry.line = line
    if let place = members.place(KnownKey.time), let read = stamp(members[place], arenas) {
      entry.time = read.time
      entry.timeDigits = read.digits
      entry.timeSource = .stamp
      members.take(place)
    }
    if let stream = members.member(.stream) {
      entry.stream = StableHash(arenas.bytes(stream.value)).low
    }
    if let place = members.place(.logText), members[place].kind == .text {
      entry.message = text(members[place], arenas)
      let bytes = arenas.bytes(entry.message)
      if bytes.count > 0, bytes[bytes.count - 1] != 0x0a { entry.lineRole = .partial }
      entry.message = uncoloured(chomped(entry, arenas), arenas)
      members.take(place)
    }
    if settings.keepsFields || members.has(KeyTrait.wanted) {
      appendFields(&entry, arenas, since: fieldStart, into: &output)
    }
    if entry.lineRole != .partial, arenas.bytes(entry.message).has("{", at: 0),
      appendInner(entry, fieldStart: fieldStart, of: batch, names: &names, into: &output)
    {
      return
    }
    output.append(entry, fieldStart: fieldStart)
  }

  /// Makes the entry of the object that is the line's text; what it lacks is the line's.
  private mutating func appendInner(
    _ outer: Entry, fieldStart: Int, of batch: Batch, names: inout NameTable,
    into output: inout EntryOutput
  ) -> Bool {
    let arenas = batch.arenas
    let tape = tape
    guard tape.read(arenas.bytes(outer.message)) == .valid, tape.count > 0,
      tape.items[0].kind == .object
    else { return false }
    readObject(0, of: outer.message, arenas)
    guard !members.has(.resourceLogs) else { return false }
    appendApplicationEntry(
      outer.message, as: .docker, of: batch, line: outer.line, names: &names, into: &output)
    let place = output.entries.count - 1
    output.entries[place].frame = outer.frame
    if !output.entries[place].time.isKnown {
      output.entries[place].time = outer.time
      output.entries[place].timeDigits = outer.timeDigits
      output.entries[place].timeSource = outer.timeSource
    }
    output.entries[place].stream ^= outer.stream
    output.entries[place].fieldStart = UInt32(truncatingIfNeeded: fieldStart)
    output.entries[place].fieldCount = UInt16(
      truncatingIfNeeded: min(output.fields.count - fieldStart, 65_535))
    return true
  }

  /// Makes a plain entry of a frame that is longer than the line limit, cut there.
  func appendCut(
    _ frame: ByteRange, of batch: Batch, line: UInt32, into output: inout EntryOutput
  ) {
    let arenas = batch.arenas
    var entry = Entry()
    entry.format = .json
    entry.frame = frame
    entry.line = line
    entry.flags.insert(.cut)
    var start = frame
    let bytes = arenas.bytes(frame)
    var count = min(settings.lineLimit, bytes.count)
    while count > 0, count < bytes.count, bytes[count] & 0xc0 == 0x80 { count -= 1 }
    start.count = UInt32(count)
    entry.message = repaired(start, arenas)
    if entry.message != start {
      entry.flags.insert(.repaired)
      output.frames.repaired += 1
    }
    output.frames.cut += 1
    output.append(entry, fieldStart: output.fields.count)
  }
}
