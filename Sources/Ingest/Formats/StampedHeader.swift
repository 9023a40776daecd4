import Bytes
import Model

/// What stands between stamp and message in the layouts of common loggers.
///
/// Idea: the level word anchors a header. From the stamp on, only what a header may hold is passed
/// over (brackets, numbers, names of things, separators) until a level comes; what was passed is told
/// apart by its form. Behind the level, brackets, a thread in parentheses and a logger's name follow.
/// Without a level only a process id in brackets and a source file belong to the header.
struct StampedHeader {
  var severity: Severity?
  var process: Int32 = -1
  var thread = 0..<0
  var logger = 0..<0
  var file = 0..<0
  var line = 0..<0
  /// `address:port` in a bracket that says `client`.
  var client = 0..<0
  /// Pairs in a bracket, `name=ann;oip=192.0.2.1`: the context that a logger writes.
  var context = 0..<0
  /// Offset of the message.
  var message = 0

  /// Header tokens that may stand between stamp and level.
  private static let tokenLimit = 14
  private static let columnTokenLimit = 14

  /// Reads the header from the stamp's end on.
  ///
  /// - Parameter isColumnar: the line is a record of columns, in which words in capitals are no prose.
  static func read(
    _ text: Span<UInt8>, _ at: Int, level: Severity? = nil, isColumnar: Bool = false
  ) -> StampedHeader {
    var header = StampedHeader()
    header.severity = level
    if level == nil, let levelEnd = header.readUpToLevel(text, at, isColumnar) {
      header.message = levelEnd
      header.readBehindLevel(text)
    } else if level != nil {
      header.message = at
      header.readBehindLevel(text)
    } else {
      header = StampedHeader()
      header.message = at
      header.readWithoutLevel(text)
    }
    return header
  }

  // MARK: up to the level

  /// Finds the level and gives the offset behind it; nil where prose comes first.
  private mutating func readUpToLevel(
    _ text: Span<UInt8>, _ start: Int, _ isColumnar: Bool
  ) -> Int? {
    var at = start
    var numbers = 0
    let limit = isColumnar ? Self.columnTokenLimit : Self.tokenLimit
    var tokens = 0
    while tokens < limit {
      while at < text.count, isSeparator(text, at) { at += 1 }
      guard at < text.count else { return nil }
      tokens += 1
      let byte = text[at]
      if byte == 0x5b || byte == 0x28 {
        guard let end = HeaderToken.groupEnd(text, at) else { return nil }
        if readLevelGroup(text, at + 1, end - 1) { return end }
        if at == 0 || text[at - 1] != 0x3d { noteGroup(text, at + 1, end - 1) }
        at = end
        continue
      }
      if let tag = androidTag(text, at) {
        severity = SeverityName.read(text.extracting(at..<(at + 1)), letters: true)
        logger = tag
        let end = HeaderToken.groupEnd(text, tag.upperBound) ?? tag.upperBound
        process = text.processID(text.skipBlanks(tag.upperBound + 1), max(end - 1, 0))
        return end
      }
      if byte == 0x3c {
        guard let end = text.find(0x3e, at, at + 16) else { return nil }
        guard readLevelGroup(text, at + 1, end) else { return nil }
        return end + 1
      }
      let end = HeaderToken.wordEnd(text, at)
      guard end > at else { return nil }
      if let found = level(text, at, end, numbers) {
        severity = found
        return end
      }
      if text[at].isDigit, let value = text.number(at, end), value <= Int(Int32.max) {
        noteNumber(text, at, end, numbers)
        numbers += 1
      } else if isPassable(text, at, end, isColumnar) {
        noteName(text, at, end)
      } else {
        return nil
      }
      at = end
    }
    return nil
  }

