/// Words of which a text must hold at least one for a pattern to match.
struct WordClause: Equatable, Hashable, Sendable {
  struct Word: Equatable, Hashable, Sendable {
    /// ASCII letters; small ones where it is folded.
    var letters: [UInt8]
    /// Whether the pattern takes it in any case.
    var isFolded: Bool
  }

  /// Sorted, no word twice, never empty.
  var words: [Word]
}

/// Tells which words a text must hold, each between separators, for a regular expression to match it.
///
/// The words decide which patterns are tried on a *masked* text, so they must stand in it whatever the
/// masking does: only runs of three letters (`_` and `&` among them) or more with a separator, or the text's start or end, on both
/// sides inside the pattern itself, and outside anything that masking may take as one (addresses). A pattern that has none is tried on every text. Sound, not complete:
/// what is not understood requires nothing.
enum RequiredWords {
  /// Alternatives beyond this many words require nothing, smaller would lose ordinary lists of states.
  private static let alternativesLimit = 16

  /// Words that masking may replace although they are of letters alone: values, units, dates.
  private static let unsure: Set<String> = [
    "true", "false", "null", "nil", "root", "admin", "none", "localhost",
    "sec", "secs", "second", "seconds", "msec", "msecs", "usec", "usecs", "nsec", "min", "mins",
    "minute", "minutes", "hour", "hours", "day", "days", "byte", "bytes", "kib", "mib", "gib",
    "tib",
    "kbytes", "mbytes", "gbytes", "bit", "bits", "percent", "bps", "kbps", "mbps", "gbps",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "gmt", "utc", "est", "cet", "cest",
  ]

  /// All of these clauses must hold in a text that the pattern matches.
  static func of(_ regex: String) -> [WordClause] {
    guard let branches = RegexReader.read(regex) else { return [] }
    var clauses: [WordClause] = []
    for clause in choice(branches, left: false, right: false) where !clauses.contains(clause) {
      clauses.append(clause)
    }
    return clauses
  }

  private static func choice(
    _ branches: [[RegexNode]], left: Bool, right: Bool
  ) -> [WordClause] {
    var found = branches.map { sequence($0, left: left, right: right) }
    if found.count == 1 { return found.removeFirst() }
    // Every clause of the first branch makes one of all branches: with those of the others that add the
    // fewest words. All of them hold; the index takes the rarest.
    return found[0].prefix(8).compactMap { first in
      var words = Set(first.words)
      for clauses in found.dropFirst() {
        let cost = { (clause: WordClause) in clause.words.count { !words.contains($0) } }
        guard let best = clauses.min(by: { cost($0) < cost($1) }) else { return nil }
        words.formUnion(best.words)
      }
      guard words.count <= alternativesLimit else { return nil }
      return WordClause(words: words.sorted { $0.letters.lexicographicallyPrecedes($1.letters) })
    }
  }

  private static func sequence(
    _ nodes: [RegexNode], left: Bool, right: Bool
  ) -> [WordClause] {
    var walk = Walk(nodes: flattened(nodes), left: left, right: right)
    return walk.clauses()
  }

  /// Groups of one branch, written in place.
  private static func flattened(_ nodes: [RegexNode]) -> [RegexNode] {
    nodes.flatMap { node -> [RegexNode] in
      if case .group(let branches) = node, branches.count == 1 { return flattened(branches[0]) }
      return [node]
    }
  }

  /// One pass over a sequence: a run of letters, and what stands before it.
  ///
  /// A masked token may span separators (a URL, an IPv6 address), but not white space or a quote: a word
  /// counts behind one of these, or behind other separators as long as all since then is literal.
  private struct Walk {
    let nodes: [RegexNode]
    let right: Bool
    /// A separator or the text's start stands directly before.
    var isBounded: Bool
    /// Everything since the last white space, quote or start is literal.
    var isPlain: Bool
    var run: [UInt8] = []
    var isPure = true
    var isFolded = false
    var runIsBounded = false
    var found: [WordClause] = []

    init(nodes: [RegexNode], left: Bool, right: Bool) {
      self.nodes = nodes
      self.right = right
      isBounded = left
      isPlain = left
    }

