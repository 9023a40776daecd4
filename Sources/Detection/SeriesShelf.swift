internal import Model

/// The series under watch: found by key, the least recently non-zero one first to go.
///
/// - Layout: segments of 256 series, so that growing copies none; a list linked by index from the
///   latest non-zero series to the oldest. All operations O(1).
/// - Limits: `limit` series. What had to go is counted in `evicted`; where even the oldest is in a
///   spike, a newcomer is turned away and counted in `refused`.
struct SeriesShelf: Sendable {
  private static let segment = 256

  private var segments: [[SeriesWatch]] = []
  private var newer: [Int32] = []
  private var older: [Int32] = []
  private var index = SeriesIndex()
  private var free: [Int32] = []
  private var newest: Int32 = -1
  private var oldest: Int32 = -1
  private let limit: Int
  private(set) var evicted = 0
  private(set) var refused = 0
  /// Seasonal profiles of series that had to go.
  private(set) var released: [Int32] = []

  init(limit: Int) { self.limit = max(1, limit) }

  var count: Int { index.count }
  var hasRoom: Bool { count < limit }

  @inline(__always)
  func place(of key: SeriesKey) -> Int? { index.place(of: key) }

  subscript(_ place: Int) -> SeriesWatch {
    get { segments[place / Self.segment][place % Self.segment] }
    _modify { yield &segments[place / Self.segment][place % Self.segment] }
  }

  /// Reads of a series what judging it reads first, a cache line here and there.
  @inline(__always)
  func touchMemory(of place: Int) -> Int {
    segments[place / Self.segment][place % Self.segment].touch
  }

  /// Makes it the latest.
  mutating func touch(_ place: Int) {
    let at = Int32(place)
    guard newest != at else { return }
    unlink(at)
    link(at)
  }

  /// Room for a new series, as the latest; nil where it was turned away.
  mutating func insert(_ series: SeriesWatch) -> Int? {
    if count >= limit {
      guard oldest >= 0, !self[Int(oldest)].isActive else {
        refused += 1
        return nil
      }
      remove(Int(oldest))
      evicted += 1
    }
    let at: Int32
    if let vacant = free.popLast() {
      at = vacant
      self[Int(at)] = series
    } else {
      at = Int32(newer.count)
      newer.append(-1)
      older.append(-1)
      if Int(at) % Self.segment == 0 {
        var fresh: [SeriesWatch] = []
        fresh.reserveCapacity(Self.segment)
        segments.append(fresh)
      }
      segments[segments.count - 1].append(series)
    }
    index.insert(series.key, at: at)
    link(at)
    return Int(at)
  }

  mutating func remove(_ place: Int) {
    let at = Int32(place)
    if self[place].profile >= 0 { released.append(self[place].profile) }
    index.remove(self[place].key)
    unlink(at)
    free.append(at)
  }

  mutating func forgetReleased() { released.removeAll(keepingCapacity: true) }

  /// Gives a series another key; no series may have that key yet.
  mutating func rename(_ place: Int, to key: SeriesKey) {
    index.remove(self[place].key)
    self[place].key = key
    index.insert(key, at: Int32(place))
  }

  /// Places from the series that has been silent for longest to the latest.
  var places: [Int] {
    var places: [Int] = []
    var at = oldest
    while at >= 0 {
      places.append(Int(at))
      at = newer[Int(at)]
    }
    return places
  }

  private mutating func link(_ at: Int32) {
    older[Int(at)] = newest
    newer[Int(at)] = -1
    if newest >= 0 { newer[Int(newest)] = at }
    newest = at
    if oldest < 0 { oldest = at }
  }

  private mutating func unlink(_ at: Int32) {
    let before = newer[Int(at)]
    let after = older[Int(at)]
    if before >= 0 { older[Int(before)] = after } else { newest = after }
    if after >= 0 { newer[Int(after)] = before } else { oldest = before }
  }
}
