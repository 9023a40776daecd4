package import Model

/// Named regular expressions in the plain grok file syntax: `NAME regex` on a line, `#` for comments.
///
/// A name read later replaces the same name read earlier, as in logstash.
package struct GrokLibrary: Sendable {
  struct Definition: Sendable {
    var regex: [UInt8]
    var file: String
    var line: Int
  }

  private(set) var definitions: [String: Definition] = [:]

  package init() {}

  package var names: [String] { definitions.keys.sorted() }

  /// Reads a grok file; Oniguruma's dialect is translated, and refused where it can't be.
  package mutating func read(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
    var number = 0
    for raw in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      number += 1
      var line = raw
      while let last = line.last, last == 0x20 || last == 0x0d || last == 0x09 { line.removeLast() }
      while let first = line.first, first == 0x20 || first == 0x09 { line.removeFirst() }
      if line.isEmpty || line.first == 0x23 { continue }
      let name = line.prefix { isNameByte($0) }
      let rest = line.dropFirst(name.count)
      let regex = rest.drop { $0 == 0x20 || $0 == 0x09 }
      guard !name.isEmpty, !regex.isEmpty, regex.count < rest.count else {
        throw ConfigurationError(
          file: file, line: number, column: 1, problem: "not a grok definition",
          found: String(decoding: line.prefix(60), as: UTF8.self),
          hint: "a line is 'NAME regex', a comment begins with #")
      }
      do {
        definitions[String(decoding: name, as: UTF8.self)] = Definition(
          regex: Array(try OnigurumaDialect.translate(Array(regex)).utf8), file: file, line: number)
      } catch {
        throw ConfigurationError(
          file: file, line: number,
          column: raw.count - line.count + (line.count - regex.count)
            + error.offset + 1,
          problem: error.problem, found: String(decoding: name, as: UTF8.self), hint: error.hint)
      }
    }
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d: true
    default: false
    }
  }
}
