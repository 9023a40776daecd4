internal import Bytes
internal import Model

/// For each name that a worker knows, the scopes that take it: one bit a scope.
///
/// Flat, by symbol; what a symbol's bits are depends on its spelling alone.
struct ScopeCache {
  private let scopes: [Scope]
  /// 64-bit words for each name.
  private let width: Int
  private var programs: [UInt64]
  private var units: [UInt64]
  private let formats: [UInt64]

  init(_ scopes: [Scope]) {
    self.scopes = scopes
    let width = max(1, (scopes.count + 63) / 64)
    self.width = width
    programs = [UInt64](repeating: 0, count: width)
    units = programs
    var formats = [UInt64](repeating: 0, count: width * (SourceFormat.allCases.count + 1))
    for (number, scope) in scopes.enumerated() {
      for format in SourceFormat.allCases
      where scope.isGeneral || scope.formats.contains(format) {
        formats[Int(format.rawValue) * width + number / 64] |= 1 << UInt64(number % 64)
      }
    }
    self.formats = formats
  }

  mutating func removeAll() {
    programs.removeLast(programs.count - width)
    units.removeLast(units.count - width)
  }

  mutating func add(_ symbol: Symbol, _ name: Span<UInt8>) {
    let needed = (symbol.index + 1) * width
    if programs.count < needed {
      let missing = repeatElement(UInt64(0), count: needed - programs.count)
      programs.append(contentsOf: missing)
      units.append(contentsOf: missing)
    }
    for (number, scope) in scopes.enumerated() {
      let word = symbol.index * width + number / 64
      let bit = UInt64(1) << UInt64(number % 64)
      if scope.hasProgram(name) { programs[word] |= bit } else { programs[word] &= ~bit }
      if scope.hasUnit(name) { units[word] |= bit } else { units[word] &= ~bit }
    }
  }

  /// The scopes that take an entry of this program, service and format: those of `word`, 64 in each.
  @inline(__always)
  func bits(_ entry: Entry, word: Int) -> UInt64 {
    var bits = formats[Int(entry.format.rawValue) * width + word]
    let program = entry.program.index * width + word
    if program < programs.count { bits |= programs[program] }
    let unit = entry.service.index * width + word
    if unit < units.count { bits |= units[unit] }
    return bits
  }
}
