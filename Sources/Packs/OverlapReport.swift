internal import Bytes
internal import PatternMatching

/// A sample that another pattern matches as well.
package struct SampleOverlap: Sendable, Equatable {
  /// Indices of the pattern whose sample it is, and of the other.
  package let pattern: Int
  package let other: Int
  /// Where the sample stands, in the pattern's file.
  package let line: Int
  package let text: String

  /// The other is tried first, and takes the sample wherever both are tried.
  package var isShadow: Bool { other < pattern }
}

/// Which patterns match each other's samples, across packs whose scopes overlap.
package struct OverlapReport: Sendable {
  package private(set) var overlaps: [SampleOverlap] = []
  /// Patterns of which an earlier one takes every sample, with a scope that covers theirs: no entry that
  /// looks like a sample reaches them.
  package private(set) var unreachable: [Int] = []
  /// Pairs in the wrong order: the first is more specific, and is tried after the second.
  package private(set) var misplaced: [(specific: Int, general: Int)] = []
  /// The patterns from specific to general, where that differs from the order in which they are tried:
  /// each pack's, by name.
  package private(set) var orders: [(pack: String, ids: [String])] = []

  package init(_ library: PackLibrary) {
    var scratch = MatchScratch()
    var look = library.tables.index.scratch()
    let scopes = library.scopes
    let meets = scopes.map { one in scopes.map { one.overlaps($0) } }
    for index in library.patterns.indices {
      find(index, library, meets, &scratch, &look)
    }
    findMisplaced(library)
    findOrders(library)
  }

  private mutating func find(
    _ index: Int, _ library: PackLibrary, _ meets: [[Bool]], _ scratch: inout MatchScratch,
    _ look: inout CandidateIndex.Scratch
  ) {
    let pattern = library.patterns[index]
    var isReached = false
    for sample in pattern.samples where sample.matches {
      let bytes = Array(sample.text.utf8)
      library.tables.index.look(bytes.span, &look)
      var isTaken = false
      for candidate in look.found where Int(candidate) != index {
        let other = library.patterns[Int(candidate)]
        guard meets[other.scope][pattern.scope],
          scratch.match(other.pattern.prepared(), bytes.span) == .found
        else { continue }
        overlaps.append(
          SampleOverlap(
            pattern: index, other: Int(candidate), line: sample.line, text: sample.text))
        if Int(candidate) < index,
          library.scopes[other.scope].covers(library.scopes[pattern.scope])
        {
          isTaken = true
        }
      }
      if !isTaken { isReached = true }
    }
    if !isReached { unreachable.append(index) }
  }

  private mutating func findMisplaced(_ library: PackLibrary) {
    let taken = Set(overlaps.map { [$0.pattern, $0.other] })
    var told: Set<[Int]> = []
    for overlap in overlaps where overlap.isShadow {
      let pair = [overlap.pattern, overlap.other]
      guard !taken.contains([overlap.other, overlap.pattern]), told.insert(pair).inserted else {
        continue
      }
      misplaced.append((overlap.pattern, overlap.other))
    }
  }

  /// Each pack with a misplaced pattern, put in order: a pattern moves to right before the first one
  /// of its pack that takes its samples.
  private mutating func findOrders(_ library: PackLibrary) {
    for pack in library.packs {
      let wrong = misplaced.filter {
        library.patterns[$0.specific].pack == pack.name
          && library.patterns[$0.general].pack == pack.name
      }
      if wrong.isEmpty { continue }
      var ids = pack.patterns
      for pair in wrong {
        let specific = library.patterns[pair.specific].id
        guard let from = ids.firstIndex(of: specific),
          let to = ids.firstIndex(of: library.patterns[pair.general].id), to < from
        else { continue }
        ids.remove(at: from)
        ids.insert(specific, at: to)
      }
      orders.append((pack.name, ids))
    }
  }
}
