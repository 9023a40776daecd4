internal import Bytes
internal import Model

/// Trace and span ids, under a key of their own or within W3C's `traceparent`.
extension JSONRunDecoder {
  mutating func readTrace(
    _ entry: inout Entry, _ arenas: ArenaPair, into output: inout EntryOutput
  ) {
    var known = KnownKey.Role.trace.first.rawValue
    while let place = members.place(from: known, to: KnownKey.Role.trace.last) {
      let member = members[place]
      if let trace = traceID(member, arenas) {
        entry.trace = trace
        members.take(place)
        return
      }
      known = member.known + 1
    }
    guard let place = members.place(.traceParent), members[place].kind == .text,
      let parent = TraceParent(members[place].value, arenas)
    else { return }
    members.take(place)
    entry.trace = parent.trace
    if members.place(from: KnownKey.Role.span.first.rawValue, to: KnownKey.Role.span.last) == nil {
      output.fields.append(Field(targets.spanID, parent.span))
    }
  }

  private func traceID(_ member: Member, _ arenas: ArenaPair) -> ByteRange? {
    guard member.kind == .text, member.value.count > 0 else { return nil }
    var range = text(member, arenas)
    let bytes = arenas.bytes(range)
    if member.known == KnownKey.googleTrace.rawValue, let slash = bytes.scanLast(for: 0x2f) {
      range.start += UInt32(slash + 1)
      range.count -= UInt32(slash + 1)
    } else if member.known == KnownKey.traceWord.rawValue {
      guard bytes.count == 32 || bytes.count == 16, bytes.isHexadecimal(0..<bytes.count) else {
        return nil
      }
    }
    return range.isEmpty || isZero(arenas.bytes(range)) ? nil : range
  }

  private func isZero(_ bytes: Span<UInt8>) -> Bool {
    for index in 0..<bytes.count where bytes[index] != 0x30 { return false }
    return true
  }
}

/// W3C Trace Context's header value: `00-<32 hex>-<16 hex>-<2 hex>`; version ff is invalid, of later
/// versions the first 55 characters count.
struct TraceParent {
  let trace: ByteRange
  let span: ByteRange

  init?(_ range: ByteRange, _ arenas: ArenaPair) {
    let bytes = arenas.bytes(range)
    guard bytes.count >= 55, bytes[2] == 0x2d, bytes[35] == 0x2d, bytes[52] == 0x2d,
      bytes.isHexadecimal(0..<2), bytes.isHexadecimal(3..<35), bytes.isHexadecimal(36..<52),
      bytes.isHexadecimal(53..<55), !bytes.has("ff", at: 0),
      !bytes.has("00000000000000000000000000000000", at: 3), !bytes.has("0000000000000000", at: 36)
    else { return nil }
    trace = range.part(3, 32)
    span = range.part(36, 16)
  }
}

extension Span<UInt8> {
  fileprivate func isHexadecimal(_ range: Range<Int>) -> Bool {
    for index in range {
      let byte = self[index]
      guard byte ^ 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 5 else { return false }
    }
    return true
  }
}
