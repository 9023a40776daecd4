/// White space as JSON and XML define it: blank, tab, line feed, carriage return.
extension UInt8 {
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0d || self == 0x0a }
}

extension Span<UInt8> {
  /// The first place from `start` on that is no white space, or the end.
  func behindSpace(_ start: Int) -> Int { behindSpace(start, before: count) }

  /// The first place from `start` on that is no white space, `end` at most.
  func behindSpace(_ start: Int, before end: Int) -> Int {
    var at = start
    while at < end, self[at].isSpace { at += 1 }
    return at
  }
}