  /// The tag in Android's brief layout `V/Tag( 123): `, whose letter stands at `at`.
  private func androidTag(_ text: Span<UInt8>, _ at: Int) -> Range<Int>? {
    guard text[at].isUpper, text.holds(0x2f, at: at + 1) else { return nil }
    let end = HeaderToken.wordEnd(text, at + 2)
    guard end > at + 2, text.holds(0x28, at: end) else { return nil }
    return SeverityName.read(text.extracting(at..<(at + 1)), letters: true) == nil
      ? nil : (at + 2)..<end
  }

  private func isSeparator(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch text[at] {
    case 0x20, 0x09, 0x3a, 0x7c, 0x2c, 0x2a, 0x5d: true
    case 0x2d: at + 1 < text.count && (text[at + 1] == 0x20 || text[at + 1] == 0x2d)
    default: false
    }
  }

  /// The level that the word is: by its spelling, by the mark behind it, or as Android's letter.
  private func level(
    _ text: Span<UInt8>, _ at: Int, _ end: Int, _ numbers: Int
  ) -> Severity? {
    if end - at == 1 {
      guard numbers >= 2, text[at].isUpper, text.holds(0x20, at: end) else { return nil }
      return SeverityName.read(text.extracting(at..<end), letters: true)
    }
    let isMarked =
      text.holds(0x3a, at: end) || text.holds(0x7c, at: end) || text.holds(0x09, at: end)
    return LevelWord.read(text, at, end, isMarked ? .marked : .bare)
  }

  /// Whether a word may stand before the level: an identifier, a word between separators, a record's
  /// column in capitals.
  private func isPassable(
    _ text: Span<UInt8>, _ at: Int, _ end: Int, _ isColumnar: Bool
  ) -> Bool {
    if HeaderToken.isIdentifier(text, at, end) { return true }
    if text.has(" - ", at: end) || text.has(" |", at: end) { return true }
    guard isColumnar else { return false }
    for index in at..<end where text[index].isLower { return false }
    return true
  }

  /// A bracket that holds a level: `ERROR`, `INFO `, `core:error`.
  private mutating func readLevelGroup(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var start = text.skipBlanks(from)
    let end = text.trimmedEnd(start, to)
    if let colon = text.find(0x3a, start, end) { start = colon + 1 }
    guard let found = LevelWord.read(text, start, end, .marked) else { return false }
    severity = found
    return true
  }

  // MARK: what a token says

  private mutating func noteNumber(
    _ text: Span<UInt8>, _ from: Int, _ to: Int, _ numbers: Int
  ) {
    if numbers == 0, process < 0 {
      process = text.processID(from, to)
    } else if numbers == 2 {
      // A user's number stood first.
      process = text.processID(thread.lowerBound, thread.upperBound)
      thread = from..<to
    } else if thread.isEmpty {
      thread = from..<to
    }
  }

  private mutating func noteName(_ text: Span<UInt8>, _ from: Int, _ to: Int) {
    if logger.isEmpty, HeaderToken.isDottedName(text, from, to) {
      logger = from..<to
    } else if logger.isEmpty, text.has(" - ", at: to) {
      logger = from..<to
    } else if let hash = text.find(0x23, from, to), text.number(from, hash) != nil {
      process = text.processID(from, hash)
      thread = (hash + 1)..<to
    } else if thread.isEmpty {
      thread = from..<to
    }
  }

  /// What stands between brackets: a process id, `pid 12:tid 34`, `client 192.0.2.1:80`, a logger, or
  /// else a thread.
  private mutating func noteGroup(_ text: Span<UInt8>, _ from: Int, _ to: Int) {
    let start = text.skipBlanks(from)
    let end = text.trimmedEnd(start, to)
    guard end > start else { return }
    if text.has("pid ", at: start) {
      let idEnd = text.digitsEnd(start + 4)
      process = text.processID(start + 4, idEnd)
      if text.has(":tid ", at: idEnd) { thread = (idEnd + 5)..<end }
    } else if text.has("client ", at: start) {
      client = text.skipBlanks(start + 7)..<end
    } else if text[start].isDigit, text.number(start, end) != nil {
      if process < 0 { process = text.processID(start, end) }
    } else if context.isEmpty, text[start].isLetter, text.find(0x3d, start, end) != nil {
      context = start..<end
    } else if logger.isEmpty,
      HeaderToken.isDottedName(text, start, end) || hasPath(text, start, end)
    {
      logger = start..<end
    } else if thread.isEmpty {
      thread = start..<end
    }
  }

