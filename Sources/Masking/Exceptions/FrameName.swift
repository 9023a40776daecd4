internal import Bytes

/// A function's name without what a compiler, a proxy or a build put into it.
///
/// Dropped are numbers of anonymous classes, lambdas and closures, hashes of builds, proxies' endings, and what
/// says that the code is a closure's: the function around it stands for it.
enum FrameName {
  /// Longest name kept, in bytes.
  static let longest = 256

  /// What a compiler or a proxy writes for a class or function of its own.
  private static let generated = [
    "$$EnhancerBy", "$$FastClassBy", "$$SpringCGLIB", "$$Lambda", "$Proxy", "$Lambda$",
    "$HibernateProxy$",
    "GeneratedMethodAccessor", "GeneratedConstructorAccessor", "$MockitoMock$", "<lambda_",
    "lambda_method",
  ].map { Array($0.utf8) }

  /// Words before the name of the function that a piece of code stands in.
  private static let leads = [
    "block in ", "rescue in ", "ensure in ", "async ", "closure in ", "implicit closure in ",
  ].map { Array($0.utf8) }

  /// Whether code was made at run time, so that its frame tells nothing.
  static func isGenerated(_ name: Span<UInt8>) -> Bool {
    let bytes = TraceType.copy(name)
    return generated.contains { FrameLists.Entry(text: $0, reach: .anywhere).holds(bytes) }
  }

  static func cleaned(_ name: Span<UInt8>) -> [UInt8] {
    var bytes = TraceType.copy(name)
    dropLeads(&bytes)
    dropBraces(&bytes)
    dropStateMachine(&bytes)
    dropHashes(&bytes)
    return withoutNumbers(bytes)
  }

  /// `block (2 levels) in total`, `closure #1 in Cart.total()`: what they stand in.
  private static func dropLeads(_ name: inout [UInt8]) {
    var found = true
    while found {
      found = false
      for lead in leads where name.starts(with: lead) {
        name.removeFirst(lead.count)
        found = true
      }
      for (start, end) in [
        ("block (", " levels) in "), ("closure #", " in "), ("implicit closure #", " in "),
      ]
      where name.starts(with: start.utf8) {
        guard let after = behind(Array(end.utf8), in: name) else { continue }
        name.removeFirst(after)
        found = true
      }
    }
  }

  private static func behind(_ part: [UInt8], in name: [UInt8]) -> Int? {
    guard part.count <= name.count else { return nil }
    for start in 0...(name.count - part.count) where name[start...].starts(with: part) {
      return start + part.count
    }
    return nil
  }

  /// Rust's `{{closure}}` and `{closure#0}`, PHP's `{closure}` and `{closure:…}`.
  private static func dropBraces(_ name: inout [UInt8]) {
    while let open = name.firstIndex(of: 0x7b) {
      var depth = 0
      var end = open
      while end < name.count {
        if name[end] == 0x7b { depth += 1 }
        if name[end] == 0x7d {
          depth -= 1
          if depth == 0 { break }
        }
        end += 1
      }
      guard end < name.count, open > 0 else { return }
      var start = open
      while start > 0, name[start - 1] == 0x3a || name[start - 1] == 0x5c { start -= 1 }
      name.removeSubrange(start...end)
    }
  }

  /// C#'s `<Run>d__5.MoveNext`, `<>c__DisplayClass3_0.<Run>b__0`, `<>c`: the method between the brackets.
  private static func dropStateMachine(_ name: inout [UInt8]) {
    var parts = name.split(separator: 0x2e, omittingEmptySubsequences: false).map { Array($0) }
    var changed = false
    for index in parts.indices {
      let part = parts[index]
      guard part.first == 0x3c, let close = part.firstIndex(of: 0x3e) else { continue }
      let inside = Array(part[1..<close])
      let behind = part[(close + 1)...]
      // Go's and Python's `<module>`, Java's `<init>` and Ruby's `<main>` have nothing behind.
      guard !behind.isEmpty, !behind.contains(0x3a), !behind.contains(0x20) else { continue }
      parts[index] = inside
      changed = true
    }
    guard changed else { return }
    if parts.last == Array("MoveNext".utf8) { parts.removeLast() }
    let left = parts.filter { !$0.isEmpty }
    if !left.isEmpty { name = Array(left.joined(separator: [0x2e])) }
  }

  /// Addresses and runs of eight and more hexadecimal digits, some of them figures, between marks.
  private static func dropHashes(_ name: inout [UInt8]) {
    var at = 0
    while at < name.count {
      guard isHex(name[at]), at == 0 || !isWord(name[at - 1]) else {
        at += 1
        continue
      }
      var end = at
      var figures = 0
      if name[at...].starts(with: Array("0x".utf8)) { end += 2 }
      while end < name.count, isHex(name[end]) {
        if name[end] < 0x3a { figures += 1 }
        end += 1
      }
      if end - at >= 8, figures > 0, end == name.count || !isWord(name[end]) {
        let start = at > 0 && isMark(name[at - 1]) ? at - 1 : at
        name.removeSubrange(start..<end)
        at = start
      } else {
        at = max(end, at + 1)
      }
    }
  }

  /// Without the numbers that a compiler gave: behind `$`, `__`, a backquote or `.func`.
  private static func withoutNumbers(_ name: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < min(name.count, longest) {
      let byte = name[at]
      if byte &- 0x30 < 10, let last = out.last,
        last == 0x24 || last == 0x60 || last == 0x23
          || last == 0x5f && out.count > 1 && out[out.count - 2] == 0x5f
          || out.suffix(5) == Array(".func".utf8)
      {
        while at < name.count, name[at] &- 0x30 < 10 { at += 1 }
        // `func1.2.3`: closures within closures.
        while out.suffix(5) == Array(".func".utf8), at + 1 < name.count, name[at] == 0x2e,
          name[at + 1] &- 0x30 < 10
        {
          at += 1
          while at < name.count, name[at] &- 0x30 < 10 { at += 1 }
        }
        continue
      }
      out.append(byte)
      at += 1
    }
    while let last = out.last, last == 0x24 || last == 0x2e || last == 0x60 || last == 0x23 {
      out.removeLast()
    }
    return out
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a || byte == 0x5f || byte >= 0x80
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == 0x24 || byte == 0x2e || byte == 0x2d || byte == 0x40 || byte == 0x2f
  }
}
