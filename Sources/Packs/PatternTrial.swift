internal import Bytes
internal import PatternMatching

/// Tries single patterns on texts, as often as one likes: what a bench measures from outside.
package struct PatternTrial: ~Copyable {
  private let library: PackLibrary
  private var scratch: MatchScratch
  private var look: CandidateIndex.Scratch

  /// - Parameter matchLimit: steps after which a match is given up.
  package init(_ library: PackLibrary, matchLimit: Int = MatchScratch.defaultMatchLimit) {
    self.library = library
    scratch = MatchScratch(matchLimit: matchLimit)
    look = library.tables.index.scratch()
  }

  /// What came of one attempt.
  package enum Answer: Sendable { case hit, miss, gaveUp }

  package mutating func answer(_ index: Int, _ text: [UInt8]) -> Answer {
    switch scratch.match(library.patterns[index].pattern.prepared(), text.span) {
    case .found: .hit
    case .notFound: .miss
    case .gaveUp: .gaveUp
    }
  }

  /// Matches each of the texts `rounds` times, and tells how many attempts hit.
  package mutating func run(_ index: Int, _ texts: [[UInt8]], rounds: Int) -> Int {
    let pattern = library.patterns[index].pattern.prepared()
    var hits = 0
    for _ in 0..<rounds {
      for text in texts where scratch.match(pattern, text.span) == .found { hits += 1 }
    }
    return hits
  }

  package func usesJIT(_ index: Int) -> Bool { library.patterns[index].pattern.prepared().isJIT }

  /// The patterns that are tried on a text, by their words alone.
  package mutating func candidates(_ text: [UInt8]) -> [Int] {
    library.tables.index.look(text.span, &look)
    return look.found.map { Int($0) }
  }

  /// What a pattern captures from a text, by field; nil where it does not match.
  package mutating func fields(_ index: Int, _ text: [UInt8]) -> [(name: String, value: String)]? {
    let pattern = library.patterns[index]
    guard scratch.match(pattern.pattern.prepared(), text.span) == .found else { return nil }
    return scratch.fields(of: pattern, in: text)
  }
}

extension MatchScratch {
  /// What the last match of a pattern captured, by field, as it would be written.
  borrowing func fields(
    of pattern: PackPattern, in text: [UInt8]
  ) -> [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    for capture in pattern.captures where !found.contains(where: { $0.name == capture.name }) {
      guard let range = self.capture(capture.group), !range.isEmpty else { continue }
      var value = Array(text[range])
      if capture.isNumber, case .rewritten(let digits) = NumberText(value.span) { value = digits }
      found.append((capture.name, String(decoding: value, as: UTF8.self)))
    }
    return found
  }
}
