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

  /// Gives the entries of a run of the batch global symbols instead of the worker's.
  package mutating func resolve(_ batch: Batch, _ run: Range<Int>) {
    // Apart from their owners while they are used: else each look-up counts references.
    var entries: [Entry] = []
    var worker = WorkerNames()
    swap(&entries, &batch.entries)
    swap(&worker, &tables[batch.nameTable])
    for index in run {
      entries[index].service = resolve(entries[index].service, &worker)
      entries[index].host = resolve(entries[index].host, &worker)
      entries[index].program = resolve(entries[index].program, &worker)
    }
    swap(&worker, &tables[batch.nameTable])
    swap(&entries, &batch.entries)
  }

  @inline(__always)
  private mutating func resolve(_ symbol: Symbol, _ worker: inout WorkerNames) -> Symbol {
    if symbol.isNone { return symbol }
    let known = worker.known(symbol)
    return known != 0 ? Symbol(number: known) : settle(symbol, &worker)
  }

  @inline(never)
  private mutating func settle(_ symbol: Symbol, _ worker: inout WorkerNames) -> Symbol {
    let found = self.symbol(worker.spelling(symbol).span)
    worker.settle(symbol, as: found)
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

  @inline(__always)
  func known(_ symbol: Symbol) -> UInt32 { global[symbol.index] }

  func spelling(_ symbol: Symbol) -> [UInt8] { spellings[symbol.index] }

  mutating func settle(_ symbol: Symbol, as found: Symbol) {
    global[symbol.index] = found.number
    spellings[symbol.index] = []
  }
}
