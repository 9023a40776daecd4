internal import Bytes
internal import Model

/// The verdict over a chunk that holds a digit or one of `/ \ @ ~`.
extension MaskLexer {
  /// Writes what becomes of the chunk and tells where the text goes on, which may be beyond it.
  func maskChunk(
    _ text: Span<UInt8>, _ chunk: Range<Int>, _ end: Int, _ seen: UInt8,
    _ out: inout MutableSpan<UInt8>, _ filled: inout Int
  ) -> Int {
    let start = chunk.lowerBound
    if seen == ByteClass.digit, chunk.upperBound >= end || text[chunk.upperBound] != 0x3a {
      put(.num, &out, &filled)
      return chunk.upperBound
    }
    if seen == ByteClass.digit | ByteClass.mark, chunk.count >= 7, chunk.count <= 15,
      addressEnd(text, start, chunk.upperBound) == chunk.upperBound
    {
      return finish(.ip, text, start, chunk.upperBound, chunk, end, &out, &filled)
    }
    if seen & ByteClass.digit != 0 {
      if chunk.upperBound &+ 2 < end, text[chunk.upperBound] == 0x3a,
        text[chunk.upperBound &+ 1] == 0x2f,
        let reach = reachOverColon(text, start, chunk.upperBound, end, seen)
      {
        // The scheme of a URL may hold digits: `s3://`.
        put(reach.wildcard, &out, &filled)
        return reach.end
      }
      let first = classes[text[start]]
      if first & ByteClass.digit != 0,
        let reach = reachFromDigits(text, start, chunk.upperBound, end)
      {
        put(reach.wildcard, &out, &filled)
        return reach.end
      }
      if first & ByteClass.hexadecimal != 0, chunk.count <= 4, chunk.upperBound < end,
        text[chunk.upperBound] == 0x3a, let reach = colonHex(text, start, end)
      {
        put(reach.wildcard, &out, &filled)
        return reach.end
      }
      if seen == ByteClass.digit {
        put(.num, &out, &filled)
        return chunk.upperBound
      }
    }

    var coreEnd = chunk.upperBound
    trim: while coreEnd > start {
      switch text[coreEnd &- 1] {
      case 0x2e, 0x21, 0x3f, 0x2a, 0x5c, 0x60: coreEnd &-= 1
      default: break trim
      }
    }
    var core = start
    lead: while core < coreEnd {
      switch text[core] {
      case 0x23, 0x24, 0x2a, 0x2b, 0x2d, 0x25, 0x26, 0x21, 0x60: core &+= 1
      case 0x7e where !(core &+ 1 < coreEnd && text[core &+ 1] == 0x2f): core &+= 1
      case 0x40: core &+= 1
      default: break lead
      }
    }
    if core == coreEnd {
      copy(text, chunk, &out, &filled)
      return chunk.upperBound
    }
    if seen & ByteClass.special != 0, let path = pathKind(text, core..<coreEnd, seen) {
      if case .path = path, core == start, text[core] == 0x2f, holdsQuery(text, core..<coreEnd) {
        // A request's path goes on with its query, whatever delimiters that holds.
        put(.path, &out, &filled)
        return urlEnd(text, core, end)
      }
      return finish(path, text, core, coreEnd, chunk, end, &out, &filled)
    }
    if seen & ByteClass.digit == 0 {
      copy(text, chunk, &out, &filled)
      return chunk.upperBound
    }
    if classes[text[core]] & ByteClass.digit != 0 {
      if let value = number(text, core, coreEnd, seen) {
        // A sign belongs to its number; a run of signs does not.
        let from = core &- start == 1 ? start : core
        return finish(value, text, from, coreEnd, chunk, end, &out, &filled)
      }
    } else if wellKnown.holds(text, core, coreEnd) {
      copy(text, chunk, &out, &filled)
      return chunk.upperBound
    } else if let hex = hexKind(text, core, coreEnd, seen) {
      return finish(hex, text, core, coreEnd, chunk, end, &out, &filled)
    } else if core == start, let cut = trailingNumber(text, core, coreEnd) {
      copy(text, start..<cut, &out, &filled)
      return finish(.num, text, cut, coreEnd, cut..<chunk.upperBound, end, &out, &filled)
    } else if core == start, let inner = innerDigits(text, core, coreEnd) {
      copy(text, start..<inner.lowerBound, &out, &filled)
      put(.num, &out, &filled)
      copy(text, inner.upperBound..<chunk.upperBound, &out, &filled)
      return chunk.upperBound
    }
    return finish(.id, text, core, coreEnd, chunk, end, &out, &filled)
  }

  /// Writes the signs before a value, its wildcard, and the closing marks behind it.
  private func finish(
    _ wildcard: Wildcard, _ text: Span<UInt8>, _ core: Int, _ coreEnd: Int, _ chunk: Range<Int>,
    _ end: Int, _ out: inout MutableSpan<UInt8>, _ filled: inout Int
  ) -> Int {
    copy(text, chunk.lowerBound..<core, &out, &filled)
    if case .path = wildcard, core == chunk.lowerBound, text[core] == 0x5c, core >= 2,
      text[core &- 1] == 0x3a, filled >= 2,
      classes[text[core &- 2]] & ByteClass.alphabetic != 0,
      core == 2 || classes[text[core &- 3]] & ByteClass.delimiter != 0
    {
      // The drive letter and its colon stand before the backslash.
      filled &-= 2
    }
    put(wildcard, &out, &filled)
    if case .ip = wildcard, coreEnd == chunk.upperBound, coreEnd &+ 1 < end, text[coreEnd] == 0x3a {
      let port = digits(text, coreEnd &+ 1, end)
      let after = coreEnd &+ 1 &+ port
      if port > 0, port <= 5, !has(text, after, end, ByteClass.alphanumeric) { return after }
    }
    copy(text, coreEnd..<chunk.upperBound, &out, &filled)
    return chunk.upperBound
  }

