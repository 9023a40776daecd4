internal import Bytes
package import Flow
package import Model

/// Entries of journal files, decoded like those of `journalctl -o json --all`.
///
/// A frame only says where the entry stands; its fields become members as if they had stood in a JSON
/// object, so that all that follows is shared. Only what stages want is copied, unless all fields are
/// kept.
/// - Limits: 1,024 fields of an entry; values are cut at the line limit.
extension JSONRunDecoder {
  /// Decodes the entries that a batch's references from `start` on name; each counts as a line, as
  /// journalctl's are.
  ///
  /// What is no entry counts as unparsed.
  package mutating func decodeReferences(
    _ batch: Batch, from start: Int, names: inout NameTable
  ) {
    let arenas = batch.arenas
    guard let journals = settings.journals else { return }
    journalData.beginBatch()
    journalKeys = JournalHeadKeys(keepsAll: settings.keepsFields, arenas)
    var output = EntryOutput(taking: batch)
    let size = JournalReference.size
    let end = arenas.input.count
    var at = start
    var line: UInt32 = 0
    while at < end {
      output.frames.read &+= 1
      output.frames.lines &+= 1
      let frame = ByteRange(at, count: min(size, end - at))
      let reference = JournalReference(arenas, at: at)
      let isEntry =
        if let reference, journals.files.indices.contains(reference.file) {
          decode(
            reference, of: journals.files[reference.file], frame, batch, line: line, names: &names,
            into: &output)
        } else {
          false
        }
      if !isEntry { output.frames.unparsed &+= 1 }
      line &+= 1
      at += size
    }
    output.giveBack(to: batch)
  }

  /// Decodes one entry; false where none stands there.
  @inline(__always)
  private mutating func decode(
    _ reference: JournalReference, of journal: JournalFile, _ frame: ByteRange, _ batch: Batch,
    line: UInt32, names: inout NameTable, into output: inout EntryOutput
  ) -> Bool {
    let arenas = batch.arenas
    guard let entry = journal.entry(at: reference.offset) else { return false }
    members.removeAll()
    noteHead(entry.location, arenas)
    var flaws = JournalFlaws()
    let map = journal.map
    let file = map.span
    let isCompact = journal.header.isCompact
    for index in 0..<entry.itemCount {
      let offset = entry.item(index, file, isCompact: isCompact)
      let object = JournalDataCache.object(offset, file: reference.file)
      if journalData.isIdle(object) { continue }
      if let datum = journalData.find(object) {
        note(datum, arenas)
        flaws.add(datum.flaws)
        continue
      }
      var reader = JournalDatumReader(file, journal.header, arenas)
      if let datum = reader.read(offset, object, &self) { note(datum, arenas) }
      flaws.add(reader.flaws)
    }
    appendJournalEntry(frame, of: batch, line: line, names: &names, into: &output)
    if !flaws.isEmpty { count(flaws, &output) }
    return true
  }

  @inline(__always)
  private mutating func note(_ datum: JournalDataCache.Datum, _ arenas: ArenaPair) {
    if members.keepsAll || datum.known == KnownKey.kept.rawValue || members.has(datum.known),
      let earlier = place(of: datum.name, known: datum.known, arenas)
    {
      repeated(earlier, datum.value, arenas)
      return
    }
    members.append(
      Member(
        key: datum.name, value: datum.value, kind: .text, known: datum.known, isTaken: false))
  }

  private func count(_ flaws: JournalFlaws, _ output: inout EntryOutput) {
    guard let last = output.entries.indices.last else { return }
    if flaws.has(.damaged) { output.frames.damaged += 1 }
    if flaws.has(.cut) {
      output.entries[last].flags.insert(.cut)
      output.frames.cut += 1
    }
    if flaws.has(.repaired) {
      output.entries[last].flags.insert(.repaired)
      output.frames.repaired += 1
    }
  }
}
