package import Bytes
package import Flow
package import Model

/// Decodes JSON frames: runs of lines by the fast scanner, single texts by the careful reader.
///
/// An object is told by its keys: the journal's, Docker's, GELF's, OTLP's; all others are JSON lines
/// under the names that common loggers use. One for each worker; its scratch is reused.
///
/// - Limits: 1,024 members of an object, 16 levels of flattening (what lies deeper stays JSON text),
///   nesting of 128; a frame beyond the line limit is cut to a plain message.
package struct JSONRunDecoder: ~Copyable {
  /// What a text turned out to be.
  package enum Verdict: Sendable { case entry, notAnObject, malformed }

  let settings: DecodingSettings
  let keys: KeyTable
  let targets: FieldTargets
  let index = StructureIndex()
  let tape = JSONTape()
  var members: MemberList
  var path = KeyPath()
  var journalData: JournalDataCache
  var journalPayload = JournalPayload()
  var journalKeys = JournalHeadKeys()

  /// A first chunk is small, in case the run is short; then they grow to what the index takes.
  private static let firstReach = 4096

  package init(_ settings: DecodingSettings) {
    self.settings = settings
    keys = KeyTable()
    targets = FieldTargets()
    members = MemberList(keepsAll: settings.keepsFields)
    journalData = JournalDataCache(isWanted: settings.journals != nil)
  }

  /// Decodes the frames from `offset` on that begin with `{` (blanks before it allowed) or are blank.
  ///
  /// Entries, fields and counts are appended to the batch; `line` is advanced by each frame.
  /// - Returns: where the first other frame begins, or the content's end.
  package mutating func decodeRun(
    _ batch: Batch, from offset: Int, line: inout UInt32, names: inout NameTable
  ) -> Int {
    let input = batch.arenas.input
    let end = input.count
    var output = EntryOutput(taking: batch)
    var at = offset
    var reach = Self.firstReach
    while at < end {
      let bytes = input.padded
      guard isBlankOrObject(bytes, at, end) else { break }
      let size = min(reach, end - at)
      index.scan(input, from: at, size: size)
      guard index.consumed > 0 else {
        if size < end - at, reach < StructureIndex.capacity {
          reach *= 2
          continue
        }
        let feed = input.span.scan(for: 0x0a, from: at)
        let frame = ByteRange(at, count: (feed ?? end) - at)
        decodeLine(frame, of: batch, line: line, names: &names, into: &output)
        line &+= 1
        at = feed.map { $0 + 1 } ?? end
        continue
      }
      let chunkEnd = at + index.consumed
      at = decodeChunk(from: at, of: batch, line: &line, names: &names, into: &output)
      if at < chunkEnd { break }
      reach = min(reach * 2, StructureIndex.capacity)
    }
    output.giveBack(to: batch)
    return at
  }

  /// Decodes the frames of the chunk that the index holds, up to the first that is no object.
  private mutating func decodeChunk(
    from start: Int, of batch: Batch, line: inout UInt32, names: inout NameTable,
    into output: inout EntryOutput
  ) -> Int {
    let input = batch.arenas.input
    let bytes = input.padded
    let index = index
    let positions = index.positions
    let end = start + index.consumed
    let isText =
      !index.isWide || input.bytes(start, count: index.consumed).isValidUTF8
    let walker = FlatObjectWalker(base: start)
    var place = 0
    var at = start
    while at < end {
      var brace = at
      while bytes[brace] == 0x20 { brace &+= 1 }
      guard bytes[brace] == 0x7b else {
        guard isBlankOrObject(bytes, at, end) else { return at }
        while bytes[start + Int(positions[place])] != 0x0a { place += 1 }
        let feed = start + Int(positions[place])
        countBlank(into: &output)
        line &+= 1
        place += 1
        at = feed + 1
        continue
      }
      members.removeAll()
      var feedPlace = -1
      if isText {
        feedPlace = walker.walk(
          bytes, positions, from: brace, first: place, keys: keys, into: &members)
      }
      if feedPlace >= 0 {
        let feed = start &+ Int(positions[feedPlace])
        if index.mayHoldBackslash(from: at &- start, to: feed &- start),
          !acceptsEscapes(bytes, positions, place..<feedPlace, base: start, from: brace, to: feed)
        {
          feedPlace = -1
        }
      }
      if feedPlace >= 0 {
        let feed = start &+ Int(positions[feedPlace])
        let frame = ByteRange(at, count: feed &- at)
        output.frames.read &+= 1
        output.frames.lines &+= 1
        appendEntry(frame, of: batch, line: line, names: &names, into: &output)
        place = feedPlace &+ 1
        at = feed &+ 1
      } else {
        while bytes[start + Int(positions[place])] != 0x0a { place += 1 }
        let feed = start + Int(positions[place])
        decodeLine(
          ByteRange(at, count: feed - at), of: batch, line: line, names: &names, into: &output)
        place += 1
        at = feed + 1
      }
      line &+= 1
    }
    return at
  }

  /// Whether the escapes of a frame that was walked are valid and none stands in a key; notes where
  /// they stand. Nearly every journal entry has one, the line feed in `_SELINUX_CONTEXT`.
  ///
  /// - Parameters:
  ///   - places: of the frame's quotes among the positions, which count from `base`.
  private mutating func acceptsEscapes(
    _ bytes: Span<UInt8>, _ positions: Span<UInt32>, _ places: Range<Int>, base: Int,
    from start: Int, to feed: Int
  ) -> Bool {
    let frame = bytes.extracting(0..<feed)
    guard let first = frame.scan(for: 0x5c, from: start) else { return true }
    var at = first
    var place = places.lowerBound
    while true {
      place = Self.place(behind: at &- base, in: positions, place..<places.upperBound)
      let quote = base &+ Int(positions[place])
      guard frame.extracting(at..<quote).hasValidJSONEscapes else { return false }
      var behind = quote &+ 1
      while bytes[behind] == 0x20 { behind &+= 1 }
      if bytes[behind] == 0x3a { return false }
      guard let next = frame.scan(for: 0x5c, from: quote) else {
        members.noteEscapes(first..<quote)
        return true
      }
      at = next
    }
  }

  /// The first place of a position behind `offset`, by bisection; the range's end where there is none.
  private static func place(
    behind offset: Int, in positions: Span<UInt32>, _ places: Range<Int>
  ) -> Int {
    var low = places.lowerBound
    var high = places.upperBound
    while low < high {
      let middle = (low &+ high) / 2
      if Int(positions[middle]) > offset { high = middle } else { low = middle &+ 1 }
    }
    return low
  }

  /// Whether the line at `at` begins with `{`, or has nothing but blanks.
  private func isBlankOrObject(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    var at = at
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0d { at += 1 }
    return at >= end || bytes[at] == 0x7b || bytes[at] == 0x0a
  }

  private func countBlank(into output: inout EntryOutput) {
    output.frames.read += 1
    output.frames.lines += 1
    output.frames.blank += 1
  }

  /// Decodes one line carefully and counts what it was.
  private mutating func decodeLine(
    _ frame: ByteRange, of batch: Batch, line: UInt32, names: inout NameTable,
    into output: inout EntryOutput
  ) {
    output.frames.read += 1
    output.frames.lines += 1
    if Int(frame.count) > settings.lineLimit {
      appendCut(frame, of: batch, line: line, into: &output)
      return
    }
    let verdict = readCarefully(frame, of: batch, line: line, names: &names, into: &output)
    guard verdict != .entry else { return }
    let arenas = batch.arenas
    let isBlank = arenas.bytes(frame).isBlank
    if isBlank { output.frames.blank += 1 } else { output.frames.unparsed += 1 }
  }

  /// Decodes one JSON text with its bounds given: an object, or an array of objects.
  ///
  /// Appends its entries and counts `expanded`, `withheld` and `repaired`; the frame itself, its lines
  /// and what becomes of a refused one are the caller's to count. An array or an OTLP request without
  /// any entry counts as blank.
  package mutating func decodeFrame(
    _ batch: Batch, _ frame: ByteRange, line: UInt32, names: inout NameTable
  ) -> Verdict {
    var output = EntryOutput(taking: batch)
    let verdict = readCarefully(frame, of: batch, line: line, names: &names, into: &output)
    output.giveBack(to: batch)
    return verdict
  }
}

extension Span<UInt8> {
  /// Whether it holds nothing but white space.
  fileprivate var isBlank: Bool {
    for index in 0..<count {
      let byte = self[index]
      if byte != 0x20, byte != 0x09, byte != 0x0d, byte != 0x0a { return false }
    }
    return true
  }
}