    mutating func clauses() -> [WordClause] {
      for (index, node) in nodes.enumerated() {
        switch node {
        case .character(let byte, let folded): take(byte, folded, index)
        case .separators(false, let blank): separate(blank: blank, bounded: true)
        case .separators(true, _):
          if !run.isEmpty {
            finish(bounded: isBoundary(index))
            isPlain = false
          }
        case .optional(let branches):
          // One that ends with white space leaves what stands before the next as it was.
          if !run.isEmpty || !branches.allSatisfy(Self.endsBlank) {
            finish(bounded: isBoundary(index))
            isPlain = false
          }
        case .start: separate(blank: true, bounded: false)
        case .end: separate(blank: true, bounded: true)
        case .nothing: break
        case .ahead: if !run.isEmpty { finish(bounded: true) }
        case .opaque: interrupt()
        case .group(let branches):
          let left = run.isEmpty && isBounded && isPlain
          interrupt()
          found += RequiredWords.choice(branches, left: left, right: isBoundary(index + 1))
        case .repeated(let branches):
          interrupt()
          found += RequiredWords.choice(branches, left: false, right: false)
        }
      }
      finish(bounded: right)
      return found
    }

    private mutating func separate(blank: Bool, bounded: Bool) {
      finish(bounded: bounded)
      isBounded = true
      if blank { isPlain = true }
    }

    private mutating func interrupt() {
      finish(bounded: false)
      isPlain = false
    }

    private mutating func take(_ byte: UInt8, _ folded: Bool, _ index: Int) {
      if Separators.contains(byte) {
        let isBlank = byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        return separate(blank: isBlank, bounded: isBoundary(index))
      }
      if run.isEmpty {
        runIsBounded = isBounded && isPlain
        isPure = true
        isFolded = false
      }
      run.append(byte)
      isPure = isPure && Separators.isWordByte(byte)
      isFolded = isFolded || folded
      isBounded = false
    }

    private mutating func finish(bounded: Bool) {
      if runIsBounded, bounded, isPure, run.count >= 3 {
        let small = run.map { Separators.isLetter($0) ? $0 | 0x20 : $0 }
        // `a` to `f` alone may be hexadecimal.
        if small.contains(where: { $0 > UInt8(ascii: "f") }),
          !unsure.contains(String(decoding: small, as: UTF8.self))
        {
          found.append(
            WordClause(words: [.init(letters: isFolded ? small : run, isFolded: isFolded)]))
        }
      }
      run.removeAll()
      runIsBounded = false
      isBounded = false
    }

    /// Whether what comes from `index` on begins with a separator or the text's end.
    private func isBoundary(_ index: Int) -> Bool {
      for (offset, node) in nodes.dropFirst(index).enumerated() {
        switch node {
        // A scheme's colon, as in `http://`, belongs to what is masked.
        case .character(UInt8(ascii: ":"), _): return !mayBeSlash(index + offset + 1)
        case .character(let byte, _): return Separators.contains(byte)
        case .separators(false, _), .end, .ahead: return true
        case .separators(true, _), .nothing: continue
        case .optional(let branches):
          if !branches.allSatisfy(Self.startsWithSeparator) { return false }
        default: return false
        }
      }
      return right
    }

    private static func startsWithSeparator(_ branch: [RegexNode]) -> Bool {
      switch branch.first {
      case .character(let byte, _): Separators.contains(byte) && byte != UInt8(ascii: ":")
      case .separators(false, _): true
      case .group(let branches): branches.allSatisfy(startsWithSeparator)
      default: false
      }
    }

    private static func endsBlank(_ branch: [RegexNode]) -> Bool {
      switch branch.last {
      case .character(let byte, _): byte <= 0x20
      case .separators(false, let blank): blank
      case .group(let branches): branches.allSatisfy(endsBlank)
      default: false
      }
    }

    private func mayBeSlash(_ index: Int) -> Bool {
      for node in nodes.dropFirst(index) {
        switch node {
        case .character(let byte, _): return byte == UInt8(ascii: "/")
        case .separators(false, _), .end, .ahead: return false
        case .nothing: continue
        default: return true
        }
      }
      return !right
    }
  }
}