  /// `crate::module`.
  private func hasPath(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard let colon = text.find(0x3a, from, to) else { return false }
    return text.holds(0x3a, at: colon + 1) && text[from].isLetter
  }

  // MARK: behind the level

  private mutating func readBehindLevel(_ text: Span<UInt8>) {
    let isGlued =
      text.holds(0x3a, at: message) && message + 1 < text.count
      && !text[message + 1].isBlank
    let isLetter =
      message > 0 && text[message - 1].isUpper
      && (message < 2 || text[message - 2].isBlank)
    var groups = 0
    var rounds = 0
    skipSeparators(text)
    while rounds < 8, message < text.count {
      rounds += 1
      let byte = text[message]
      if byte == 0x5b, groups < (logger.isEmpty ? 4 : 1), let end = groupTokenEnd(text, message) {
        noteGroup(text, message + 1, end - 1)
        groups += 1
        message = end
        if endsHeader(text) { return }
      } else if byte == 0x28, let end = threadEnd(text, message) {
        message = end
        if endsHeader(text) { return }
      } else if byte.isDigit, let end = countedProcess(text, message) {
        message = end
      } else if logger.isEmpty || !logger.isEmpty && logger.upperBound < message && rounds == 1,
        let end = loggerEnd(text, message, isGlued: isGlued || isLetter)
      {
        logger = message..<end
        message = end
        if endsHeader(text) { return }
      } else {
        return
      }
    }
  }

  /// Passes over blanks, bars, colons and dashes before the next part of the header.
  private mutating func skipSeparators(_ text: Span<UInt8>) {
    while message < text.count {
      switch text[message] {
      case 0x20, 0x09, 0x7c, 0x3a, 0x5d: message += 1
      case 0x2d where isDash(text, message): message += 1
      default: return
      }
    }
  }

  /// Passes over blanks and one separator behind a part; true where that was a colon or dash, after
  /// which the message stands, unless a bracket or another part in brackets follows.
  private mutating func endsHeader(_ text: Span<UInt8>) -> Bool {
    var at = text.skipBlanks(message)
    var isEnd = false
    while at < text.count, text[at] == 0x3a || text[at] == 0x7c || isDash(text, at) {
      if text[at] != 0x7c { isEnd = !text.has("---", at: at) && !text.has("--- ", at: at - 2) }
      at += 1
      at = text.skipBlanks(at)
    }
    message = at
    return isEnd && !text.holds(0x5b, at: at) || at >= text.count
  }

  private func isDash(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard text[at] == 0x2d else { return false }
    return at + 1 >= text.count || text[at + 1].isBlank || text[at + 1] == 0x2d
      || at > 0 && text[at - 1] == 0x2d && text[at + 1].isBlank
  }

  /// The end of a bracket at `at` that stands alone, with a blank, colon, dash or bracket behind it.
  private func groupTokenEnd(_ text: Span<UInt8>, _ at: Int) -> Int? {
    guard let end = HeaderToken.groupEnd(text, at) else { return nil }
    guard end < text.count else { return nil }
    let next = text[end]
    return next.isBlank || next == 0x3a || next == 0x5b || next == 0x2d ? end : nil
  }

