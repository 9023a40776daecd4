/// Why a regular expression of another dialect can't be taken over.
struct DialectError: Error, Equatable {
  var offset: Int
  var problem: String
  var hint: String?
}

/// Oniguruma's regular expressions (which grok files are written in) in PCRE2's words.
///
/// Translated: `\h`, `\H` (hexadecimal digits there, blanks here), `\p{Alpha}` and its like, `(?m)` (which
/// is PCRE2's `(?s)`), `{,n}`. Refused: nested classes and `&&` in them, the absence operator `(?~…)`,
/// back references with a level. Everything else is the same or is refused by PCRE2 itself.
enum OnigurumaDialect {
  private static let hexadecimal = "0-9A-Fa-f"
  private static let posix: Set<String> = [
    "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "xdigit", "word",
  ]

  static func translate(_ regex: [UInt8]) throws(DialectError) -> String {
    var out: [UInt8] = []
    var at = 0
    var inClass = false
    var classStart = 0
    while at < regex.count {
      let byte = regex[at]
      if byte == 0x5c {
        at = try escape(regex, at, inClass: inClass, &out)
      } else if inClass {
        if byte == 0x5b {
          guard at + 1 < regex.count, regex[at + 1] == 0x3a,
            let end = find(":]", in: regex, from: at + 2)
          else {
            throw DialectError(
              offset: at, problem: "a class inside a class is Oniguruma's alone",
              hint: #"write \[ for the bracket itself"#)
          }
          out += regex[at..<end]
          at = end
          continue
        }
        if byte == 0x26, at + 1 < regex.count, regex[at + 1] == 0x26 {
          throw DialectError(
            offset: at, problem: "'&&' in a class is Oniguruma's alone",
            hint: #"write a lookahead, as in (?=[a-z])[^x], or \& for the sign itself"#)
        }
        if byte == 0x5d, at > classStart { inClass = false }
        out.append(byte)
        at += 1
      } else if byte == 0x5b {
        inClass = true
        out.append(byte)
        at += 1
        if at < regex.count, regex[at] == 0x5e {
          out.append(0x5e)
          at += 1
        }
        classStart = at
      } else if byte == 0x28, at + 1 < regex.count, regex[at + 1] == 0x3f {
        at = try group(regex, at, &out)
      } else if byte == 0x7b, at + 1 < regex.count, regex[at + 1] == 0x2c {
        out += Array("{0".utf8)
        at += 1
      } else {
        out.append(byte)
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func escape(
    _ regex: [UInt8], _ at: Int, inClass: Bool, _ out: inout [UInt8]
  ) throws(DialectError) -> Int {
    guard at + 1 < regex.count else {
      out.append(0x5c)
      return at + 1
    }
    switch regex[at + 1] {
    case UInt8(ascii: "h"):
      out += Array((inClass ? hexadecimal : "[\(hexadecimal)]").utf8)
    case UInt8(ascii: "H"):
      guard !inClass else {
        throw DialectError(
          offset: at, problem: #"'\H' in a class is Oniguruma's alone"#,
          hint: "write the bytes that are meant")
      }
      out += Array("[^\(hexadecimal)]".utf8)
    case UInt8(ascii: "p"):
      guard let end = find("}", in: regex, from: at + 2), regex[at + 2] == 0x7b,
        let name = posixName(regex[(at + 3)..<(end - 1)])
      else { fallthrough }
      out += Array((inClass ? "[:\(name):]" : "[[:\(name):]]").utf8)
      return end
    default:
      out += regex[at...(at + 1)]
    }
    return at + 2
  }

  private static func posixName(_ bytes: ArraySlice<UInt8>) -> String? {
    var name = String(decoding: bytes, as: UTF8.self).lowercased()
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    guard posix.contains(name) else { return nil }
    return isNegated ? "^\(name)" : name
  }

  /// Copies what opens a group, from its parenthesis: `m` becomes `s` among flags.
  private static func group(
    _ regex: [UInt8], _ start: Int, _ out: inout [UInt8]
  ) throws(DialectError) -> Int {
    var at = start + 2
    if at < regex.count, regex[at] == 0x7e {
      throw DialectError(
        offset: start, problem: "the absence operator '(?~' is Oniguruma's alone",
        hint: "write (?:(?!…).)* for any text without …")
    }
    out += Array("(?".utf8)
    while at < regex.count {
      switch regex[at] {
      case UInt8(ascii: "m"): out.append(UInt8(ascii: "s"))
      case UInt8(ascii: "i"), UInt8(ascii: "x"), UInt8(ascii: "-"): out.append(regex[at])
      default: return at
      }
      at += 1
    }
    return at
  }

  /// Behind the first `word` at or after `from`.
  private static func find(_ word: String, in regex: [UInt8], from: Int) -> Int? {
    let wanted = Array(word.utf8)
    var at = from
    while at + wanted.count <= regex.count {
      if Array(regex[at..<(at + wanted.count)]) == wanted { return at + wanted.count }
      at += 1
    }
    return nil
  }
}
