internal import Bytes

/// Reads a data object that a worker doesn't know yet: `NAME=value`, as it stands or compressed.
struct JournalDatumReader: ~Escapable {
  private let file: Span<UInt8>
  private let header: JournalHeader
  private let arenas: ArenaPair
  /// What was wrong with it.
  private(set) var flaws = JournalFlaws()

  @_lifetime(copy file)
  init(_ file: Span<UInt8>, _ header: JournalHeader, _ arenas: ArenaPair) {
    self.file = file
    self.header = header
    self.arenas = arenas
  }

  /// The field, copied to the side arena; nil where nobody wants it or it can't be read.
  ///
  /// It is remembered where the object says that other entries have it as well.
  mutating func read(
    _ offset: UInt64, _ object: UInt64, _ decoder: inout JSONRunDecoder
  ) -> JournalDataCache.Datum? {
    let head = JournalPayload.start(isCompact: header.isCompact)
    guard let found = JournalObject(file, header, at: offset, .data), found.size > head else {
      flaws.add(.damaged)
      return nil
    }
    let content = (found.start + head)..<(found.start + found.size)
    let isShared = file.word(at: found.start + 56) > 1
    let isPacked = found.flags & JournalPayload.compressed != 0
    let taken =
      isPacked ? readPacked(content, found.flags, &decoder) : readPlain(content, decoder)
    guard var datum = taken else {
      if isShared, !flaws.has(.damaged) { decoder.journalData.noteIdle(object) }
      return nil
    }
    repair(&datum, decoder)
    datum.flaws = flaws
    if isShared { decoder.journalData.keep(datum, object) }
    return datum
  }

  /// Takes in content as it stands in the file.
  private mutating func readPlain(
    _ content: Range<Int>, _ decoder: borrowing JSONRunDecoder
  ) -> JournalDataCache.Datum? {
    guard let nameEnd = Self.nameEnd(file, content),
      let known = Self.wanted(file, content.lowerBound..<nameEnd, decoder)
    else { return nil }
    let nameCount = nameEnd - content.lowerBound
    let kept = min(content.count, nameCount + 1 + decoder.settings.lineLimit)
    if kept < content.count { flaws.add(.cut) }
    let bytes = file.extracting(content.lowerBound..<(content.lowerBound + kept))
    guard let copy = arenas.keep(bytes) else {
      flaws.add(.damaged)
      return nil
    }
    return Self.datum(copy, nameCount: nameCount, known: known)
  }

  /// Takes in compressed content, which is laid out at the side arena's end.
  private mutating func readPacked(
    _ packed: Range<Int>, _ flags: UInt8, _ decoder: inout JSONRunDecoder
  ) -> JournalDataCache.Datum? {
    let side = arenas.side
    let start = side.count
    let isWhole = decoder.journalPayload.decompress(
      file.extracting(packed), flags: flags, into: side,
      limit: decoder.settings.lineLimit + JournalField.nameLimit + 1)
    guard let isWhole else {
      flaws.add(.damaged)
      return nil
    }
    let content = side.padded
    guard let nameEnd = Self.nameEnd(content, start..<side.count),
      let known = Self.wanted(content, start..<nameEnd, decoder)
    else {
      side.truncate(to: start)
      return nil
    }
    let limit = nameEnd - start + 1 + decoder.settings.lineLimit
    if !isWhole || side.count - start > limit {
      side.truncate(to: start + limit)
      flaws.add(.cut)
    }
    let copy = ByteRange(start, count: side.count - start, inSide: true)
    return Self.datum(copy, nameCount: nameEnd - start, known: known)
  }

  private static func datum(
    _ content: ByteRange, nameCount: Int, known: UInt8
  ) -> JournalDataCache.Datum {
    var datum = JournalDataCache.Datum()
    datum.known = known
    datum.name = ByteRange(start: content.start, count: UInt32(nameCount))
    datum.value = ByteRange(
      start: content.start + UInt32(nameCount) + 1, count: content.count - UInt32(nameCount) - 1)
    return datum
  }

  /// Where the name ends that content begins with; nil where it is no field.
  @inline(__always)
  private static func nameEnd(_ bytes: Span<UInt8>, _ content: Range<Int>) -> Int? {
    var at = content.lowerBound
    let end = min(content.upperBound, at + JournalField.nameLimit + 1)
    while at < end, bytes[at] != 0x3d { at += 1 }
    return at < end && at > content.lowerBound ? at : nil
  }

  /// The known key that a name is, or 0; nil where nobody wants it. The boot stands in the entry's head.
  @inline(__always)
  private static func wanted(
    _ bytes: Span<UInt8>, _ name: Range<Int>, _ decoder: borrowing JSONRunDecoder
  ) -> UInt8? {
    // Wide loads need room around the name, which a file's last one lacks.
    let known =
      name.lowerBound + 32 <= bytes.count && name.upperBound >= 8
      ? decoder.keys.find(bytes, from: name.lowerBound, to: name.upperBound)
      : knownAtEdge(bytes, name, decoder)
    let isWanted = known != 0 || decoder.members.keepsAll
    return isWanted && known != KnownKey.bootID.rawValue ? known : nil
  }

  @inline(never)
  private static func knownAtEdge(
    _ bytes: Span<UInt8>, _ name: Range<Int>, _ decoder: borrowing JSONRunDecoder
  ) -> UInt8 {
    let copy = Arena(capacity: 128)
    copy.append(word: 0)
    copy.append(bytes.extracting(name))
    return decoder.keys.find(copy.padded, from: 8, to: 8 + name.count)
  }

  /// Puts U+FFFD for what is not UTF-8.
  private mutating func repair(
    _ datum: inout JournalDataCache.Datum, _ decoder: borrowing JSONRunDecoder
  ) {
    let value = decoder.repaired(datum.value, arenas)
    if value != datum.value, datum.known == KnownKey.journalMessage.rawValue {
      flaws.add(.repaired)
    }
    datum.value = value
    if decoder.members.keepsAll, datum.known == 0 {
      datum.name = decoder.repaired(datum.name, arenas)
    }
  }
}
