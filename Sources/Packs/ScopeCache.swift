internal import Bytes
internal import Model

/// What of an entry decides which scopes take it, in one number: its program's set of scopes (its logger's,
/// where it names no program), its unit's, its format, and whether it names neither. Entries with equal keys are taken by the same scopes.
struct ScopeKey: Hashable {
  fileprivate var bits: UInt64

  /// No entry's key.
  static let none = ScopeKey(bits: .max)
}

/// For each name that a worker knows, the scopes that take it.
///
/// Flat, by symbol; what a symbol's scopes are depends on its spelling alone. Equal sets have one number.
/// An entry that names neither program nor unit is for every scope's patterns that require words enough to
/// tell whose it is.
struct ScopeCache {
  private static let loggerLimit = 4096
  private let scopes: [Scope]
  private let patternScopes: [UInt16]
  /// For each pattern whether its words alone tell whose the text is.
  private let isTelling: [Bool]
  /// 64-bit words of a set.
  private let width: Int
  /// The sets by number, `width` words each; set 0 is empty.
  private var sets: [UInt64]
  private var known: [[UInt64]: UInt32] = [:]
  /// For each symbol the number of its set, as a program and as a unit.
  private var programs: [UInt32] = [0]
  private var units: [UInt32] = [0]
  /// For each format its set.
  private let formats: [UInt64]
  /// Whether any scope wants loggers.
  let asksForLoggers: Bool
  /// For the hash of each logger met, the number of its set; begun anew at `loggerLimit`.
  private var loggers: [UInt64: UInt32] = [:]
  private let loggerNames: NamedScopes
  private let programNames: NamedScopes
  private let unitNames: NamedScopes

  /// - Parameters:
  ///   - patternScopes: for each pattern the number of its scope.
  ///   - requiresThreeWords: for each pattern whether its words tell whose a text is. Fewer would take
  ///     `connection closed` for sshd's, whoever wrote it.
  init(_ scopes: [Scope], patternScopes: [UInt16], requiresThreeWords: [Bool]) {
    isTelling = zip(requiresThreeWords, patternScopes).map { isTelling, scope in
      isTelling && !scopes[Int(scope)].needsName
    }
    self.scopes = scopes
    self.patternScopes = patternScopes
    let width = max(1, (scopes.count + 63) / 64)
    self.width = width
    sets = [UInt64](repeating: 0, count: width)
    known = [sets: 0]
    var formats = [UInt64](repeating: 0, count: width * (SourceFormat.allCases.count + 1))
    for (number, scope) in scopes.enumerated() {
      for format in SourceFormat.allCases
      where scope.isGeneral || scope.formats.contains(format) {
        formats[Int(format.rawValue) * width + number / 64] |= 1 << UInt64(number % 64)
      }
    }
    self.formats = formats
    programNames = NamedScopes(scopes.map(\.programs))
    unitNames = NamedScopes(scopes.map(\.units))
    loggerNames = NamedScopes(scopes.map(\.loggers))
    asksForLoggers = scopes.contains { !$0.loggers.isEmpty }
  }

  mutating func removeAll() {
    programs.removeLast(programs.count - 1)
    units.removeLast(units.count - 1)
  }

  mutating func add(_ symbol: Symbol, _ name: Span<UInt8>) {
    let missing = symbol.index + 1 - programs.count
    if missing > 0 {
      programs.append(contentsOf: repeatElement(0, count: missing))
      units.append(contentsOf: repeatElement(0, count: missing))
    }
    programs[symbol.index] = set(programNames, name)
    units[symbol.index] = set(unitNames, name)
  }

  private mutating func set(_ names: NamedScopes, _ name: Span<UInt8>) -> UInt32 {
    var words = [UInt64](repeating: 0, count: width)
    var isEmpty = true
    names.forEach(taking: name) { scope in
      words[scope / 64] |= 1 << UInt64(scope % 64)
      isEmpty = false
    }
    if isEmpty { return 0 }
    if let number = known[words] { return number }
    let number = UInt32(sets.count / width)
    // A key has 24 bits for each; so many sets need as many scopes to begin with.
    guard number < 1 << 24 else { return 0 }
    sets += words
    known[words] = number
    return number
  }

  @inline(__always)
  func key(_ entry: Entry) -> ScopeKey {
    let program = entry.program.index < programs.count ? programs[entry.program.index] : 0
    let unit = entry.service.index < units.count ? units[entry.service.index] : 0
    let isNameless: UInt64 = entry.program.isNone && entry.service.isNone ? 1 : 0
    return ScopeKey(
      bits: UInt64(program) | UInt64(unit) << 24 | UInt64(entry.format.rawValue) << 48
        | isNameless << 56)
  }

  /// The key of an entry that names no program but a logger.
  mutating func key(_ key: ScopeKey, logger: Span<UInt8>) -> ScopeKey {
    let hash = StableHash(logger).high
    var number = loggers[hash]
    if number == nil {
      if loggers.count >= Self.loggerLimit { loggers.removeAll(keepingCapacity: true) }
      number = set(loggerNames, logger)
      loggers[hash] = number
    }
    var key = key
    key.bits |= UInt64(number ?? 0)
    return key
  }

  /// Whether entries of this key are for a pattern.
  func takes(_ key: ScopeKey, pattern: Int) -> Bool {
    let scope = Int(patternScopes[pattern])
    let word = scope / 64
    let program = Int(key.bits & 0xff_ffff)
    let unit = Int(key.bits >> 24 & 0xff_ffff)
    let format = Int(key.bits >> 48 & 0xff)
    if key.bits >> 56 != 0, isTelling[pattern] { return true }
    let bits =
      sets[program * width + word] | sets[unit * width + word] | formats[format * width + word]
    return bits >> UInt64(scope % 64) & 1 != 0
  }
}
