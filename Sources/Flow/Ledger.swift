package import Model

/// The book of a run: every frame and entry stands on exactly one line of it.
///
/// - Invariant (law 2): `read + expanded = entries + continuations + unparsed + blank` and
///   `entries = analysed + filtered + late + Σ dropped`; `isBalanced` tells whether both hold.
package struct Ledger: Equatable, Sendable {
  package var read = 0
  package var expanded = 0
  package var entries = 0
  package var continuations = 0
  package var unparsed = 0
  package var blank = 0
  package var analysed = 0
  package var filtered = 0
  package var late = 0
  package private(set) var dropped: [DropReason: Int] = [:]

  package init() {}

  package mutating func drop(_ reason: DropReason, _ count: Int = 1) {
    dropped[reason, default: 0] += count
  }

  /// Books a batch's frames; its entries are booked one by one.
  package mutating func add(_ frames: FrameCounts) {
    read += frames.read
    expanded += frames.expanded
    unparsed += frames.unparsed
    blank += frames.blank
    continuations += frames.continuations
  }

  /// Adds another run's book.
  package mutating func add(_ other: Ledger) {
    read += other.read
    expanded += other.expanded
    entries += other.entries
    continuations += other.continuations
    unparsed += other.unparsed
    blank += other.blank
    analysed += other.analysed
    filtered += other.filtered
    late += other.late
    dropped.merge(other.dropped, uniquingKeysWith: +)
  }

  package var isBalanced: Bool {
    read + expanded == entries + continuations + unparsed + blank
      && entries == analysed + filtered + late + dropped.values.reduce(0, +)
  }
}
