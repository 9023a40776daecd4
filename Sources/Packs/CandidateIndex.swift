/// Which patterns a text may match, told by the words that it holds.
///
/// Each pattern is entered under the words of one of its clauses, the one whose words the fewest patterns
/// share; its other clauses are checked when that word is met. A look-up costs the length of the text
/// and a few steps for each pattern that shares a word with it, however many patterns there are.
struct CandidateIndex: Sendable {
  private var exact = WordTable()
  private var folded = WordTable()
  /// For each word (exact ones first, then folded ones) the patterns entered under it.
  private var entered: [[UInt16]] = []
  /// For each pattern the clauses to check, as word numbers.
  private var clauses: [[[Int32]]] = []
  /// Patterns that need no word.
  private let free: [UInt16]
  private let hasFolded: Bool

  /// - Parameter clauses: for each pattern, in order.
  init(_ all: [[WordClause]]) {
    var exact = WordTable()
    var folded = WordTable()
    for word in all.joined().flatMap(\.words) {
      _ = word.isFolded ? folded.add(word.letters) : exact.add(word.letters)
    }
    let offset = exact.count
    func number(_ word: WordClause.Word) -> Int {
      word.isFolded ? offset + folded.add(word.letters) : exact.add(word.letters)
    }
    var popularity = [Int](repeating: 0, count: offset + folded.count)
    let numbered = all.map { $0.map { $0.words.map { Int32(number($0)) } } }
    for word in numbered.joined().joined() { popularity[Int(word)] += 1 }
    var entered = [[UInt16]](repeating: [], count: popularity.count)
    var free: [UInt16] = []
    for (pattern, required) in numbered.enumerated() {
      let cost = { (clause: [Int32]) in clause.reduce(0) { $0 + popularity[Int($1)] } }
      guard let key = required.min(by: { cost($0) < cost($1) }) else {
        free.append(UInt16(pattern))
        continue
      }
      for word in key { entered[Int(word)].append(UInt16(pattern)) }
    }
    self.exact = exact
    self.folded = folded
    self.entered = entered
    self.free = free
    clauses = numbered
    hasFolded = folded.count > 0
  }

  /// What a look-up writes into; one per thread.
  struct Scratch {
    fileprivate var wordSeen: [UInt32]
    fileprivate var words: [Int32] = []
    fileprivate var turn: UInt32 = 0
    /// The patterns found, by index, ascending.
    fileprivate(set) var found: [UInt16] = []
  }

  func scratch() -> Scratch { Scratch(wordSeen: Array(repeating: 0, count: entered.count)) }

  /// Finds the patterns that `text` may match; the answer stands in `scratch.found`.
  func look(_ text: Span<UInt8>, _ scratch: inout Scratch) {
    if scratch.turn == .max {
      for index in scratch.wordSeen.indices { scratch.wordSeen[index] = 0 }
      scratch.turn = 0
    }
    scratch.turn += 1
    scratch.words.removeAll(keepingCapacity: true)
    scratch.found.removeAll(keepingCapacity: true)
    scratch.found.append(contentsOf: free)
    if entered.isEmpty { return }
    var start = 0
    var isPure = true
    let count = text.count
    for at in 0...count {
      if at < count, !Separators.contains(text[at]) {
        if !Separators.isWordByte(text[at]) { isPure = false }
        continue
      }
      if isPure, at - start >= 3 { note(text, start, at, &scratch) }
      start = at + 1
      isPure = true
    }
    for word in scratch.words {
      for pattern in entered[Int(word)] where holds(pattern, scratch) {
        scratch.found.append(pattern)
      }
    }
    if scratch.found.count > 1 { sortUnique(&scratch.found) }
  }

  private func note(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ scratch: inout Scratch) {
    mark(exact.find(text, start, end, fold: 0), &scratch)
    if hasFolded {
      let word = folded.find(text, start, end, fold: 0x20)
      if word >= 0 { mark(exact.count + word, &scratch) }
    }
  }

  private func mark(_ word: Int, _ scratch: inout Scratch) {
    guard word >= 0, scratch.wordSeen[word] != scratch.turn else { return }
    scratch.wordSeen[word] = scratch.turn
    scratch.words.append(Int32(word))
  }

  private func holds(_ pattern: UInt16, _ scratch: Scratch) -> Bool {
    for clause in clauses[Int(pattern)] {
      var isMet = false
      for word in clause where scratch.wordSeen[Int(word)] == scratch.turn { isMet = true }
      if !isMet { return false }
    }
    return true
  }

  private func sortUnique(_ found: inout [UInt16]) {
    found.sort()
    var kept = 1
    for index in 1..<found.count where found[index] != found[kept - 1] {
      found[kept] = found[index]
      kept += 1
    }
    found.removeLast(found.count - kept)
  }
}
