internal import Bytes
package import Model

/// Which entries a pack is for: any one of its conditions suffices; with none it is for every entry.
package struct Scope: Equatable, Sendable {
  /// Names of programs; one may end in `*`.
  package var programs: [String] = []
  /// Names of units without `.service`; one may end in `*`.
  package var units: [String] = []
  package var formats: [SourceFormat] = []

  package var isGeneral: Bool { programs.isEmpty && units.isEmpty && formats.isEmpty }

  func hasProgram(_ name: Span<UInt8>) -> Bool { programs.contains { fits($0, name) } }

  func hasUnit(_ name: Span<UInt8>) -> Bool { units.contains { fits($0, name) } }

  private func fits(_ wanted: String, _ name: Span<UInt8>) -> Bool {
    let letters = wanted.utf8
    if letters.last == UInt8(ascii: "*") {
      let prefix = letters.dropLast()
      guard name.count >= prefix.count else { return false }
      return starts(name, prefix)
    }
    return name.count == letters.count && starts(name, Substring(wanted).utf8)
  }

  private func starts(_ name: Span<UInt8>, _ letters: Substring.UTF8View) -> Bool {
    var index = 0
    for letter in letters {
      if name[index] != letter { return false }
      index += 1
    }
    return true
  }
}
