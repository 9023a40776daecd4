internal import Bytes
package import Model

/// The run's names: the global symbol of each name, given in the order of first use in the stream.
///
/// - Limits: 50,000 names; further ones share the symbol `overflow`, and are counted.
package struct NameDirectory {
  package static let limit = 50_000
  /// Stands for all names beyond the limit.
  package static let overflow = Symbol(number: 1)

  private var numbers: [StableHash: UInt32] = [:]
  private var names: [String] = ["", "(other)"]
  private var tables = WorkerTables<WorkerNames>()
  /// Names that found no place.
  package private(set) var overflowed = 0

  package init() {}

  /// How many symbols there are, `none` and `overflow` included.
  package var count: Int { names.count }

  package func name(of symbol: Symbol) -> String {
    symbol.index < names.count ? names[symbol.index] : ""
  }

  /// The global symbol of a name that the application itself brings.
  package mutating func symbol(of name: String) -> Symbol {
    let bytes = Array(name.utf8)
    return symbol(bytes.span)
  }

  /// Notes the names that a batch's worker met for the first time; they get a global symbol when an
  /// entry uses them.
  package mutating func announce(_ batch: Batch) {
    let table = tables.table(ofWorker: batch.worker, restarts: batch.restartsNames)
    batch.nameTable = table
    let arenas = batch.arenas
    for name in batch.newNames {
      tables[table].announce(name.symbol, arenas.bytes(name.spelling))
    }
  }

  /// No more entries of an announced batch will come.
  package mutating func release(_ batch: Batch) { tables.release(batch.nameTable) }

  /// The global symbol for a symbol in the batch.
  package mutating func resolve(_ symbol: Symbol, in batch: Batch) -> Symbol {
    if symbol.isNone { return symbol }
    let table = batch.nameTable
    let known = tables[table].known(symbol)
    if known != 0 { return Symbol(number: known) }
    let spelling = tables[table].spelling(symbol)
    let found = self.symbol(spelling.span)
    tables[table].settle(symbol, as: found)
    return found
  }

  private mutating func symbol(_ bytes: Span<UInt8>) -> Symbol {
    if bytes.isEmpty { return .none }
    let hash = StableHash(bytes)
    if let number = numbers[hash] { return Symbol(number: number) }
    guard names.count < Self.limit else {
      overflowed += 1
      return Self.overflow
    }
    let number = UInt32(names.count)
    names.append(String(bytes))
    numbers[hash] = number
    return Symbol(number: number)
  }
}

/// What one worker's symbols mean: a global symbol, or a spelling that no entry has used yet.
private struct WorkerNames: WorkerTable {
  private var global: [UInt32] = [0]
  private var spellings: [[UInt8]] = [[]]

  mutating func announce(_ symbol: Symbol, _ bytes: Span<UInt8>) {
    while global.count <= symbol.index {
      global.append(0)
      spellings.append([])
    }
    var spelling: [UInt8] = []
    spelling.reserveCapacity(bytes.count)
    for index in 0..<bytes.count { spelling.append(bytes[index]) }
    spellings[symbol.index] = spelling
  }

  func known(_ symbol: Symbol) -> UInt32 { global[symbol.index] }

  func spelling(_ symbol: Symbol) -> [UInt8] { spellings[symbol.index] }

  mutating func settle(_ symbol: Symbol, as found: Symbol) {
    global[symbol.index] = found.number
    spellings[symbol.index] = []
  }
}
