internal import Flow

/// The tracks of subjects under rules, each found by a key; the least recently used goes for a new one.
struct TrackTable: ~Copyable {
  private var index: RecentIndex
  private var tracks: [Track] = []

  /// - Parameter limit: tracks that are kept, 272 bytes each.
  init(limit: Int) { index = RecentIndex(limit: limit) }

  /// Tracks that had to go.
  var evicted: Int { index.evicted }

  /// The track of a key, a new one where it has none.
  mutating func use<Result>(_ key: UInt64, _ body: (inout Track) -> Result) -> Result {
    let found = index.use(key)
    while tracks.count <= found.slot { tracks.append(Track()) }
    if found.isNew { tracks[found.slot] = Track() }
    return body(&tracks[found.slot])
  }
}
