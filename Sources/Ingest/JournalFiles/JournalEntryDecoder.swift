package import Bytes
package import Flow
package import Model

/// Entries of journal files, decoded like those of `journalctl -o json --all`.
///
/// A frame only says where the entry stands; its fields become members as if they had stood in a JSON
/// object, so that all that follows is shared. Only what stages want is copied, unless all fields are
/// kept.
/// - Limits: 1,024 fields of an entry; values are cut at the line limit.
extension JSONRunDecoder {
  /// Decodes the entry that a reference names.
  ///
  /// Appends its entry and counts `cut`, `damaged` and `repaired`; the frame itself and what becomes of a
  /// refused one are the caller's to count.
  /// - Returns: `.malformed` where no entry stands there.
  package mutating func decodeReference(
    _ batch: Batch, _ frame: ByteRange, line: UInt32, names: inout NameTable
  ) -> Verdict {
    let arenas = batch.arenas
    guard let set = settings.journals,
      let reference = JournalReference(arenas, at: frame.offset),
      set.files.indices.contains(reference.file)
    else { return .malformed }
    let journal = set.files[reference.file]
    guard let entry = journal.entry(at: reference.offset) else { return .malformed }
    members.removeAll()
    noteHead(entry.location, arenas)
    var flaws = JournalFlaws()
    let map = journal.map
    let file = map.span
    let isCompact = journal.header.isCompact
    let number = UInt32(truncatingIfNeeded: reference.file)
    for index in 0..<entry.itemCount {
      let offset = entry.item(index, file, isCompact: isCompact)
      let datum: JournalDataCache.Datum
      if let known = journalData.find(offset, number) {
        datum = known
      } else {
        datum = read(offset, of: journal, number, arenas)
      }
      flaws.add(datum.flaws)
      if !datum.isIdle { note(datum, arenas) }
    }
    var output = EntryOutput(taking: batch)
    appendJournalEntry(frame, of: batch, line: line, names: &names, into: &output)
    count(flaws, &output)
    output.giveBack(to: batch)
    return .entry
  }

  /// Forgets what stood in the batch before; to be called before a batch's first reference.
  mutating func beginJournalBatch(_ arenas: ArenaPair) {
    journalData.beginBatch()
    journalKeys = JournalHeadKeys(keepsAll: settings.keepsFields, arenas)
  }

  /// Reads a data object, and remembers it where other entries have it as well.
  private mutating func read(
    _ offset: UInt64, of journal: JournalFile, _ number: UInt32, _ arenas: ArenaPair
  ) -> JournalDataCache.Datum {
    let map = journal.map
    let file = map.span
    let head = JournalPayload.start(isCompact: journal.header.isCompact)
    var datum = JournalDataCache.Datum()
    guard let object = JournalObject(file, journal.header, at: offset, .data), object.size > head
    else {
      datum.isIdle = true
      datum.flaws.isDamaged = true
      return datum
    }
    let start = object.start + head
    let end = object.start + object.size
    let isWanted: Bool
    if object.flags & JournalPayload.compressed != 0 {
      isWanted = readCompressed(file, start..<end, object.flags, arenas, into: &datum)
    } else {
      isWanted = readPlain(file, start..<end, arenas, into: &datum)
    }
    datum.isIdle = !isWanted
    if isWanted { check(&datum, arenas) }
    // What one entry alone has is not met again.
    if file.word(at: object.start + 56) > 1, !datum.flaws.isDamaged {
      journalData.keep(datum, offset, number)
    }
    return datum
  }

  /// Takes in `NAME=value` as it stands in the file; false where nobody wants it.
  private func readPlain(
    _ file: Span<UInt8>, _ content: Range<Int>, _ arenas: ArenaPair,
    into datum: inout JournalDataCache.Datum
  ) -> Bool {
    guard let nameEnd = nameEnd(file, content) else { return false }
    datum.known = known(file, content.lowerBound..<nameEnd)
    guard datum.known != 0 || members.keepsAll,
      datum.known != KnownKey.bootID.rawValue
    else { return false }
    let kept = min(content.count, nameEnd - content.lowerBound + 1 + settings.lineLimit)
    datum.flaws.isCut = kept < content.count
    let bytes = file.extracting(content.lowerBound..<(content.lowerBound + kept))
    guard let copy = arenas.keep(bytes) else {
      datum.flaws.isDamaged = true
      return false
    }
    split(copy, nameCount: nameEnd - content.lowerBound, into: &datum)
    return true
  }