  /// The end of `(thread)` or `(File.java:12)` at `at`: without blanks, or with a dash behind it.
  private mutating func threadEnd(_ text: Span<UInt8>, _ at: Int) -> Int? {
    guard thread.isEmpty || logger.upperBound > 0, let end = HeaderToken.groupEnd(text, at),
      end < text.count, text[end].isBlank || text[end] == 0x3a
    else { return nil }
    let hasBlank = text.find(0x20, at, end) != nil
    guard !hasBlank || text.has(" - ", at: end) || text.holds(0x3a, at: end) else { return nil }
    if thread.isEmpty { thread = (at + 1)..<(end - 1) }
    return end
  }

  /// Spring Boot's `93649 --- `.
  private mutating func countedProcess(_ text: Span<UInt8>, _ at: Int) -> Int? {
    let end = text.digitsEnd(at)
    if text.has(" --- ", at: end) {
      process = text.processID(at, end)
      return end + 5
    }
    guard text.holds(0x23, at: end) else { return nil }
    let threadStart = end + 1
    let threadEnd = text.digitsEnd(threadStart)
    guard threadEnd > threadStart, text.holds(0x3a, at: threadEnd) else { return nil }
    process = text.processID(at, end)
    thread = threadStart..<threadEnd
    var next = text.skipBlanks(threadEnd + 1)
    if text.holds(0x2a, at: next) {
      let numberEnd = text.digitsEnd(next + 1)
      if numberEnd > next + 1, text.holds(0x20, at: numberEnd) { next = numberEnd + 1 }
    }
    return next
  }

  /// The end of a logger's name at `at`, told by its form and by what follows it.
  private func loggerEnd(_ text: Span<UInt8>, _ at: Int, isGlued: Bool) -> Int? {
    let end = HeaderToken.wordEnd(text, at)
    guard end > at, end < text.count, HeaderToken.isPlainName(text, at, end) else { return nil }
    let next = text.skipBlanks(end)
    guard next < text.count else { return nil }
    let isDotted = HeaderToken.isDottedName(text, at, end)
    if text[next] == 0x3a {
      if next + 1 < text.count, !text[next + 1].isBlank { return isGlued ? end : nil }
      return isGlued || isDotted || HeaderToken.isCamelCase(text, at, end) ? end : nil
    }
    guard next > end else {
      guard text[next] == 0x5b, let close = HeaderToken.groupEnd(text, next) else { return nil }
      return isDotted || text.has(" [", at: close) || text.holds(0x3a, at: close) ? end : nil
    }
    if text[next] == 0x2d, next + 1 < text.count, text[next + 1].isBlank { return end }
    if text[next] == 0x5b || text[next] == 0x28 { return isDotted ? end : nil }
    return isDotted && hasClassName(text, at, end) ? end : nil
  }

  /// Two dots and a last part in upper case: `com.example.Server`, which no sentence begins with.
  private func hasClassName(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var dots = 0
    var last = from
    for index in from..<to where text[index] == 0x2e {
      dots += 1
      last = index + 1
    }
    return dots >= 2 && text[last].isUpper
  }

  // MARK: without a level

  private mutating func readWithoutLevel(_ text: Span<UInt8>) {
    skipSeparators(text)
    if text.has("* ", at: message) || text.has("# ", at: message) { message += 2 }
    if text.holds(0x5b, at: message), let end = groupTokenEnd(text, message) {
      let from = message + 1
      if text.has("pid ", at: from) || text.number(from, end - 1) != nil {
        noteGroup(text, from, end - 1)
        message = end
        skipSeparators(text)
      }
    }
    readSourceFile(text)
  }

  /// Go's `main.go:12: `.
  private mutating func readSourceFile(_ text: Span<UInt8>) {
    let end = HeaderToken.wordEnd(text, message)
    guard text.holds(0x3a, at: end), end > message + 2,
      HeaderToken.isPlainName(text, message, end), text.find(0x2e, message, end) != nil
    else { return }
    let lineEnd = text.digitsEnd(end + 1)
    guard lineEnd > end + 1, text.has(": ", at: lineEnd) else { return }
    file = message..<end
    line = (end + 1)..<lineEnd
    message = lineEnd + 2
  }
}
