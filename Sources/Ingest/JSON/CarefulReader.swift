internal import Bytes
internal import Flow
internal import Model

/// The slow way, for one JSON text: nested, escaped, or not even UTF-8.
extension JSONRunDecoder {
  /// Decodes one text; nothing is appended unless the verdict is `.entry`.
  mutating func readCarefully(
    _ frame: ByteRange, of batch: Batch, line: UInt32, names: inout NameTable,
    into output: inout EntryOutput
  ) -> Verdict {
    let arenas = batch.arenas
    var text = frame
    var isRepaired = false
    if !arenas.bytes(frame).isValidUTF8 {
      let offset = arenas.side.append(String(arenas.bytes(frame)))
      guard let offset else { return .malformed }
      text = ByteRange(offset, count: arenas.side.count - offset, inSide: true)
      isRepaired = true
    }
    let tape = tape
    guard tape.read(arenas.bytes(text)) == .valid, tape.count > 0 else { return .malformed }
    let first = output.entries.count
    switch tape.items[0].kind {
    case .object:
      readObject(0, of: text, arenas)
      if members.has(.resourceLogs) {
        readExport(of: text, frame: frame, batch, line: line, names: &names, into: &output)
      } else {
        appendEntry(frame, of: batch, line: line, names: &names, into: &output)
      }
    case .array:
      let items = tape.items
      var at = 1
      while at < items.count {
        if items[at].kind == .object {
          readObject(at, of: text, arenas)
          appendEntry(frame, of: batch, line: line, names: &names, into: &output)
        }
        at = max(at + 1, Int(items[at].next))
      }
      if output.entries.count == first, items.count > 1 { return .notAnObject }
    default: return .notAnObject
    }
    let made = output.entries.count - first
    if made == 0 { output.frames.blank += 1 } else { output.frames.expanded += made - 1 }
    if isRepaired {
      output.frames.repaired += made
      for place in first..<output.entries.count { output.entries[place].flags.insert(.repaired) }
    }
    return .entry
  }

  /// Notes the members of the object that is the tape's item `root`, nested ones flattened.
  mutating func readObject(_ root: Int, of text: ByteRange, _ arenas: ArenaPair) {
    members.removeAll()
    members.mayHoldEscapes = true
    path.begin(at: Int(tape.items[root].depth))
    flatten(from: root + 1, to: Int(tape.items[root].next), of: text, arenas)
  }

  private mutating func flatten(
    from first: Int, to end: Int, of text: ByteRange, _ arenas: ArenaPair
  ) {
    let tape = tape
    let items = tape.items
    let arena = text.isInSide ? arenas.side : arenas.input
    let name = path.name
    var at = first
    while at < end {
      let item = items[at]
      let depth = Int(item.depth)
      let key = text.part(item.keyStart, item.keyCount)
      let descends = item.kind == .object && path.mayDescend(depth)
      if descends, item.valueCount > 2 {
        let fits = path.enter(
          arenas.bytes(key), depth: depth, isEscaped: item.keyEscaped != 0, in: name)
        at = fits ? at + 1 : max(at + 1, Int(item.next))
        continue
      }
      at = max(at + 1, Int(item.next))
      if descends { continue }
      let keyEnd = key.offset + Int(key.count)
      if path.isOutermost(depth), item.keyEscaped == 0, keyEnd >= 8 {
        let known = keys.find(arena.padded, from: key.offset, to: keyEnd)
        note(item, key: key, known: known, of: text)
        continue
      }
      guard path.enter(arena.bytes(key), depth: depth, isEscaped: item.keyEscaped != 0, in: name)
      else {
        continue
      }
      let known = KeyPath.find(name, keys)
      var spelling = key
      if members.keepsAll || known == KnownKey.kept.rawValue {
        guard let kept = KeyPath.keep(name, arenas) else { continue }
        spelling = kept
      }
      note(item, key: spelling, known: known, of: text)
    }
  }

  mutating func note(_ item: JSONItem, key: ByteRange, known: UInt8, of text: ByteRange) {
    if item.kind == .null { members.countNull() }
    members.append(
      Member(
        key: key, value: text.part(item.valueStart, item.valueCount), kind: Member.Kind(item.kind),
        known: known, isTaken: false))
  }
}

extension ByteRange {
  /// A stretch of this one.
  func part(_ offset: UInt32, _ count: UInt32) -> ByteRange {
    ByteRange(start: start &+ offset, count: count)
  }
}

extension Member.Kind {
  init(_ kind: JSONItem.Kind) {
    switch kind {
    case .string: self = .text
    case .number: self = .number
    case .yes: self = .yes
    case .no: self = .no
    case .null: self = .null
    case .object: self = .object
    case .array: self = .array
    }
  }
}
