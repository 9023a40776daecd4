/// Which patterns a text may match, told by the words that it holds.
///
/// Each pattern is entered under the words of one of its clauses, the one whose words the fewest patterns
/// share; its other clauses are checked when that word is met. A look-up costs the length of the text
/// and a few steps for each pattern that shares a word with it, however many patterns there are.
///
/// Flat: lists of lists are one array and where each list ends in it.
struct CandidateIndex: Sendable {
  let exact: WordTable
  let folded: WordTable
  /// For each word (exact ones first, then folded ones) the patterns entered under it.
  let entered: [UInt16]
  let enteredEnds: [UInt32]
  /// For each pattern its clauses: how many words, then the words' numbers.
  let clauses: [UInt32]
  let clauseEnds: [UInt32]
  /// Patterns that need no word.
  let free: [UInt16]

  var wordCount: Int { exact.count + folded.count }

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
    let numbered = all.map { $0.map { $0.words.map { UInt32(number($0)) } } }
    for word in numbered.joined().joined() { popularity[Int(word)] += 1 }
    var byWord = [[UInt16]](repeating: [], count: popularity.count)
    var free: [UInt16] = []
    for (pattern, required) in numbered.enumerated() {
      let cost = { (clause: [UInt32]) in clause.reduce(0) { $0 + popularity[Int($1)] } }
      guard let key = required.min(by: { cost($0) < cost($1) }) else {
        free.append(UInt16(pattern))
        continue
      }
      for word in key { byWord[Int(word)].append(UInt16(pattern)) }
    }
    self.exact = exact
    self.folded = folded
    self.free = free
    (entered, enteredEnds) = Self.flat(byWord)
    (clauses, clauseEnds) = Self.flat(numbered.map { $0.flatMap { [UInt32($0.count)] + $0 } })
    requiresThreeWords = patternsWithThreeWords()
  }

  /// For each pattern whether three words at least stand in every text that it matches: no two of them
  /// hold one of each clause, as one alternative may require fewer than the others.
  private(set) var requiresThreeWords: [Bool] = []

  private func patternsWithThreeWords() -> [Bool] {
    var lists: [Range<Int>] = []
    var at = 0
    return clauseEnds.map { end in
      lists.removeAll(keepingCapacity: true)
      while at < Int(end) {
        let next = at + 1 + Int(clauses[at])
        lists.append(at + 1..<next)
        at = next
      }
      return !twoWordsSuffice(for: lists)
    }
  }

  private func twoWordsSuffice(for lists: [Range<Int>]) -> Bool {
    guard lists.count > 2 else { return true }
    for first in lists[0] {
      guard let open = lists.first(where: { !holds($0, clauses[first]) }) else { return true }
      for second in open
      where lists.allSatisfy({ holds($0, clauses[first]) || holds($0, clauses[second]) }) {
        return true
      }
    }
    return false
  }

  private func holds(_ list: Range<Int>, _ word: UInt32) -> Bool {
    list.contains { clauses[$0] == word }
  }

  /// As it was written; nil where it does not fit together.
  init?(_ reader: inout TableReader, patterns: Int) {
    guard let exact = WordTable(&reader), let folded = WordTable(&reader) else { return nil }
    self.exact = exact
    self.folded = folded
    entered = reader.numbers().map { UInt16(clamping: $0) }
    enteredEnds = reader.numbers()
    clauses = reader.numbers()
    clauseEnds = reader.numbers()
    free = reader.numbers().map { UInt16(clamping: $0) }
    requiresThreeWords = reader.numbers().map { $0 != 0 }
    guard reader.isSound, requiresThreeWords.count == patterns,
      enteredEnds.count == exact.count + folded.count,
      clauseEnds.count == patterns, Self.areInOrder(enteredEnds, upTo: entered.count),
      Self.areInOrder(clauseEnds, upTo: clauses.count),
      (entered + free).allSatisfy({ $0 < patterns }), areClausesSound()
    else { return nil }
  }

  func write(to out: inout TableWriter) {
    exact.write(to: &out)
    folded.write(to: &out)
    out.write(entered)
    out.write(enteredEnds)
    out.write(clauses)
    out.write(clauseEnds)
    out.write(free)
    out.write(requiresThreeWords.map { $0 ? 1 : 0 as UInt8 })
  }

  private static func flat<Number>(_ lists: [[Number]]) -> ([Number], [UInt32]) {
    var all: [Number] = []
    var ends: [UInt32] = []
    for list in lists {
      all += list
      ends.append(UInt32(all.count))
    }
    return (all, ends)
  }

  private static func areInOrder(_ ends: [UInt32], upTo count: Int) -> Bool {
    var last: UInt32 = 0
    for end in ends {
      if end < last { return false }
      last = end
    }
    return Int(last) == count
  }

  private func areClausesSound() -> Bool {
    var at = 0
    for end in clauseEnds {
      while at < Int(end) {
        let next = at + 1 + Int(clauses[at])
        guard clauses[at] > 0, next <= Int(end) else { return false }
        for word in (at + 1)..<next where clauses[word] >= wordCount { return false }
        at = next
      }
    }
    return true
  }

  /// What a look-up writes into; one per thread.
  struct Scratch {
    fileprivate var wordSeen: [UInt32]
    fileprivate var words: [Int32] = []
    fileprivate var turn: UInt32 = 0
    /// A bit for each pattern, all clear between look-ups.
    fileprivate var bits: [UInt64]
    /// The patterns found, by index, ascending.
    fileprivate(set) var found: [UInt16] = []
  }

  func scratch() -> Scratch {
    Scratch(
      wordSeen: Array(repeating: 0, count: wordCount),
      bits: Array(repeating: 0, count: (clauseEnds.count + 63) / 64))
  }

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
    if wordCount == 0 { return }
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
      let start = word == 0 ? 0 : Int(enteredEnds[Int(word) - 1])
      for position in start..<Int(enteredEnds[Int(word)]) where holds(entered[position], scratch) {
        scratch.found.append(entered[position])
      }
    }
    if scratch.found.count > free.count { sortUnique(&scratch) }
  }

  private func note(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ scratch: inout Scratch) {
    mark(exact.find(text, start, end, fold: 0), &scratch)
    if folded.count > 0 {
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
    var at = pattern == 0 ? 0 : Int(clauseEnds[Int(pattern) - 1])
    let end = Int(clauseEnds[Int(pattern)])
    while at < end {
      let next = at + 1 + Int(clauses[at])
      var isMet = false
      for word in (at + 1)..<next where scratch.wordSeen[Int(clauses[word])] == scratch.turn {
        isMet = true
      }
      if !isMet { return false }
      at = next
    }
    return true
  }

  private func sortUnique(_ scratch: inout Scratch) {
    for pattern in scratch.found { scratch.bits[Int(pattern) >> 6] |= 1 << UInt64(pattern & 63) }
    scratch.found.removeAll(keepingCapacity: true)
    for word in scratch.bits.indices where scratch.bits[word] != 0 {
      var bits = scratch.bits[word]
      scratch.bits[word] = 0
      while bits != 0 {
        scratch.found.append(UInt16(word << 6 | bits.trailingZeroBitCount))
        bits &= bits &- 1
      }
    }
  }
}
