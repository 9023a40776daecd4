internal import Bytes
package import Flow
package import Model

/// What a run counted beside its entries: the ledger, what became of frames, and what befell entries.
package struct PartialBooks: Equatable, Sendable {
  package var ledger = Ledger()
  package var frames = FrameCounts()
  package var matchedInPart = 0
  package var closedByClock = 0
  package var zonesUnknown = 0
  package var repetitionsLeftOut = 0
  /// How often each pattern gave up, by its id.
  package var surrenders: [String: Int] = [:]

  package init() {}

  package mutating func add(_ other: PartialBooks) {
    ledger.add(other.ledger)
    frames.add(other.frames)
    matchedInPart += other.matchedInPart
    closedByClock += other.closedByClock
    zonesUnknown += other.zonesUnknown
    repetitionsLeftOut += other.repetitionsLeftOut
    for (pattern, count) in other.surrenders { surrenders[pattern, default: 0] += count }
  }

  /// The books that a block's payload holds; nil where it holds none.
  package init?(_ bytes: Span<UInt8>) {
    var cursor = ByteCursor()
    func next() -> Int { cursor.count(bytes, below: 1 << 40) }
    ledger.read = next()
    ledger.expanded = next()
    ledger.entries = next()
    ledger.continuations = next()
    ledger.unparsed = next()
    ledger.blank = next()
    ledger.analysed = next()
    ledger.filtered = next()
    ledger.late = next()
    for _ in 0..<cursor.count(bytes, below: 256) {
      let name = cursor.text(bytes)
      let count = cursor.count(bytes, below: 1 << 40)
      guard let reason = DropReason(rawValue: name), ledger.dropped[reason] == nil else {
        return nil
      }
      ledger.drop(reason, count)
    }
    for field in FrameCounts.counters { frames[keyPath: field] = next() }
    matchedInPart = next()
    closedByClock = next()
    zonesUnknown = next()
    repetitionsLeftOut = next()
    for _ in 0..<cursor.count(bytes, below: 1 << 16) {
      let pattern = cursor.text(bytes)
      guard surrenders[pattern] == nil else { return nil }
      surrenders[pattern] = cursor.count(bytes, below: 1 << 40)
    }
    guard cursor.hasEnded(bytes) else { return nil }
  }

  func write(to out: inout ByteBuffer) {
    for count in [
      ledger.read, ledger.expanded, ledger.entries, ledger.continuations, ledger.unparsed,
      ledger.blank, ledger.analysed, ledger.filtered, ledger.late,
    ] {
      out.write(number: UInt64(count))
    }
    let dropped = ledger.dropped.sorted { $0.key.rawValue < $1.key.rawValue }
    out.write(number: UInt64(dropped.count))
    for (reason, count) in dropped {
      out.write(counted: reason.rawValue)
      out.write(number: UInt64(count))
    }
    for field in FrameCounts.counters { out.write(number: UInt64(frames[keyPath: field])) }
    for count in [matchedInPart, closedByClock, zonesUnknown, repetitionsLeftOut] {
      out.write(number: UInt64(count))
    }
    out.write(number: UInt64(surrenders.count))
    for (pattern, count) in surrenders.sorted(by: { $0.key < $1.key }) {
      out.write(counted: pattern)
      out.write(number: UInt64(count))
    }
  }
}

extension FrameCounts {
  /// All counters, in the order in which a partial holds them.
  fileprivate static var counters: [WritableKeyPath<FrameCounts, Int>] {
    [
      \.read, \.expanded, \.blank, \.continuations, \.unparsed, \.lines, \.cut,
      \.withheld, \.repaired, \.damaged,
    ]
  }
}
