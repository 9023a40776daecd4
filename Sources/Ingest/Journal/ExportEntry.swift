package import Bytes
package import Flow
package import Model

/// Entries of `journalctl -o export`, decoded like those of `-o json`.
///
/// The fields become members as if they had stood in a JSON object, so that all that follows is shared:
/// a repeated field is a JSON array of its values, one that is not UTF-8 is repaired. Nothing is withheld
/// here, so long values are whole where JSON gives `null`.
extension JSONRunDecoder {
  /// Decodes the body of one export frame.
  ///
  /// - Parameter isCut: its last field may be a part, which is taken as it stands.
  ///
  /// Appends its entry and counts `repaired`; the frame itself, its lines and what becomes of a refused
  /// one are the caller's to count. Lines that are no field are passed over.
  /// - Returns: `.malformed` where it holds no field at all.
  package mutating func decodeExport(
    _ batch: Batch, _ frame: ByteRange, isCut: Bool = false, line: UInt32, names: inout NameTable
  ) -> Verdict {
    let arenas = batch.arenas
    let isText = arenas.bytes(frame).isValidUTF8
    members.removeAll()
    var fields = 0
    var isRepaired = false
    var at = frame.offset
    let end = at + Int(frame.count)
    while at < end {
      let input = arenas.input
      let name: Range<Int>
      let value: Range<Int>
      switch JournalField.next(input.span, from: at, end: end, isWhole: !isCut) {
      case .field(let found, let content, let next):
        (name, value, at) = (found, content, next)
      case .openText(let found, let content):
        (name, value, at) = (found, content, end)
      case .openBytes(let found, let content, _):
        (name, value, at) = (found, content, end)
      case .openName:
        at = end
        continue
      case .broken(let next), .blank(let next):
        at = next
        continue
      }
      fields += 1
      note(name, value, isText: isText, arenas, isRepaired: &isRepaired)
    }
    guard fields > 0 else { return .malformed }
    var output = EntryOutput(taking: batch)
    appendJournalEntry(frame, of: batch, line: line, names: &names, into: &output)
    if isRepaired, let last = output.entries.indices.last {
      output.entries[last].flags.insert(.repaired)
      output.frames.repaired += 1
    }
    output.giveBack(to: batch)
    return .entry
  }

  private mutating func note(
    _ name: Range<Int>, _ value: Range<Int>, isText: Bool, _ arenas: ArenaPair,
    isRepaired: inout Bool
  ) {
    let key = ByteRange(name.lowerBound, count: name.count)
    var text = ByteRange(value.lowerBound, count: value.count)
    let known = known(name, arenas)
    guard known != 0 || members.keepsAll else { return }
    if let earlier = place(of: key, known: known, arenas) {
      repeated(earlier, text, arenas)
      return
    }
    if !isText { text = repaired(text, arenas) }
    if known == KnownKey.journalMessage.rawValue {
      isRepaired = text.isInSide
      // Colours are looked for in the side arena alone: JSON can't hold an ESC unescaped.
      if !text.isInSide, arenas.bytes(text).scan(for: 0x1b) != nil {
        text = arenas.keep(arenas.bytes(text)) ?? text
      }
    }
    members.append(Member(key: key, value: text, kind: .text, known: known, isTaken: false))
  }

  /// The known key that a name is; those at the very start have no room before them for wide loads.
  private mutating func known(_ name: Range<Int>, _ arenas: ArenaPair) -> UInt8 {
    let input = arenas.input
    if name.upperBound >= 8 {
      return keys.find(input.padded, from: name.lowerBound, to: name.upperBound)
    }
    path.begin(at: 0)
    let bytes = input.bytes(name.lowerBound, count: name.count)
    let copy = path.name
    return path.enter(bytes, depth: 1, isEscaped: false, in: copy) ? KeyPath.find(copy, keys) : 0
  }

  /// The place of a field's earlier value; well-known keys by their index, others by their name.
  func place(of key: ByteRange, known: UInt8, _ arenas: ArenaPair) -> Int? {
    if known != 0, known != KnownKey.kept.rawValue {
      return members.place(from: known, to: KnownKey(rawValue: known) ?? .none)
    }
    let name = arenas.bytes(key)
    for place in 0..<members.count where members[place].key.count == key.count {
      if arenas.bytes(members[place].key).equals(name) { return place }
    }
    return nil
  }

  /// Adds a value to those that the field has, as a JSON array; left out where the side arena is full.
  mutating func repeated(_ place: Int, _ value: ByteRange, _ arenas: ArenaPair) {
    var member = members[place]
    let side = arenas.side
    let mark = side.count
    let isLast =
      member.kind == .array && member.value.offset + Int(member.value.count) == mark
    var isWritten = true
    var start = mark
    if isLast {
      start = member.value.offset
      side.truncate(to: mark - 1)
    } else if member.kind == .array {
      let earlier = arenas.bytes(member.value)
      isWritten = side.append(earlier.extracting(0..<(earlier.count - 1))) != nil
    } else {
      isWritten = side.append(0x5b) && ExportValue.write(member.value, arenas)
    }
    isWritten = isWritten && side.append(0x2c) && ExportValue.write(value, arenas)
    guard isWritten, side.append(0x5d) else {
      side.truncate(to: isLast ? mark - 1 : mark)
      if isLast { side.append(0x5d) }
      return
    }
    member.value = ByteRange(start, count: side.count - start, inSide: true)
    member.kind = .array
    members[place] = member
  }
}