  /// The same of compressed content, which is laid out at the side arena's end.
  private mutating func readCompressed(
    _ file: Span<UInt8>, _ packed: Range<Int>, _ flags: UInt8, _ arenas: ArenaPair,
    into datum: inout JournalDataCache.Datum
  ) -> Bool {
    let side = arenas.side
    let start = side.count
    let isWhole = journalPayload.decompress(
      file.extracting(packed), flags: flags, into: side,
      limit: settings.lineLimit + JournalField.nameLimit + 1)
    guard let isWhole else {
      datum.flaws.isDamaged = true
      return false
    }
    datum.flaws.isCut = !isWhole
    let padded = side.padded
    guard let nameEnd = nameEnd(padded, start..<side.count) else {
      side.truncate(to: start)
      return false
    }
    datum.known = known(padded, start..<nameEnd)
    guard datum.known != 0 || members.keepsAll, datum.known != KnownKey.bootID.rawValue else {
      side.truncate(to: start)
      return false
    }
    let copy = ByteRange(start, count: side.count - start, inSide: true)
    split(copy, nameCount: nameEnd - start, into: &datum)
    return true
  }

  /// Where the name ends that content begins with; nil where it is no field.
  @inline(__always)
  private func nameEnd(_ bytes: Span<UInt8>, _ content: Range<Int>) -> Int? {
    var at = content.lowerBound
    let end = min(content.upperBound, at + JournalField.nameLimit + 1)
    while at < end, bytes[at] != 0x3d { at += 1 }
    return at < end && at > content.lowerBound ? at : nil
  }

  private func split(
    _ content: ByteRange, nameCount: Int, into datum: inout JournalDataCache.Datum
  ) {
    datum.key = content
    datum.key.count = UInt32(nameCount)
    datum.value = ByteRange(
      start: content.start + UInt32(nameCount) + 1, count: content.count - UInt32(nameCount) - 1)
  }

  /// The known key that a name is; at a file's end there is no room behind it for wide loads.
  @inline(__always)
  private func known(_ bytes: Span<UInt8>, _ name: Range<Int>) -> UInt8 {
    guard name.lowerBound + 32 <= bytes.count, name.upperBound >= 8 else {
      return knownAtEdge(bytes, name)
    }
    return keys.find(bytes, from: name.lowerBound, to: name.upperBound)
  }

  @inline(never)
  private func knownAtEdge(_ bytes: Span<UInt8>, _ name: Range<Int>) -> UInt8 {
    let copy = Arena(capacity: 128)
    copy.append(word: 0)
    copy.append(bytes.extracting(name))
    return keys.find(copy.padded, from: 8, to: 8 + name.count)
  }

  /// Repairs what is not UTF-8.
  private func check(_ datum: inout JournalDataCache.Datum, _ arenas: ArenaPair) {
    let value = repaired(datum.value, arenas)
    if value != datum.value, datum.known == KnownKey.journalMessage.rawValue {
      datum.flaws.isRepaired = true
    }
    datum.value = value
    if members.keepsAll, datum.known == 0 { datum.key = repaired(datum.key, arenas) }
  }

  private mutating func note(_ datum: JournalDataCache.Datum, _ arenas: ArenaPair) {
    if let earlier = place(of: datum.key, known: datum.known, arenas) {
      repeated(earlier, datum.value, arenas)
      return
    }
    members.append(
      Member(
        key: datum.key, value: datum.value, kind: .text, known: datum.known, isTaken: false))
  }

  private func count(_ flaws: JournalFlaws, _ output: inout EntryOutput) {
    guard flaws.isDamaged || flaws.isCut || flaws.isRepaired, let last = output.entries.indices.last
    else { return }
    if flaws.isDamaged { output.frames.damaged += 1 }
    if flaws.isCut {
      output.entries[last].flags.insert(.cut)
      output.frames.cut += 1
    }
    if flaws.isRepaired {
      output.entries[last].flags.insert(.repaired)
      output.frames.repaired += 1
    }
  }
}
