import Bytes
import Flow
import Model

/// Divides a batch's input into frames and decodes each into entries, without looking at others.
struct FrameReader: ~Copyable {
  let settings: DecodingSettings
  var names = NameTable()
  private var text: TextDecoder
  var json: JSONRunDecoder
  /// JSON is looked for: no other format was asked for.
  private let readsJSON: Bool
  /// Docker cuts lines at 16 KiB; a shorter one without a line feed is whole, as shippers that strip
  /// line feeds write it. A little less, since bad UTF-8 changes the length.
  private static let dockerCut = 16_000
  /// Where each entry's frame starts, for framings in which the body doesn't.
  private var frameStarts: [Int] = []

  init(_ settings: DecodingSettings) {
    self.settings = settings
    text = TextDecoder(settings)
    json = JSONRunDecoder(settings)
    switch settings.format {
    case .plain, .logfmt, .syslog, .cri, .clf, .cef, .csv, .leef, .w3c, .pack: readsJSON = false
    default: readsJSON = true
    }
  }

  /// To be called before a batch is read.
  mutating func begin(_ batch: Batch) {
    names.beginBatch(batch)
    if batch.restartsNames { text.forgetNames() }
  }

  /// Input offset at which the frame of entry `index` starts.
  func frameStart(of index: Int, _ batch: Batch) -> Int {
    guard batch.framing != .lines, batch.framing != .journalEntries, index < frameStarts.count
    else {
      return batch.entries[index].frame.offset
    }
    return frameStarts[index]
  }

  /// Decodes entry `index` anew, whose message was joined from the parts of a cut line.
  mutating func decodeParts(_ index: Int, in batch: Batch) {
    decodeMessage(index, in: batch)
  }

  /// Decodes the text that the message of entry `index` is, as a container wrote it.
  private mutating func decodeMessage(_ index: Int, in batch: Batch) {
    var entry = batch.entries[index]
    let message = entry.message
    guard !message.isEmpty else { return }
    let fieldStart = batch.fields.count
    for field in entry.fieldRange { batch.fields.append(batch.fields[field]) }
    entry.fieldStart = UInt32(truncatingIfNeeded: fieldStart)
    let arenas = batch.arenas
    text.decodeInner(
      FrameText(arenas.bytes(message), start: message.start), into: &entry, in: batch,
      names: &names)
    decodeObject(in: &entry, of: batch)
    entry.countFields(of: batch)
    batch.entries[index] = entry
  }

  /// Appends the entries and counts of the frames from `start` on.
  mutating func read(_ batch: Batch, from start: Int) {
    frameStarts.removeAll(keepingCapacity: true)
    switch batch.framing {
    case .lines: readLines(batch, from: start)
    case .csv: readRecords(batch, from: start)
    case .columns: readExtended(batch, from: start)
    case .journalEntries: json.decodeReferences(batch, from: start, names: &names)
    default: readFrames(batch, from: start)
    }
  }

  private mutating func readLines(_ batch: Batch, from start: Int) {
    let arena = batch.arenas.input
    let input = arena.span
    let checks = FrameChecks(input, limit: settings.lineLimit)
    var at = start
    var line: UInt32 = 0
    var read = 0
    var blank = 0
    // Out of the batch while they grow: an access to a class's property is checked each time.
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    while at < input.count {
      if readsJSON, input[at] == 0x7b || input[at].isBlank && beginsObject(input, at) {
        swap(&entries, &batch.entries)
        let next = readRun(batch, from: at, &line)
        swap(&entries, &batch.entries)
        if next > at {
          at = next
          continue
        }
      }
      let end = input.scan(for: 0x0a, from: at) ?? input.count
      read += 1
      if readsJSON, input[at] == 0x5b, holdsArray(input, at, end) {
        swap(&entries, &batch.entries)
        let isRead = readArray(batch, at..<end, line)
        swap(&entries, &batch.entries)
        if isRead {
          line &+= 1
          at = end + 1
          continue
        }
      }
      if !readText(batch, at..<end, line, checks, into: &entries) { blank += 1 }
      line &+= 1
      at = end + 1
    }
    swap(&entries, &batch.entries)
    batch.frames.read += read
    batch.frames.lines += read
    batch.frames.blank += blank
  }

