internal import Bytes
internal import Model

/// The names that gave entries, most of them counted one by one, the rest together.
///
/// - Limits: the first `limit` names met; entries of others are counted in `others`.
struct SymbolCounts<let limit: Int> {
  private var symbols: InlineArray<limit, UInt32> = .init(repeating: 0)
  private var counts: InlineArray<limit, UInt32> = .init(repeating: 0)
  private var used: UInt8 = 0
  private(set) var others: UInt32 = 0

  @inline(__always)
  mutating func add(_ symbol: Symbol) {
    if symbol.isNone { return }
    let used = Int(self.used)
    var index = 0
    while index < used {
      if symbols[index] == symbol.number {
        counts[index] &+= 1
        return
      }
      index &+= 1
    }
    guard used < limit else {
      others &+= 1
      return
    }
    symbols[used] = symbol.number
    counts[used] = 1
    self.used &+= 1
  }

  /// Counts a name that was added so many times more; at most 2^32 - 1 in all.
  mutating func addMore(_ symbol: Symbol, times: Int) {
    if symbol.isNone { return }
    let times = UInt32(clamping: times)
    for index in 0..<Int(used) where symbols[index] == symbol.number {
      let (sum, isOver) = counts[index].addingReportingOverflow(times)
      counts[index] = isOver ? .max : sum
      return
    }
    let (sum, isOver) = others.addingReportingOverflow(times)
    others = isOver ? .max : sum
  }

  func forEach(_ body: (Symbol, Int) -> Void) {
    for index in 0..<Int(used) { body(Symbol(number: symbols[index]), Int(counts[index])) }
  }
}

extension SymbolCounts {
  /// As pairs of a name's place and its entries; those whose names have no place are among the others.
  mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var kept: [(place: Int, count: UInt32)] = []
    var rest = others
    if !bytes.isReading {
      forEach { symbol, count in
        if let place = names.place(symbol) {
          kept.append((place, UInt32(clamping: count)))
        } else {
          rest = UInt32(clamping: Int(rest) + count)
        }
      }
    }
    var count = kept.count
    bytes.carry(&count, in: 0...limit)
    bytes.carry(&rest, in: 0...UInt32.max)
    if bytes.isReading { self = SymbolCounts() }
    for index in 0..<count where !bytes.isBroken {
      var (place, entries): (Int, UInt32) = bytes.isReading ? (0, 0) : kept[index]
      bytes.carry(&place, in: 0...KeptNames.limit)
      bytes.carry(&entries, in: 1...UInt32.max)
      guard bytes.isReading, !bytes.isBroken, let symbol = names.symbol(place) else { continue }
      add(symbol)
      addMore(symbol, times: Int(entries) - 1)
    }
    if bytes.isReading { others = rest }
  }
}
