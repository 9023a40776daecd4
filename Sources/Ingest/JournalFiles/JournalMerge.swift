/// The entries of several journal files in one order, each once.
///
/// What libsystemd does entry by entry (the least of all heads, ties to the first file; then every file
/// past it) is done run by run: the file whose head is the least goes on until it comes to the least head
/// of the others, so that rotated files, which hardly overlap, cost one comparison an entry.
struct JournalMerge {
  /// An entry, by its file's number.
  struct Item {
    var file: Int
    var offset: UInt64
    var size: Int
    var location: JournalLocation?
  }

  private var walks: [JournalWalk]
  private var current: Int?
  /// The least head of the other files.
  private var rival: JournalLocation?

  init(_ files: [JournalFile], _ start: JournalStart, until: UInt64) {
    walks = files.map { JournalWalk($0, start, until: until) }
  }

  mutating func next() -> Item? {
    if let item = takeFromCurrent() { return item }
    choose()
    return takeFromCurrent()
  }

  private mutating func takeFromCurrent() -> Item? {
    guard let file = current, let head = walks[file].head else { return nil }
    if let location = head.location, let rival, location.order(to: rival) >= 0 { return nil }
    walks[file].advance()
    if head.location == nil { current = nil }
    return Item(file: file, offset: head.offset, size: head.size, location: head.location)
  }

  /// Chooses the file whose turn it is, and passes over what other files hold of the same entries.
  private mutating func choose() {
    current = nil
    rival = nil
    var least: JournalLocation?
    for file in walks.indices {
      while let head = walks[file].head {
        guard let location = head.location else {
          // No entry, so that it has no place in the order: counted as soon as it is met.
          current = file
          return
        }
        guard let known = least else {
          least = location
          current = file
          break
        }
        let order = location.order(to: known)
        if order == 0 {
          walks[file].advance()
          continue
        }
        if order < 0 {
          rival = known
          least = location
          current = file
        } else if rival.map({ location.order(to: $0) < 0 }) ?? true {
          rival = location
        }
        break
      }
    }
  }
}
