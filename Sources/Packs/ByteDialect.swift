/// Makes text outside ASCII mean the same to a matcher that works on bytes.
enum ByteDialect {
  /// A repeated character of several bytes is put in a group; in a class it is refused.
  static func adapt(_ regex: String) throws(DialectError) -> String {
    guard !regex.utf8.allSatisfy({ $0 < 0x80 }) else { return regex }
    var out = ""
    var inClass = false
    var isEscaped = false
    var offset = 0
    let characters = Array(regex.unicodeScalars)
    for (index, scalar) in characters.enumerated() {
      defer { offset += scalar.utf8.count }
      if scalar.isASCII {
        out.unicodeScalars.append(scalar)
        if isEscaped {
          isEscaped = false
          continue
        }
        switch scalar {
        case "\\": isEscaped = true
        case "[": inClass = true
        case "]": inClass = false
        default: break
        }
        continue
      }
      isEscaped = false
      guard !inClass else {
        throw DialectError(
          offset: offset, problem: "a character outside ASCII in a class",
          hint: "patterns work on bytes: write (?:a|\(scalar)) in its place")
      }
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if "*+?{".unicodeScalars.contains(next) {
        out += "(?:\(scalar))"
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
