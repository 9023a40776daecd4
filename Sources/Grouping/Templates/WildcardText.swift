internal import Bytes
internal import Model

/// Rewrites of a template's text for those who read it.
package enum WildcardText {
  /// The template with `<*>` for each kind of wildcard; what a backslash marks as the message's own text
  /// stays as it is.
  package static func plain(_ template: String) -> String {
    let bytes = Array(template.utf8)
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if let wildcard = Wildcard.standing(in: bytes.span, at: at) {
        out += Wildcard.any.bytes
        at += wildcard.bytes.count
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The message's own text without the backslashes that tell it from wildcards.
  package static func unescaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    for at in bytes.indices {
      if bytes[at] == 0x5c, at + 1 < bytes.count,
        Wildcard.spelled(in: bytes.span, at: at + 1) != nil
      {
        continue
      }
      out.append(bytes[at])
    }
    return String(decoding: out, as: UTF8.self)
  }
}
