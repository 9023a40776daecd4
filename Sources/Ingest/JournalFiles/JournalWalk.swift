internal import Bytes

/// Goes through one journal file, entry by entry, from where it is asked to begin.
struct JournalWalk {
  /// An entry that the walk has come to.
  struct Head {
    var offset: UInt64
    /// nil where the list names an entry that is none.
    var location: JournalLocation?
    /// The bytes from the entry before it to its own end: it and what it brought that was new.
    var size: Int
  }

  let file: JournalFile
  private(set) var head: Head?
  private var next = 0
  private var hint = 0
  /// Behind the last entry: the next one has to lie there or later, so that a walk is linear.
  private var end: UInt64 = 0
  private let until: UInt64

  /// - Parameter until: it ends before the first entry with a later wall time (microseconds).
  init(_ file: JournalFile, _ start: JournalStart, until: UInt64) {
    self.file = file
    self.until = until
    next = firstNumber(start)
    advance()
  }

  /// Goes on to the next entry.
  mutating func advance() {
    guard next < file.entryCount else {
      if head != nil { file.map.rest() }
      head = nil
      return
    }
    let offset = file.entryOffset(next, hint: &hint)
    next += 1
    guard offset >= end, let entry = file.entry(at: offset) else {
      head = Head(offset: offset, location: nil, size: 0)
      return
    }
    if entry.location.realtime > until {
      head = nil
      next = file.entryCount
      return
    }
    let size = entry.end - (end == 0 ? offset : end)
    head = Head(offset: offset, location: entry.location, size: Int(size))
    end = entry.end
  }

  /// The first entry that is not before the start, by bisection.
  private func firstNumber(_ start: JournalStart) -> Int {
    if case .head = start { return 0 }
    var low = 0
    var high = file.entryCount
    var hint = 0
    while low < high {
      let middle = (low + high) / 2
      let entry = file.entry(at: file.entryOffset(middle, hint: &hint))
      if let entry, start.isBehind(entry.location) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Where the reading of a journal begins.
package enum JournalStart: Equatable, Sendable {
  case head
  /// At the first entry with this wall time (microseconds since 1970) or a later one.
  case realtime(UInt64)
  case at(JournalCursor)
  case after(JournalCursor)

  /// Whether it lies behind an entry, so that this is not read.
  func isBehind(_ entry: JournalLocation) -> Bool {
    switch self {
    case .head: false
    case .realtime(let time): entry.realtime < time
    case .at(let cursor): entry.order(to: cursor.location) < 0
    case .after(let cursor): entry.order(to: cursor.location) <= 0
    }
  }
}
