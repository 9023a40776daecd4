internal import Model

/// Tells whether a pattern could match any of the messages that a masked text stands for.
///
/// The masked text is run through the pattern's positions: a byte that stands in it is that byte of the
/// message, a blank is one or more of 0 to 0x20, which may also stand before and behind the text, and a
/// wildcard is any run, or none, of the bytes that the masker puts it for (`MaskedBytes`). A blank before a
/// last `<*>` may be the masker's, which cut the text there, even inside a word. Never says no
/// where the pattern matches a message; may say yes where it matches none.
///
/// A set of positions is a bit for each, so that a byte costs a few operations for each position that is
/// reached, of which there are few.
final class MaskAutomaton: Sendable {
  /// Positions, by number below 512.
  struct States: Hashable, Sendable {
    private var words = SIMD8<UInt64>()

    static func of(_ position: Int) -> States {
      var states = States()
      states.insert(position)
      return states
    }

    var isEmpty: Bool { words == .zero }

    func holds(_ position: Int) -> Bool { words[position >> 6] >> UInt64(position & 63) & 1 != 0 }

    mutating func insert(_ position: Int) { words[position >> 6] |= 1 << UInt64(position & 63) }

    mutating func formUnion(_ other: States) { words |= other.words }

    mutating func formIntersection(_ other: States) { words &= other.words }

    mutating func subtract(_ other: States) { words &= ~other.words }

    func meets(_ other: States) -> Bool { words & other.words != .zero }

    @inline(__always)
    func forEach(words count: Int = 8, _ body: (Int) -> Void) {
      for index in 0..<count {
        var word = words[index]
        while word != 0 {
          body(index * 64 + word.trailingZeroBitCount)
          word &= word - 1
        }
      }
    }
  }

  static let startSymbol = 256
  static let endSymbol = 257
  static let symbolCount = 258

  private let first: States
  private let accepting: States
  private let follow: [States]
  /// The positions that take each symbol; equal ones once.
  private let columns: [States]
  private let columnOf: [UInt16]
  /// The positions that take a blank.
  private let blanks: States
  /// For each of `MaskedBytes` the positions that take one of its bytes.
  private let masked: [States]
  /// Words of a set that hold positions.
  private let wordCount: Int

  init(first: States, accepting: States, follow: [States], columns: [States]) {
    self.first = first
    self.accepting = accepting
    self.follow = follow
    var known: [States: UInt16] = [:]
    var distinct: [States] = []
    var columnOf: [UInt16] = []
    var blanks = States()
    for (symbol, column) in columns.enumerated() {
      // Neighbours are mostly equal.
      if symbol > 0, column == columns[symbol - 1] {
        columnOf.append(columnOf[symbol - 1])
        continue
      }
      let number = known[column] ?? UInt16(distinct.count)
      if number == distinct.count {
        known[column] = number
        distinct.append(column)
      }
      columnOf.append(number)
      if symbol <= 0x20 { blanks.formUnion(column) }
    }
    self.columns = distinct
    self.columnOf = columnOf
    self.blanks = blanks
    masked = MaskedBytes.sets.map { set in
      var taking = States()
      var last: UInt16 = .max
      set.forEach { byte in
        let number = columnOf[Int(byte)]
        if number == last { return }
        last = number
        taking.formUnion(distinct[Int(number)])
      }
      return taking
    }
    wordCount = min(8, (follow.count + 63) / 64)
  }

  func mayMatch(_ mask: Span<UInt8>) -> Bool {
    var states = first
    states.formIntersection(column(Self.startSymbol))
    if states.isEmpty { return false }
    if states.meets(accepting) { return true }
    spread(&states, over: blanks)
    var at = 0
    while at < mask.count {
      let byte = mask[at]
      if byte == 0x3c, let wildcard = Wildcard.spelled(in: mask, at: at) {
        at += wildcard.bytes.count
        take(wildcard, &states)
      } else if byte == 0x5c, let wildcard = Wildcard.spelled(in: mask, at: at + 1) {
        at += 1 + wildcard.bytes.count
        take(.any, &states)
      } else if byte <= 0x20, isCut(mask, at + 1) {
        // The masker's own blank, before what it cut.
        at += 1
      } else if byte <= 0x20 {
        at += 1
        step(&states, blanks)
        spread(&states, over: blanks)
      } else {
        at += 1
        step(&states, column(Int(byte)))
      }
      if states.isEmpty { return false }
      if states.meets(accepting) { return true }
    }
    spread(&states, over: blanks)
    if states.meets(accepting) { return true }
    step(&states, column(Self.endSymbol))
    return states.meets(accepting)
  }

  private func isCut(_ mask: Span<UInt8>, _ at: Int) -> Bool {
    at + 3 == mask.count && Wildcard.spelled(in: mask, at: at) == .any
  }

  private func column(_ symbol: Int) -> States { columns[Int(columnOf[symbol])] }

  private func take(_ wildcard: Wildcard, _ states: inout States) {
    let bytes = MaskedBytes(wildcard)
    spread(&states, over: masked[bytes.rawValue])
    guard bytes == .time else { return }
    // A date, a time of day and a zone may have a blank between them.
    for behind in [MaskedBytes.clockStart, .zoneStart] {
      var edge = states
      step(&edge, column(0x20))
      states.formUnion(edge)
      step(&edge, masked[behind.rawValue])
      spread(&edge, over: masked[bytes.rawValue])
      states.formUnion(edge)
    }
  }

  private func next(_ states: States) -> States {
    var next = States()
    states.forEach(words: wordCount) { next.formUnion(follow[$0]) }
    return next
  }

  private func step(_ states: inout States, _ taking: States) {
    states = next(states)
    states.formIntersection(taking)
  }

  /// Adds what any number of steps over these positions reaches.
  private func spread(_ states: inout States, over taking: States) {
    var edge = states
    while !edge.isEmpty {
      step(&edge, taking)
      edge.subtract(states)
      states.formUnion(edge)
    }
  }
}
