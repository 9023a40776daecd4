internal import Model

/// How far each source of a live run has come, how far it lags behind the others, and by how much its clock is wrong.
///
/// Followed files and pipes come as they are written, not by time, so that what one source says must not
/// close the minutes of another. A source that lags now and then is waited for as long as it has lagged in the last
/// hour, five minutes at most. One that is further off, always by the same, has a wrong clock: its stamps are taken
/// as if it were right. Which clock is right can't be told: the one furthest ahead leads, unless others contradict it.
///
/// - Invariant: with one source, nothing is waited for and no stamp is changed.
/// - Limits: sources from number 4,096 on are neither waited for nor set right.
/// - Cost: a few comparisons an entry; O(sources) where a minute could close.
package struct SourceClocks: Sendable {
  /// A source whose clock is wrong.
  package struct Skewed: Equatable, Sendable {
    package var source: Int
    /// Nanoseconds by which it is behind the others; negative where it is ahead.
    package var behind: Int64
    /// Entries whose stamps were set right.
    package var entries: Int
  }

  private struct Clock: Sendable {
    /// The latest of its stamps, set right.
    var high = Timestamp.unknown
    /// The most that it lagged by in the last hour, in nanoseconds; 0 within the lateness.
    var delay: Int64 = 0
    var delayedAt = Timestamp.unknown
    /// The lead when it last spoke, and when it was last measured.
    var spokeAt = Timestamp.unknown
    var measuredAt = Timestamp.unknown
    /// What is added to its stamps.
    var shift: Int64 = 0
    var shifted = 0
    /// What was added when `shifted` last grew.
    var lastShift: Int64 = 0
    /// The least it was behind by in measures that agree, how many they are, and the lead at the first.
    var probe: Int64 = 0
    var probes = 0
    var probedAt = Timestamp.unknown
  }

  /// The longest that a source is waited for: five minutes. Larger would keep news of all others back, and more
  /// minutes open than there are counters for (16); smaller would lose what shippers send in batches.
  package static let patience: Int64 = 300_000_000_000
  private static let limit = 4096
  private static let hour: Int64 = 3_600_000_000_000
  /// Measures of one clock agree where they differ by less: a minute is what counts are told by.
  private static let tolerance: Int64 = 60_000_000_000
  private static let measures = 3

  private let lateness: Int64
  private var clocks: [Clock] = []
  private var spoken = 0
  /// The source whose stamp is the lead; -1 for the edge's clock.
  private var mover = -1
  /// The source that keeps a minute open, and the lead from which on it is not waited for.
  private var awaited = -1
  private var awaitedUntil = Timestamp.unknown

  init(lateness: Int64) { self.lateness = lateness }

  /// Whether entries of more than one source have come.
  package var areSeveral: Bool { spoken > 1 }

  /// Sources whose stamps were set right, in order of their numbers.
  package var skewed: [Skewed] {
    clocks.indices.filter { clocks[$0].shifted > 0 }.map {
      Skewed(source: $0, behind: clocks[$0].lastShift, entries: clocks[$0].shifted)
    }
  }

  /// Notes that a source speaks, and measures it against the lead where another source has just given that.
  ///
  /// - Returns: its stamp, set right.
  mutating func align(_ time: Timestamp, of source: Int, lead: Timestamp) -> Timestamp {
    guard source >= 0, source < Self.limit else { return time }
    while clocks.count <= source { clocks.append(Clock()) }
    if !clocks[source].spokeAt.isKnown { spoken += 1 }
    if spoken > 1, lead.isKnown, mover != source, clocks[source].measuredAt != lead {
      clocks[source].measuredAt = lead
      measure(source, lead.nanoseconds &- time.nanoseconds, lead)
    }
    clocks[source].spokeAt = lead.isKnown ? lead : time
    guard clocks[source].shift != 0 else { return time }
    clocks[source].shifted += 1
    clocks[source].lastShift = clocks[source].shift
    return time.advanced(byNanoseconds: clocks[source].shift)
  }

  /// Judges a source's clock by how far it is behind the lead.
  private mutating func measure(_ source: Int, _ behind: Int64, _ lead: Timestamp) {
    if behind.magnitude <= Self.tolerance.magnitude {
      clocks[source].shift = 0
      clocks[source].probes = 0
      return
    }
    if (behind &- clocks[source].shift).magnitude <= Self.patience.magnitude {
      clocks[source].probes = 0
      return
    }
    let isAgain =
      clocks[source].probes > 0
      && (behind &- clocks[source].probe).magnitude <= Self.tolerance.magnitude
    guard isAgain else {
      clocks[source].probe = behind
      clocks[source].probes = 1
      clocks[source].probedAt = lead
      return
    }
    clocks[source].probe = min(clocks[source].probe, behind)
    clocks[source].probes += 1
    let span = lead.nanoseconds &- clocks[source].probedAt.nanoseconds
    guard clocks[source].probes >= Self.measures, span >= Self.tolerance else { return }
    let second: Int64 = 1_000_000_000
    let rest = ((clocks[source].probe % second) + second) % second
    clocks[source].shift = clocks[source].probe &- rest
    clocks[source].high = .unknown
    clocks[source].delay = 0
    clocks[source].probes = 0
  }

  /// Notes a stamp that is believed, set right.
  mutating func note(_ time: Timestamp, of source: Int, lead: Timestamp) {
    guard source >= 0, source < clocks.count, time > clocks[source].high else { return }
    clocks[source].high = time
    guard spoken > 1, lead.isKnown else { return }
    let lag = lead.nanoseconds &- time.nanoseconds
    if lag > lateness, lag <= Self.patience, lag >= clocks[source].delay {
      clocks[source].delay = lag
      clocks[source].delayedAt = lead
    }
  }

  /// Notes whose stamp the lead is now.
  mutating func lead(by source: Int) { mover = source }

  /// Whether others than a source spoke within the last five minutes before the lead.
  func hasPeers(of source: Int, lead: Timestamp) -> Bool {
    guard spoken > 1 else { return false }
    return clocks.indices.contains {
      $0 != source && clocks[$0].spokeAt.isKnown
        && lead.nanoseconds &- clocks[$0].spokeAt.nanoseconds <= Self.patience
    }
  }

  /// Whether a source that is waited for has now passed a time at which a minute may close.
  func hasCome(_ source: Int, to time: Timestamp, lead: Timestamp) -> Bool {
    lead >= time && spoken > 1 && source >= 0 && source < clocks.count
      && clocks[source].delay > 0 && clocks[source].high >= time
  }

  /// The time that all sources have passed that are waited for, for a minute that may close at `time`.
  ///
  /// - Returns: an earlier time than `time` where one of them is still awaited.
  mutating func floor(at time: Timestamp, lead: Timestamp) -> Timestamp {
    guard spoken > 1 else { return lead }
    if awaited >= 0, clocks[awaited].high < time, lead < awaitedUntil { return .unknown }
    var floor = lead
    awaited = -1
    for source in clocks.indices where clocks[source].delay > 0 {
      if lead.nanoseconds &- clocks[source].delayedAt.nanoseconds > Self.hour {
        clocks[source].delay = 0
        continue
      }
      let passed = max(
        clocks[source].high, lead.advanced(byNanoseconds: -clocks[source].delay))
      if passed < floor {
        floor = passed
        if passed < time {
          awaited = source
          awaitedUntil = time.advanced(byNanoseconds: clocks[source].delay)
        }
      }
    }
    return floor
  }
}
