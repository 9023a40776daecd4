internal import Bytes
internal import Model

/// JSON objects and arrays, key by key; a comma is set wherever something stands before.
extension ByteBuffer {
  mutating func openObject() { write(0x7b) }

  mutating func closeObject() { write(0x7d) }

  mutating func key(_ name: StaticString) {
    separate()
    write(0x22)
    write(name)
    write(#"":"# as StaticString)
  }

  mutating func key(_ name: String) {
    separate()
    writeJSON(string: name)
    write(0x3a)
  }

  mutating func pair(_ name: StaticString, _ value: String) {
    key(name)
    writeJSON(string: value)
  }

  /// Nothing where there is no value, or an empty one.
  mutating func pair(_ name: StaticString, ifAny value: String?) {
    if let value, !value.isEmpty { pair(name, value) }
  }

  mutating func pair(_ name: StaticString, _ value: Int) {
    key(name)
    write(decimal: Int64(value))
  }

  mutating func pair(_ name: StaticString, _ value: Double) {
    key(name)
    writeJSON(number: value)
  }

  mutating func pair(_ name: StaticString, ifAny value: Double?) {
    if let value { pair(name, value) }
  }

  /// Nothing where the moment is unknown.
  mutating func pair(_ name: StaticString, _ time: Timestamp?) {
    guard let time, time.isKnown else { return }
    key(name)
    writeJSON(time: time)
  }

  mutating func pair(_ name: StaticString, _ texts: [String]) {
    key(name)
    write(0x5b)
    for text in texts {
      separate()
      writeJSON(string: text)
    }
    write(0x5d)
  }

  /// By key, so that equal maps give equal bytes.
  mutating func pair(_ name: StaticString, sorted map: [String: String]) {
    key(name)
    openObject()
    for (label, value) in map.sorted(by: { $0.key < $1.key }) {
      key(label)
      writeJSON(string: value)
    }
    closeObject()
  }

  /// An array with each of `values` written by `write`.
  mutating func array<Value>(
    _ name: StaticString, _ values: [Value], _ write: (inout ByteBuffer, Value) -> Void
  ) {
    key(name)
    self.write(0x5b)
    for value in values {
      separate()
      write(&self, value)
    }
    self.write(0x5d)
  }

  /// RFC 3339 in UTC with 0, 3, 6 or 9 fractional digits, the fewest that say it all.
  mutating func writeJSON(time: Timestamp) {
    let fraction = time.nanoseconds % 1_000_000_000
    let digits =
      fraction == 0 ? 0 : fraction % 1_000_000 == 0 ? 3 : fraction % 1000 == 0 ? 6 : 9
    write(0x22)
    write(time, fractionDigits: digits)
    write(0x22)
  }

  /// A comma, unless something has just been opened or nothing stands before.
  mutating func separate() {
    guard count > 0 else { return }
    let last = span[count - 1]
    if last != 0x7b, last != 0x5b, last != 0x0a { write(0x2c) }
  }
}
