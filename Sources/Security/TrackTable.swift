internal import Flow

/// The tracks of subjects under rules, each found by a key; the least recently used goes for a new one.
struct TrackTable: ~Copyable {
  private var index: RecentIndex
  private var tracks: [Track] = []

  /// - Parameter limit: tracks that are kept, 272 bytes each.
  init(limit: Int) { index = RecentIndex(limit: limit) }

  /// Tracks that had to go.
  var evicted: Int { index.evicted }

  subscript(slot: Int) -> Track {
    get { tracks[slot] }
    _modify { yield &tracks[slot] }
  }

  /// Where the track of a key stands, a new one where it has none.
  mutating func slot(of key: UInt64) -> Int {
    let found = index.use(key)
    while tracks.count <= found.slot { tracks.append(Track()) }
    if found.isNew { tracks[found.slot] = Track() }
    return found.slot
  }

  /// The same, where there is one.
  func find(_ key: UInt64) -> Int? { index.find(key) }

  /// Hands out keys and tracks, the one used longest ago first.
  func forEach(_ body: (_ key: UInt64, _ track: Track) -> Void) {
    index.forEach { body($0, tracks[$1]) }
  }
}
