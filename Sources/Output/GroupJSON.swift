package import Bytes
package import Model

/// The JSON lines of `groups` (CONTRACT section 5).
package enum GroupJSON {
  package static func write(_ line: GroupLine, to out: inout ByteBuffer) {
    writeObject(line, to: &out)
    out.write(0x0a)
  }

  static func writeObject(_ line: GroupLine, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("group", line.reference.id.description)
    out.pair("template", line.reference.template)
    out.pair("count", line.count)
    out.pair("share", (line.share * 1e6).rounded() / 1e6)
    if line.severity != .unknown { out.pair("severity", line.severity.name) }
    out.pair("category", line.category.name)
    out.pair("services", line.services)
    out.pair("first_seen", line.firstSeen)
    out.pair("last_seen", line.lastSeen)
    out.pair("kind", line.kind == .exception ? "exception" : "message")
    if !line.messages.isEmpty { writeMessages(line.messages, to: &out) }
    out.pair("exemplar", ifAny: line.exemplar)
    out.closeObject()
  }

  private static func writeMessages(_ messages: [GroupProfile.Message], to out: inout ByteBuffer) {
    out.key("messages")
    out.write(0x5b)
    for (index, message) in messages.enumerated() {
      if index > 0 { out.write(0x2c) }
      out.openObject()
      out.pair("template", message.template)
      out.pair("count", message.count)
      out.closeObject()
    }
    out.write(0x5d)
  }

  /// The line of one entry with `--per-entry`.
  ///
  /// - Parameters:
  ///   - line: the 1-based line on which the entry starts.
  ///   - parameters: what stands for the template's wildcards, in order.
  package static func write(
    line: Int64, group: GroupID, template: Span<UInt8>, parameters: Span<ByteRange>,
    in arenas: ArenaPair, to out: inout ByteBuffer
  ) {
    out.write(#"{"line":"# as StaticString)
    out.write(decimal: line)
    out.write(#","group":""# as StaticString)
    out.write(hex: group.number)
    out.write(#"","template":"# as StaticString)
    out.writeJSON(string: template)
    out.write(#","params":"# as StaticString)
    out.writeJSON(texts: parameters, in: arenas)
    out.write("}\n" as StaticString)
  }
}

extension ByteBuffer {
  /// 16 lower-case hexadecimal digits.
  mutating func write(hex number: UInt64) {
    var shift: UInt64 = 64
    while shift > 0 {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: number >> shift & 15)
      write(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// A JSON array of strings.
  mutating func writeJSON(texts: Span<ByteRange>, in arenas: ArenaPair) {
    write(0x5b)
    for index in 0..<texts.count {
      if index > 0 { write(0x2c) }
      writeJSON(string: arenas.bytes(texts[index]))
    }
    write(0x5d)
  }
}
