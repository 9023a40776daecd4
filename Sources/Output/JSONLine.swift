internal import Bytes
package import Model

/// A flat JSON object on a line of its own, for commands whose output no stage makes.
package struct JSONLine: ~Copyable {
  private var out = ByteBuffer(capacity: 256)

  package init(kind: String) {
    out.openObject()
    out.pair("kind", kind)
  }

  package mutating func pair(_ name: StaticString, _ value: String?) {
    out.pair(name, ifAny: value)
  }

  package mutating func pair(_ name: StaticString, _ value: Int) { out.pair(name, value) }

  package mutating func pair(_ name: StaticString, _ value: Double?) {
    out.pair(name, ifAny: value)
  }

  /// RFC 3339 in UTC.
  package mutating func pair(_ name: StaticString, _ time: Timestamp?) { out.pair(name, time) }

  package mutating func pair(_ name: StaticString, _ texts: [String]) { out.pair(name, texts) }

  package mutating func pair(_ name: StaticString, _ value: Bool) {
    out.key(name)
    out.write(value ? "true" as StaticString : "false" as StaticString)
  }

  /// The line with its end.
  package consuming func text() -> String {
    out.closeObject()
    out.write(0x0a)
    return out.text()
  }
}
