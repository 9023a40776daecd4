internal import Bytes

/// Reads one frame of a stack trace: the function's name without what differs from build to build.
enum FrameText {
  /// Behind `at `: Java, .NET and JavaScript.
  static func call(_ text: Span<UInt8>) -> StackTrace.Frame? {
    var start = 0
    if text.has("async ", at: 0) { start = 6 }
    if text.has("new ", at: start) { start += 4 }
    guard start < text.count else { return nil }
    guard let paren = text.firstIndex(of: 0x28, from: start), paren > start else {
      return script(text.extracting(start..<text.count), name: nil)
    }
    var end = paren
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    let place = text.extracting((paren + 1)..<text.count)
    if isScriptPlace(place) {
      return script(place, name: text.extracting(start..<end))
    }
    var first = start
    for index in start..<end where text[index] == 0x2f { first = index + 1 }
    let name = text.extracting(first..<end)
    guard !name.isEmpty else { return nil }
    var frame = StackTrace.Frame(name, place, .java)
    // A lambda's class has a slash of its own: `Cart$$Lambda$14/0x0000.run`.
    if FrameName.isGenerated(text.extracting(start..<end)) { frame.isGenerated = true }
    return frame
  }

  /// `file.js:12:34` with something before it; `native` and such are taken for a library's.
  private static func isScriptPlace(_ place: Span<UInt8>) -> Bool {
    var end = place.count
    if end > 0, place[end - 1] == 0x29 { end -= 1 }
    var at = end
    while at > 0, place[at - 1] &- 0x30 < 10 { at -= 1 }
    guard at < end, at > 1, place[at - 1] == 0x3a else {
      return place.has("native)", at: 0) || place.has("<anonymous>)", at: 0)
        || place.has("unknown location)", at: 0)
    }
    return place[at - 2] &- 0x30 < 10
  }

  private static func script(_ place: Span<UInt8>, name: Span<UInt8>?) -> StackTrace.Frame? {
    if let name {
      var end = 0
      while end < name.count, !(name[end] == 0x20 && name.has(" [as ", at: end)) { end += 1 }
      return StackTrace.Frame(name.extracting(0..<end), place, .javascript)
    }
    // An anonymous function goes by its file.
    var start = 0
    var end = place.count
    for index in 0..<place.count where place[index] == 0x2f || place[index] == 0x5c {
      start = index + 1
    }
    var at = start
    while at < place.count {
      if place[at] == 0x3a || place[at] == 0x3f {
        end = at
        break
      }
      at += 1
    }
    guard end > start else { return nil }
    return StackTrace.Frame(place.extracting(start..<end), place, .javascript)
  }

  /// `File "/srv/app/book.py", line 12, in match`
  static func python(_ text: Span<UInt8>) -> StackTrace.Frame? {
    guard let close = text.firstIndex(of: 0x22, from: 6) else { return nil }
    let path = text.extracting(6..<close)
    var start = 0
    for index in 0..<path.count where path[index] == 0x2f || path[index] == 0x5c {
      start = index + 1
    }
    var end = path.count
    if path.has(".py", at: end - 3) { end -= 3 }
    var name = TraceType.copy(path.extracting(start..<max(start, end)))
    var at = close
    while at + 5 < text.count, !text.has(", in ", at: at) { at += 1 }
    if text.has(", in ", at: at) {
      name.append(0x2e)
      name += TraceType.copy(text.extracting((at + 5)..<text.count))
    }
    return StackTrace.Frame(name.span, path, .python)
  }

  /// `main.(*Book).Match(0xc0000, 0x1)`
  static func go(_ text: Span<UInt8>) -> StackTrace.Frame? {
    var open = text.count - 1
    var depth = 0
    while open > 0 {
      if text[open] == 0x29 { depth += 1 }
      if text[open] == 0x28 {
        depth -= 1
        if depth == 0 { break }
      }
      open -= 1
    }
    guard open > 0 else { return nil }
    let name = text.extracting(0..<open)
    for index in 0..<name.count where name[index] <= 0x20 { return nil }
    return StackTrace.Frame(name, text.extracting(0..<0), .go)
  }

  /// `12: book::match_order::h0123456789abcdef`
  static func rust(_ text: Span<UInt8>) -> StackTrace.Frame? {
    var at = 0
    while at < text.count, text[at] &- 0x30 < 10 { at += 1 }
    guard at > 0, text.has(": ", at: at) else { return nil }
    at += 2
    var end = text.count
    if end - at > 19, text.has("::h", at: end - 19) { end -= 19 }
    if text.has("0x", at: at) {
      while at < end, text[at] != 0x20 { at += 1 }
      while at < end, text[at] == 0x20 || text[at] == 0x2d { at += 1 }
    }
    guard at < end else { return nil }
    let name = text.extracting(at..<end)
    return StackTrace.Frame(name, text.extracting(0..<0), .rust)
  }

  /// `#1 /srv/app/index.php(36): Entry->raise()`
  static func php(_ text: Span<UInt8>) -> StackTrace.Frame? {
    guard text[0] == 0x23 else { return nil }
    var at = 1
    while at < text.count, text[at] &- 0x30 < 10 { at += 1 }
    guard at > 1 else { return nil }
    let from = at
    while at + 2 < text.count, !text.has(": ", at: at) { at += 1 }
    guard text.has(": ", at: at) else { return nil }
    let place = text.extracting(from..<at)
    let start = at + 2
    let end = text.firstIndex(of: 0x28, from: start) ?? text.count
    guard end > start else { return nil }
    return StackTrace.Frame(text.extracting(start..<end), place, .php)
  }

  /// `app/models/book.rb:12:in 'match'`
  static func ruby(_ text: Span<UInt8>) -> StackTrace.Frame? {
    var at = 0
    while at + 5 < text.count, !text.has(":in ", at: at) { at += 1 }
    guard text.has(":in ", at: at), at > 0, text[at - 1] &- 0x30 < 10,
      text[at + 4] == 0x60 || text[at + 4] == 0x27
    else { return nil }
    let place = text.extracting(0..<at)
    var end = at + 5
    while end < text.count, text[end] != 0x27, text[end] != 0x60 { end += 1 }
    var start = 0
    var stop = at
    for index in 0..<at {
      if text[index] == 0x2f || text[index] == 0x20 { start = index + 1 }
    }
    for index in start..<at where text[index] == 0x3a {
      stop = index
      break
    }
    var name = TraceType.copy(text.extracting(start..<max(start, stop)))
    if name.suffix(3) == Array(".rb".utf8) { name.removeLast(3) }
    name.append(0x2e)
    name += FrameName.cleaned(text.extracting((at + 5)..<end))
    return StackTrace.Frame(name.span, place, .ruby)
  }

  static func holds(_ text: Span<UInt8>, _ part: StaticString) -> Bool {
    let length = part.utf8CodeUnitCount
    var at = 0
    while at + length <= text.count {
      if text.has(part, at: at) { return true }
      at += 1
    }
    return false
  }
}