  /// Makes a plain entry of the last line, which the reader cut, where its object could not be decoded;
  /// marks the last entry as cut.
  func noteCutEnd(_ batch: Batch) {
    let arenas = batch.arenas
    let arena = arenas.input
    let input = arena.span
    let end = input.count > 0 && input[input.count - 1] == 0x0a ? input.count - 1 : input.count
    let start = input.extracting(..<end).scanLast(for: 0x0a).map { $0 + 1 } ?? 0
    let last = batch.entries.count - 1
    if batch.framing == .jsonObjects || batch.framing == .xmlEvents { return }
    if last >= 0, batch.framing != .lines || batch.entries[last].frame.offset >= start {
      batch.entries[last].flags.insert(.cut)
      return
    }
    guard batch.framing == .lines, end > start, batch.frames.unparsed > 0,
      !isBlank(input, start, end)
    else { return }
    var entry = Entry()
    entry.format = .json
    entry.frame = ByteRange(start, count: end - start)
    entry.line = UInt32(truncatingIfNeeded: batch.frames.lines - 1)
    entry.flags.insert(.cut)
    entry.message = FrameChecks(input, limit: .max).text(start..<end, batch, &entry.flags)
    entry.fieldStart = UInt32(truncatingIfNeeded: batch.fields.count)
    batch.entries.append(entry)
    batch.frames.unparsed -= 1
  }

  /// Whether a frame may be an array of objects, or an empty one.
  private func holdsArray(_ input: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    let seen = input.extracting(..<end)
    let first = seen.behindSpace(from + 1)
    guard first < end, end - from <= settings.lineLimit else { return false }
    if seen[first] == 0x5d { return seen.behindSpace(first + 1) == end }
    return seen[first] == 0x7b && seen[seen.trimmedEnd(first, end) - 1] == 0x5d
  }

  /// Decodes an array's objects; false where it is none, with nothing changed.
  private mutating func readArray(_ batch: Batch, _ body: Range<Int>, _ line: UInt32) -> Bool {
    let first = batch.entries.count
    let frame = ByteRange(body.lowerBound, count: body.count)
    guard json.decodeFrame(batch, frame, line: line, names: &names) == .entry else { return false }
    decodeContainers(batch, from: first)
    return true
  }

  private func beginsObject(_ input: Span<UInt8>, _ at: Int) -> Bool {
    input.holds(0x7b, at: input.skipBlanks(at))
  }

  /// Decodes the run of objects at `start`, and the texts that containers wrote in them.
  private mutating func readRun(_ batch: Batch, from start: Int, _ line: inout UInt32) -> Int {
    let first = batch.entries.count
    let next = json.decodeRun(batch, from: start, line: &line, names: &names)
    decodeContainers(batch, from: first)
    return next
  }

  /// Decodes the texts that containers wrote in the entries from `first` on.
  private mutating func decodeContainers(_ batch: Batch, from first: Int) {
    let arenas = batch.arenas
    for index in first..<batch.entries.count {
      if batch.entries[index].format == .json {
        let message = arenas.bytes(batch.entries[index].message)
        if message.count > 8, message[0] == 0x3c, JSONRunDecoder.isEvent(message) {
          decodeEventMessage(index, in: batch)
        }
        continue
      }
      guard batch.entries[index].format == .docker else { continue }
      let entry = batch.entries[index]
      if entry.lineRole == .partial, entry.message.count < Self.dockerCut {
        batch.entries[index].lineRole = .entry
      }
      guard entry.severity == .unknown, batch.entries[index].lineRole != .partial else { continue }
      decodeMessage(index, in: batch)
    }
  }

  /// Goes through frames that are not lines.
  private mutating func readFrames(_ batch: Batch, from start: Int) {
    let arena = batch.arenas.input
    let input = arena.span
    let checks = FrameChecks(input, limit: settings.lineLimit)
    var at = start
    var line: UInt32 = 0
    let isWhole = !batch.endsCut
    while let frame = FrameWalk.next(
      batch.framing, input, from: at, atEnd: true, isWhole: isWhole)
    {
      let isElement =
        batch.framing == .jsonObjects
        && JSONObjectFrame.isElement(input, at..<frame.body.lowerBound)
      // An array is one frame, however many of its elements come one by one.
      if isElement { batch.frames.expanded += 1 } else { batch.frames.read += 1 }
      let lines = input.count(of: 0x0a, at, frame.next)
      batch.frames.lines += lines
      let passed = UInt32(truncatingIfNeeded: input.count(of: 0x0a, at, frame.body.lowerBound))
      readFrame(batch, frame, line &+ passed, checks)
      while frameStarts.count < batch.entries.count { frameStarts.append(at) }
      line &+= UInt32(truncatingIfNeeded: lines)
      at = frame.next
    }
  }

