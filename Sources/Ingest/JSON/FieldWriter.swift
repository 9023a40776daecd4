internal import Bytes
internal import Model

/// From the members that no attribute was made of to fields.
extension JSONRunDecoder {
  /// Appends the fields: all of them, or those that stages use.
  ///
  /// One with an ECS home gets its name, once; a journald field without one stands behind
  /// `journald.`; a name that is one of ours behind `taffrail.source.`. A repeated name is left out.
  mutating func appendFields(
    _ entry: inout Entry, _ arenas: ArenaPair, since fieldStart: Int,
    into output: inout EntryOutput
  ) {
    for place in 0..<members.count {
      let member = members[place]
      let target = targets[member.known]
      guard !member.isTaken, settings.keepsFields || target.isWanted else { continue }
      var value = Field(spelled: member.key, member.value, kind: member.fieldKind)
      setValue(of: &value, member, entry.format, arenas)
      if target.name != 0, takesHome(&value, member, target, arenas),
        !hasField(target.name, since: fieldStart, output)
      {
        value.name = FieldName(number: target.name)
        value.spelling = .empty
        if value.name == targets.stackTrace { entry.flags.insert(.exception) }
        if target.needsAddress {
          appendAddress(value, arenas, since: fieldStart, into: &output)
          continue
        }
      } else if settings.keepsFields || member.known == KnownKey.kept.rawValue {
        guard let name = ownName(member.key, entry.format, arenas),
          !hasField(spelled: name, arenas, since: fieldStart, output)
        else { continue }
        value.spelling = name
      } else {
        continue
      }
      output.fields.append(value)
    }
  }

  private func setValue(
    of field: inout Field, _ member: Member, _ format: SourceFormat, _ arenas: ArenaPair
  ) {
    guard member.kind == .array else {
      field.value = text(member, arenas)
      return
    }
    if format == .journald, let bytes = ValueArray(member.value, arenas).bytes(into: arenas) {
      field.value = repaired(bytes, arenas)
      field.kind = .text
      return
    }
    let raw = arenas.bytes(member.value)
    let isSpread = raw.scan(for: 0x0a) != nil || raw.scan(for: 0x0d) != nil
    if isSpread { field.value = LineBreaks.blanked(member.value, arenas) }
  }

  /// Appends an address, and the port that stands behind it.
  private func appendAddress(
    _ field: Field, _ arenas: ArenaPair, since fieldStart: Int, into output: inout EntryOutput
  ) {
    guard let part = targets.address(arenas.bytes(field.value)) else { return }
    var field = field
    let whole = field.value
    field.value = whole.part(part.value)
    output.fields.append(field)
    let name = targets.port(besides: field.name)
    guard !part.port.isEmpty, !hasField(name.number, since: fieldStart, output) else { return }
    output.fields.append(Field(name, whole.part(part.port), kind: .number))
  }

  /// Whether a value may stand under the ECS name of its key; makes it of the right kind.
  private func takesHome(
    _ field: inout Field, _ member: Member, _ target: FieldTargets.Target, _ arenas: ArenaPair
  ) -> Bool {
    switch member.kind {
    case .null, .yes, .no, .object: return false
    case .array:
      if target.name == targets.stackTrace.number {
        guard let joined = ValueArray(member.value, arenas).joinedTexts(into: arenas),
          !joined.isEmpty
        else { return false }
        field.value = joined
      } else {
        guard !target.needsNumber,
          let first = AddressText.firstText(arenas.bytes(member.value))
        else { return false }
        field.value = member.value.part(first)
        if target.needsAddress { return targets.address(arenas.bytes(field.value)) != nil }
      }
      field.kind = .text
      return true
    case .number:
      if target.needsLines || target.needsAddress { return false }
      return targets.part(of: arenas.bytes(field.value), for: target) != nil
    case .text:
      guard let part = targets.part(of: arenas.bytes(field.value), for: target) else {
        return false
      }
      if !target.needsAddress { field.value = field.value.part(part) }
      if target.needsNumber { field.kind = .number }
      return true
    }
  }

  private func hasField(_ number: UInt16, since start: Int, _ output: borrowing EntryOutput) -> Bool
  {
    for place in start..<output.fields.count
    where output.fields[place].name.number == number { return true }
    return false
  }

  private func hasField(
    spelled name: ByteRange, _ arenas: ArenaPair, since start: Int,
    _ output: borrowing EntryOutput
  ) -> Bool {
    let bytes = arenas.bytes(name)
    for place in start..<output.fields.count {
      let spelling = output.fields[place].spelling
      if spelling.count == name.count, arenas.bytes(spelling).equals(bytes) { return true }
    }
    return false
  }

  /// The name that a field without an ECS home gets.
  private func ownName(
    _ key: ByteRange, _ format: SourceFormat, _ arenas: ArenaPair
  ) -> ByteRange? {
    var key = key
    if !key.isInSide, members.mayHoldEscapes(in: key) { key = unescaped(key, arenas) }
    let bytes = arenas.bytes(key)
    if bytes.count == 0 { return nil }
    if format == .journald { return prefixed("journald.", key, arenas) }
    if format == .gelf, bytes.count > 1, bytes[0] == 0x5f {
      return ByteRange(start: key.start + 1, count: key.count - 1)
    }
    return OwnNames.has(bytes) ? prefixed("taffrail.source.", key, arenas) : key
  }

  private func prefixed(
    _ prefix: StaticString, _ key: ByteRange, _ arenas: ArenaPair
  ) -> ByteRange? {
    guard let start = arenas.keep(prefix), let rest = arenas.keep(arenas.bytes(key)) else {
      return nil
    }
    return ByteRange(start: start.start, count: start.count + rest.count)
  }
}

/// The names of the normalised entry that are not a source's to give.
enum OwnNames {
  static func has(_ name: Span<UInt8>) -> Bool {
    switch name[0] {
    case 0x40: name.equals("@timestamp")
    case 0x6d: name.equals("message")
    case 0x6c:
      name.equals("log.level") || name.equals("log.logger") || name.equals("log.file.path")
        || name.equals("log.offset") || name.equals("log.line")
    case 0x73:
      name.equals("severity_number") || name.equals("severity_source")
        || name.equals("service.name") || name.equals("span.id")
    case 0x68: name.equals("host.name")
    case 0x70: name.equals("process.name") || name.equals("process.pid")
    case 0x65:
      name.equals("error.type") || name.equals("error.message") || name.equals("error.stack_trace")
        || name.equals("event.category") || name.equals("event.outcome")
        || name.equals("event.action")
    case 0x6a: name.equals("journald.cursor")
    case 0x74: name.equals("trace.id") || name.has("taffrail.", at: 0)
    default: false
    }
  }
}
