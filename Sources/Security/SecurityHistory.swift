internal import Bytes
internal import Flow

/// What rules of security remember: what came of each subject lately, who has been seen before, and what opened today.
///
/// Keys are hashes of names, never a run's numbers, so that what is kept means the same in the next run.
/// - Limits: 16,384 windows of 16 things each and as many subjects that are known, least recently used out first (`evicted`).
struct SecurityHistory: ~Copyable {
  static let limit = 16_384

  /// The windows of rules and subjects.
  var tracks = TrackTable(limit: SecurityHistory.limit)
  private var known = RecentIndex(limit: SecurityHistory.limit)
  /// By rule, when insights of it opened.
  private var openings: [UInt64: Track] = [:]
  private var serial: UInt64 = 0
  /// The span of event time that has been seen: minutes closed and entries with a signal.
  private(set) var first = Int64.max
  private(set) var latest = Int64.min

  init() {}

  var evicted: Int { tracks.evicted + known.evicted }

  mutating func see(_ time: Int64) {
    first = min(first, time)
    latest = max(latest, time)
  }

  /// Whether a rule and a subject are met for the first time.
  mutating func isFirst(_ key: UInt64) -> Bool { known.use(key).isNew }

  /// Notes that an insight of a rule opens for a subject; how many subjects it opened for in the window.
  mutating func noteOpening(
    of rule: UInt64, for subject: UInt64, at time: Int64, window: Int64
  ) -> Int {
    openings[rule, default: Track()].note(subject, at: time, window: window)
  }

  /// The number of the thing so many places behind the last: each entry is one.
  func serial(_ ahead: Int) -> UInt64 { serial &+ UInt64(ahead) }

  mutating func advance(by count: Int) { serial &+= UInt64(count) }
}

// MARK: What is kept

extension SecurityHistory {
  private static let keptVersion: UInt8 = 1
  /// What is older decides nothing: the longest window.
  private static let reach: Int64 = 86_400_000_000_000
  private static let mostOpenings = 1000

  private struct Row {
    var key: UInt64 = 0
    var track = Track()

    mutating func carry(_ bytes: inout KeptBytes) {
      bytes.carry(bits: &key)
      track.carry(&bytes)
    }
  }

  /// The windows that may still decide and the subjects that are known, those used longest ago first.
  var kept: [UInt8] {
    var (rows, names): ([Row], [UInt64]) = ([], [])
    let since = latest == .min ? latest : latest &- Self.reach
    tracks.forEach { key, track in
      if track.hasAny(after: since) { rows.append(Row(key: key, track: track)) }
    }
    known.forEach { key, _ in names.append(key) }
    var opened = openings.sorted { $0.key < $1.key }.map { Row(key: $0.key, track: $0.value) }
    var (serial, first, latest) = (serial, first, latest)
    return Sealed.write(version: Self.keptVersion) {
      Self.carry(&$0, &serial, &first, &latest, &rows, &names, &opened)
    }
  }

  /// One that goes on; nil where the bytes are damaged.
  init?(kept: [UInt8]) {
    self.init()
    var (rows, names): ([Row], [UInt64]) = ([], [])
    var opened: [Row] = []
    let isWell = Sealed.read(kept, version: Self.keptVersion) {
      Self.carry(&$0, &serial, &first, &latest, &rows, &names, &opened)
    }
    guard isWell else { return nil }
    for row in rows {
      let slot = tracks.slot(of: row.key)
      tracks[slot] = row.track
    }
    for name in names { _ = known.use(name) }
    for row in opened { openings[row.key] = row.track }
  }

  private static func carry(
    _ bytes: inout KeptBytes, _ serial: inout UInt64, _ first: inout Int64,
    _ latest: inout Int64, _ rows: inout [Row], _ names: inout [UInt64], _ opened: inout [Row]
  ) {
    bytes.carry(bits: &serial)
    bytes.carry(&first, in: .min ... .max)
    bytes.carry(&latest, in: .min ... .max)
    bytes.carryList(&rows, limit: limit) {
      $1.carry(&$0)
    } empty: {
      Row()
    }
    bytes.carryList(&names, limit: limit) {
      $0.carry(bits: &$1)
    } empty: {
      0
    }
    bytes.carryList(&opened, limit: mostOpenings) {
      $1.carry(&$0)
    } empty: {
      Row()
    }
  }
}
