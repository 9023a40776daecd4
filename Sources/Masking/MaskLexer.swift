internal import Bytes
internal import Model

/// The cheap half of masking: one pass over a message's bytes that puts typed wildcards for values.
///
/// The message is cut into chunks at white space and `= , ; ( ) [ ] { } " ' < > | :`. A chunk of
/// letters and marks is copied as it stands; one that holds a digit, a slash, a backslash or an at sign
/// is classified (`MaskLexer+Chunk`), and so is what begins with a chunk but goes beyond it: a time, a
/// colon-separated address, a URL (`MaskLexer+Reach`). Words without digits always stay, since the dear
/// rules of Grouping see nothing but this text.
/// - Result: a pure function of the bytes. White space is squeezed to one space and cut at both ends; a
///   wildcard's spelling that the message itself holds is written with a backslash before it.
/// - Limits: 4,096 bytes and 512 words; what is behind them becomes one `<*>`.
struct MaskLexer {
  static let byteLimit = 4096
  static let wordLimit = 512
  /// 32 KiB: the output is at most five times as long as what of the input is masked.
  static let outputBits = 15

  let classes = ByteClass.table
  let wellKnown = WellKnownWords()
  private let marks = TextMarks()
  /// Each wildcard's text, zeros, and its length as the last byte.
  let spellings: [SIMD16<UInt8>]

  init() {
    spellings = Wildcard.allCases.map { wildcard in
      let bytes = wildcard.bytes
      return SIMD16(bytes + Array(repeating: 0, count: 15 - bytes.count) + [UInt8(bytes.count)])
    }
  }

  /// Writes the masked text and tells its length.
  func mask(_ text: Span<UInt8>, into out: inout MutableSpan<UInt8>) -> Int {
    text.count <= TextMarks.capacity ? maskByMarks(text, into: &out) : maskByBytes(text, into: &out)
  }

  /// By the marks of a text that is too short for either limit: what lies between stops is copied whole.
  private func maskByMarks(_ text: Span<UInt8>, into out: inout MutableSpan<UInt8>) -> Int {
    marks.scan(text)
    let end = text.count
    var at = 0
    var filled = 0
    while true {
      let stop = marks.stop(from: at)
      if stop == end {
        out.copy(at..<end, of: text, at: filled)
        filled &+= end &- at
        break
      }
      if !marks.isDelimiter(stop) {
        let start = marks.chunkStart(of: stop, from: at)
        out.copy(at..<start, of: text, at: filled)
        filled &+= start &- at
        let chunkEnd = marks.delimiter(from: stop)
        if maskPlainly(text, start..<chunkEnd, &out, &filled) {
          at = chunkEnd
          continue
        }
        let seen = seen(text, start..<chunkEnd)
        at = maskChunk(text, start..<chunkEnd, end, seen, &out, &filled)
        continue
      }
      out.copy(at..<stop, of: text, at: filled)
      filled &+= stop &- at
      let byte = text[stop]
      if byte == 0x3a {
        let start = marks.chunkStart(of: stop, from: at)
        if let reach = reachOverColon(text, start, stop, end, seen(text, start..<stop)) {
          filled &-= stop &- start
          put(reach.wildcard, &out, &filled)
          at = reach.end
          continue
        }
      } else if byte != 0x3c {
        if filled > 0, out[filled &- 1] != 0x20 {
          out[filled] = 0x20
          filled &+= 1
        }
        at = stop &+ 1
        continue
      } else if Wildcard.spelled(in: text, at: stop) != nil {
        out[filled] = 0x5c
        filled &+= 1
      }
      out[filled] = byte
      filled &+= 1
      at = stop &+ 1
    }
    while filled > 0, out[filled &- 1] == 0x20 { filled &-= 1 }
    return filled
  }

  /// Masks a chunk of the commonest kinds by the bits of its digits, and tells whether it was one: a number
  /// (`42`, `3.14`), an address, or a name with a number behind it (`worker-15`). What they become is what
  /// `maskChunk` makes of them.
  @inline(__always)
  private func maskPlainly(
    _ text: Span<UInt8>, _ chunk: Range<Int>, _ out: inout MutableSpan<UInt8>, _ filled: inout Int
  ) -> Bool {
    let length = chunk.count
    let start = chunk.lowerBound
    guard length <= 64, chunk.upperBound == text.count || text[chunk.upperBound] != 0x3a
    else { return false }
    let (digits, values) = marks.values(from: start, count: length)
    guard digits == values else { return false }
    let others = ~digits & (~0 &>> UInt64(truncatingIfNeeded: 64 &- length))
    if others == 0 {
      put(.num, &out, &filled)
      return true
    }
    if digits & 1 != 0 {
      let dot = others.trailingZeroBitCount
      guard text[start &+ dot] == 0x2e, dot &+ 1 < length else { return false }
      if others & (others &- 1) == 0 {
        put(.num, &out, &filled)
        return true
      }
      let end = chunk.upperBound
      guard others.nonzeroBitCount == 3, addressEnd(text, start, end) == end else { return false }
      put(.ip, &out, &filled)
      return true
    }
    let atEnd = ~(digits &<< UInt64(truncatingIfNeeded: 64 &- length))
    let first = length &- atEnd.leadingZeroBitCount
    // Digits at the end alone, a letter at the start, and no 36 bytes, which may be a UUID.
    guard first < length, digits & ((1 &<< UInt64(truncatingIfNeeded: first)) &- 1) == 0,
      length != 36, classes[text[start]] & ByteClass.alphabetic != 0
    else { return false }
    var cut = start &+ first
    // Of hexadecimal digits alone it may be something else.
    guard seen(text, start..<cut) & (ByteClass.letter | ByteClass.mark) != 0,
      !wellKnown.holds(text, start, chunk.upperBound)
    else { return false }
    if first >= 2, text[cut &- 1] == 0x2d, classes[text[cut &- 2]] & ByteClass.mark != 0 {
      cut &-= 1
    }
    out.copy(start..<cut, of: text, at: filled)
    filled &+= cut &- start
    put(.num, &out, &filled)
    return true
  }