  private func holdsQuery(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where text[index] == 0x3f { return true }
    return false
  }

  /// Paths, mail addresses and what else slashes, backslashes and at signs make.
  private func pathKind(_ text: Span<UInt8>, _ core: Range<Int>, _ seen: UInt8) -> Wildcard? {
    let start = core.lowerBound
    let end = core.upperBound
    var slashes = 0
    var backslashes = 0
    var atSign = -1
    for index in core where classes[text[index]] & ByteClass.special != 0 {
      switch text[index] {
      case 0x2f: slashes &+= 1
      case 0x5c: backslashes &+= 1
      case 0x40: atSign = index
      default: break
      }
    }
    if text[start] == 0x2f {
      if end &- start == 1 { return nil }
      if isDigit(text, start &+ 1, end), let tail = addressEnd(text, start &+ 1, end), tail == end {
        return .ip
      }
      return has(text, start &+ 1, end, ByteClass.alphanumeric | ByteClass.mark) ? .path : nil
    }
    if text[start] == 0x2e || text[start] == 0x7e, slashes > 0, end &- start > 2 { return .path }
    if atSign > start, atSign < end &- 1, slashes == 0 || seen & ByteClass.digit != 0 {
      var dot = end &- 1
      while dot > atSign, text[dot] != 0x2e { dot &-= 1 }
      return dot > atSign && dot < end &- 1 ? .email : .id
    }
    if backslashes > 0 {
      if text[start] == 0x5c {
        if end &- start > 2, start >= 1, text[start &- 1] == 0x3a { return .path }
        if backslashes >= 3, end &- start > 4, text[start &+ 1] == 0x5c { return .path }
      }
      return seen & ByteClass.digit != 0 ? .id : nil
    }
    if slashes >= 2, !isWords(text, core) {
      if seen & ByteClass.digit != 0, isDigit(text, start, end) { return .id }
      return .path
    }
    return nil
  }

  /// Whether the chunk is letters, slashes and at signs alone.
  private func isWords(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range
    where classes[text[index]] & ByteClass.alphabetic == 0 && text[index] != 0x2f
      && text[index] != 0x40
    { return false }
    return true
  }

  /// Hexadecimal digits of one letter case (4 and more; 8 of both), a UUID, or nil.
  private func hexKind(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ seen: UInt8) -> Wildcard? {
    let length = end &- start
    guard length >= 4, seen & ByteClass.letter == 0 else { return nil }
    var lower = false
    var upper = false
    var digit = false
    var dashes = 0
    for index in start..<end {
      let class_ = classes[text[index]]
      if class_ & ByteClass.lowerHex != 0 {
        lower = true
      } else if class_ & ByteClass.upperHex != 0 {
        upper = true
      } else if class_ & ByteClass.digit != 0 {
        digit = true
      } else if text[index] == 0x2d, length == 36 {
        let place = index &- start
        guard place == 8 || place == 13 || place == 18 || place == 23 else { return nil }
        dashes &+= 1
      } else {
        return nil
      }
    }
    if dashes == 4 { return .uuid }
    guard dashes == 0, digit, !(lower && upper) || length >= 8 else { return nil }
    return .hex
  }

  /// Where the number begins that ends a word without other digits: `eth0`, `node-3`, `blk_-12`.
  private func trailingNumber(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard classes[text[start]] & ByteClass.alphabetic != 0, text[end &- 1] &- 0x30 < 10
    else { return nil }
    var cut = end &- 1
    while cut > start, text[cut &- 1] &- 0x30 < 10 { cut &-= 1 }
    for index in start..<cut where text[index] &- 0x30 < 10 || text[index] == 0x5c { return nil }
    if cut &- start >= 2, text[cut &- 1] == 0x2d, classes[text[cut &- 2]] & ByteClass.mark != 0 {
      cut &-= 1
    }
    return cut
  }

  /// The only digits of a short word with a run of three letters: `jk2_init`.
  private func innerDigits(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int>? {
    guard end &- start <= 32, classes[text[start]] & ByteClass.alphabetic != 0
    else { return nil }
    var group: Range<Int>?
    var run = 0
    var longest = 0
    var index = start
    while index < end {
      let class_ = classes[text[index]]
      if class_ & ByteClass.digit != 0 {
        if group != nil { return nil }
        let length = digits(text, index, end)
        group = index..<(index &+ length)
        index &+= length
        run = 0
        continue
      }
      if text[index] == 0x5c { return nil }
      run = class_ & ByteClass.alphabetic != 0 ? run &+ 1 : 0
      longest = max(longest, run)
      index &+= 1
    }
    return longest >= 3 ? group : nil
  }
}