  /// Decodes a frame that is no line and counts what it was.
  private mutating func readFrame(
    _ batch: Batch, _ frame: Frame, _ line: UInt32, _ checks: FrameChecks
  ) {
    let arena = batch.arenas.input
    guard frame.kind != .blank else {
      batch.frames.blank += 1
      return
    }
    let body = ByteRange(frame.body.lowerBound, count: frame.body.count)
    if batch.framing == .journalExport {
      let isCut = frame.kind == .cut
      if json.decodeExport(batch, body, isCut: isCut, line: line, names: &names) != .entry {
        batch.frames.unparsed += 1
      }
      return
    }
    if frame.kind == .broken, batch.framing == .jsonObjects || batch.framing == .xmlEvents {
      batch.frames.unparsed += 1
      return
    }
    if batch.framing == .xmlEvents, XMLEventFrame.isEvent(arena.span, at: frame.body.lowerBound) {
      if !readEvent(batch, frame.body, line, checks) { batch.frames.unparsed += 1 }
      return
    }
    let first = batch.entries.count
    let isObject = readsJSON && beginsObject(arena.span, frame.body.lowerBound)
    if isObject || batch.framing == .jsonSequence {
      if json.decodeFrame(batch, body, line: line, names: &names) == .entry {
        decodeContainers(batch, from: first)
      } else {
        batch.frames.unparsed += 1
      }
      return
    }
    if readsJSON, frame.body.count > 1, arena.span[frame.body.lowerBound] == 0x5b,
      holdsArray(arena.span, frame.body.lowerBound, frame.body.upperBound),
      readArray(batch, frame.body, line)
    {
      return
    }
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    if !readText(batch, frame.body, line, checks, into: &entries) { batch.frames.blank += 1 }
    swap(&entries, &batch.entries)
  }

  /// Decodes the text frame whose body is `body`; false where that is blank.
  ///
  /// - Parameter entries: the batch's, which are not in it meanwhile.
  @inline(__always)
  mutating func readText(
    _ batch: Batch, _ body: Range<Int>, _ line: UInt32, _ checks: FrameChecks,
    into entries: inout [Entry]
  ) -> Bool {
    let arenas = batch.arenas
    let arena = arenas.input
    let input = arena.span
    var end = body.upperBound
    if end > body.lowerBound, input[end - 1] == 0x0d { end -= 1 }
    if isBlank(input, body.lowerBound, end) { return false }
    var entry = Entry()
    entry.frame = ByteRange(body.lowerBound, count: body.count)
    entry.line = line
    entry.fieldStart = UInt32(truncatingIfNeeded: batch.fields.count)
    let range = checks.text(body.lowerBound..<end, batch, &entry.flags)
    let frame = FrameText(arenas.bytes(range), start: range.start)
    guard frame.count > 0 else { return false }
    text.decode(frame, into: &entry, in: batch, names: &names)
    if readsJSON { decodeObject(in: &entry, of: batch) }
    entry.countFields(of: batch)
    entries.append(entry)
    return true
  }

  /// Decodes a message that is a whole JSON object; what that lacks stays the header's.
  @inline(__always)
  private mutating func decodeObject(in entry: inout Entry, of batch: Batch) {
    let arenas = batch.arenas
    let message = arenas.bytes(entry.message)
    if message.count > 8, message[0] == 0x3c, entry.lineRole != .partial,
      JSONRunDecoder.isEvent(message)
    {
      decodeWholeEvent(in: &entry, of: batch)
      return
    }
    guard message.count > 1, message[0] == 0x7b, entry.lineRole != .partial,
      message[message.trimmedEnd(0, message.count) - 1] == 0x7d
    else { return }
    decodeWholeObject(in: &entry, of: batch)
  }

  private mutating func decodeWholeObject(in entry: inout Entry, of batch: Batch) {
    let count = batch.entries.count
    let fieldCount = batch.fields.count
    let frames = batch.frames
    let verdict = json.decodeFrame(batch, entry.message, line: entry.line, names: &names)
    let made = batch.entries.count - count
    guard verdict == .entry, made == 1 else {
      batch.entries.removeSubrange(count...)
      batch.fields.removeSubrange(fieldCount...)
      batch.frames = frames
      return
    }
    let inner = batch.entries.removeLast()
    entry.adopt(inner)
  }

  @inline(__always)
  private func isBlank(_ input: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at < to {
      guard input[at].isBlank else { return false }
      at += 1
    }
    return true
  }
}