  /// The classes of a chunk's bytes.
  @inline(__always)
  private func seen(_ text: Span<UInt8>, _ chunk: Range<Int>) -> UInt8 {
    var seen: UInt8 = 0
    for index in chunk { seen |= classes[text[index]] }
    return seen
  }

  /// Byte by byte: for texts of any length, and what the other way is held against in tests.
  func maskByBytes(_ text: Span<UInt8>, into out: inout MutableSpan<UInt8>) -> Int {
    let end = Self.end(of: text)
    var isCut = end < text.count
    var words = 0
    var at = 0
    var filled = 0
    var start = 0
    var outStart = 0
    var seen: UInt8 = 0
    while at < end {
      let byte = text[at]
      let class_ = classes[byte]
      if class_ & ByteClass.delimiter == 0 {
        seen |= class_
        out[filled] = byte
        filled &+= 1
        at &+= 1
        continue
      }
      if seen & ByteClass.notable != 0 {
        filled = outStart
        at = maskChunk(text, start..<at, end, seen, &out, &filled)
        start = at
        outStart = filled
        seen = 0
        continue
      }
      if class_ & ByteClass.space != 0 {
        if filled > 0, out[filled &- 1] != 0x20 {
          out[filled] = 0x20
          filled &+= 1
          words &+= 1
          if words == Self.wordLimit, at < end &- 1 {
            isCut = true
            break
          }
        }
        at &+= 1
      } else if byte == 0x3a, let reach = reachOverColon(text, start, at, end, seen) {
        filled = outStart
        put(reach.wildcard, &out, &filled)
        at = reach.end
      } else {
        if byte == 0x3c, Wildcard.spelled(in: text, at: at) != nil {
          out[filled] = 0x5c
          filled &+= 1
        }
        out[filled] = byte
        filled &+= 1
        at &+= 1
      }
      start = at
      outStart = filled
      seen = 0
    }
    if seen & ByteClass.notable != 0 {
      filled = outStart
      _ = maskChunk(text, start..<end, end, seen, &out, &filled)
    }
    while filled > 0, out[filled &- 1] == 0x20 { filled &-= 1 }
    if isCut {
      if filled > 0 {
        out[filled] = 0x20
        filled &+= 1
      }
      put(.any, &out, &filled)
    }
    return filled
  }

  /// Where masking stops: the message's end, or the last white space before the limit.
  private static func end(of text: Span<UInt8>) -> Int {
    guard text.count > byteLimit else { return text.count }
    var end = byteLimit
    while end > byteLimit &- 256 {
      if text[end] <= 0x20 { return end }
      end &-= 1
    }
    return byteLimit
  }

  @inline(__always)
  func put(_ wildcard: Wildcard, _ out: inout MutableSpan<UInt8>, _ filled: inout Int) {
    let spelling = spellings[Int(wildcard.rawValue)]
    let count = Int(spelling[15])
    out.store(spelling, count, at: filled)
    filled &+= count
  }

  @inline(__always)
  func copy(
    _ text: Span<UInt8>, _ range: Range<Int>, _ out: inout MutableSpan<UInt8>, _ filled: inout Int
  ) {
    for index in range {
      out[filled] = text[index]
      filled &+= 1
    }
  }

  @inline(__always)
  func isDigit(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    at < end && text[at] &- 0x30 < 10
  }

  @inline(__always)
  func has(_ text: Span<UInt8>, _ at: Int, _ end: Int, _ classes: UInt8) -> Bool {
    at < end && self.classes[text[at]] & classes != 0
  }

  /// How many digits stand from `at`.
  @inline(__always)
  func digits(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    var index = at
    while index < end, text[index] &- 0x30 < 10 { index &+= 1 }
    return index &- at
  }
}

/// A value that goes beyond its first chunk: what it is and where it ends.
struct Reach {
  var wildcard: Wildcard
  var end: Int
}
