/// Where an entry stands among those of all journal files: what a cursor says.
struct JournalLocation: Equatable, Sendable {
  var seqnumID: JournalID
  var seqnum: UInt64
  var boot: JournalID
  /// Microseconds since the boot.
  var monotonic: UInt64
  /// Microseconds since 1970.
  var realtime: UInt64
  /// Of the entry's data, the same wherever it is kept.
  var hash: UInt64

  /// Before, at or behind another location: below, at or above 0.
  ///
  /// As libsystemd orders the entries of several files: by number where one writer numbered both, else
  /// by the time since boot within one boot, else by wall time, at last by content.
  func order(to other: JournalLocation) -> Int {
    if self == other { return 0 }
    if seqnumID == other.seqnumID, seqnum != other.seqnum {
      return seqnum < other.seqnum ? -1 : 1
    }
    if boot == other.boot, monotonic != other.monotonic {
      return monotonic < other.monotonic ? -1 : 1
    }
    if realtime != other.realtime { return realtime < other.realtime ? -1 : 1 }
    if hash != other.hash { return hash < other.hash ? -1 : 1 }
    return 0
  }
}

/// A place in the journal as journalctl writes it: `s=…;i=…;b=…;m=…;t=…;x=…`.
package struct JournalCursor: Equatable, Sendable {
  let location: JournalLocation
  /// As it was given.
  package let text: String

  /// Reads a cursor with all its six parts, in any order; nil where one is missing or none of that kind.
  package init?(_ text: String) {
    var parts: [Character: [UInt8]] = [:]
    for part in text.split(separator: ";") {
      guard let name = part.first, part.dropFirst().first == "=" else { return nil }
      parts[name] = Array(part.dropFirst(2).utf8)
    }
    guard let series = Self.id(parts["s"]), let seqnum = Self.number(parts["i"]),
      let boot = Self.id(parts["b"]), let monotonic = Self.number(parts["m"]),
      let realtime = Self.number(parts["t"]), let hash = Self.number(parts["x"])
    else { return nil }
    location = JournalLocation(
      seqnumID: series, seqnum: seqnum, boot: boot, monotonic: monotonic, realtime: realtime,
      hash: hash)
    self.text = text
  }

  private static func number(_ digits: [UInt8]?) -> UInt64? {
    guard let digits, !digits.isEmpty, digits.count <= 16 else { return nil }
    return UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// 32 hexadecimal digits, two for each byte.
  private static func id(_ digits: [UInt8]?) -> JournalID? {
    guard let digits, digits.count == 32, let first = number(Array(digits[..<16])),
      let second = number(Array(digits[16...]))
    else { return nil }
    return JournalID(first: first.byteSwapped, second: second.byteSwapped)
  }
}

extension JournalCursor {
  init(_ location: JournalLocation) {
    self.location = location
    let hex = { (value: UInt64) in String(value, radix: 16) }
    let id = { (id: JournalID) in
      [id.first, id.second].map { word in
        let digits = hex(word.byteSwapped)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined()
    }
    text =
      "s=\(id(location.seqnumID));i=\(hex(location.seqnum));b=\(id(location.boot))"
      + ";m=\(hex(location.monotonic));t=\(hex(location.realtime));x=\(hex(location.hash))"
  }
}
