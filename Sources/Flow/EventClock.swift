package import Model

/// The run's clock: event time alone, told by the entries as they come.
///
/// The watermark is the highest event time accepted. A minute closes when the watermark has passed its
/// end by `lateness`; what comes for it afterwards is late. A stamp more than an hour ahead of the
/// watermark is accepted only when no entry of the old time has come among the next two, so that one
/// garbled stamp does not close the minutes of all others: it waits (`hold`), and where an entry of the old
/// time contradicts it, it is not believed (`disbelieve`). Where all minutes are kept open, the whole shows
/// what stands apart (see `TimeSpans`), and nothing is contradicted here.
///
/// Where sources come as they are written, not by time, each has a watermark of its own (see `SourceClocks`): a
/// minute closes when those have passed it too that are waited for, and a stamp more than five minutes ahead needs
/// another source's word, or 256 of them that nobody contradicts.
///
/// A pure state machine: what it says depends on the sequence of stamps alone.
package struct EventClock: Sendable {
  /// What an entry's stamp means for the run.
  package enum Verdict: Equatable, Sendable {
    case onTime
    case late
    /// On time, and before it the minutes up to (not including) this one are to be closed.
    case closes(upTo: Minute)
    /// On time for now; far ahead of the watermark, so that the owner is to `hold` its origin.
    case leaps
    /// Far ahead of what other sources say: counted in no minute, and its origin is to be held.
    case standsApart
    /// The stamps that are held are not to be believed: the owner calls `disbelieve`, then asks again.
    case contradicts
  }

  /// Where a stamp that may not be believed came from.
  package struct Stray: Equatable, Sendable {
    package var minute: Minute
    package var source: Int
    package var host: Symbol

    package init(minute: Minute, source: Int, host: Symbol) {
      self.minute = minute
      self.source = source
      self.host = host
    }
  }

  private static let leap: Int64 = 3_600_000_000_000
  private static let confirmations = 3
  /// Where others speak that could contradict: more than what one read of a source holds at hand as a rule.
  private static let lonelyConfirmations = 256

  package let lateness: Int64
  package private(set) var watermark = Timestamp.unknown
  /// The first minute that is still open; nil before the first stamp.
  package private(set) var firstOpen: Minute?
  /// Stamps far ahead of all others that the entries after them contradicted.
  package private(set) var suspectStamps = 0
  private var candidate = Timestamp.unknown
  private var leaps = 0
  /// The source of the first of them.
  private var leaper = -1
  private var held: [Stray] = []
  private var closesAt = Timestamp.unknown
  private let keepsOpen: Bool
  private var hasClosed = false
  /// Of a run whose sources are not merged by time.
  package private(set) var sources: SourceClocks?

  /// How the entries of several sources come.
  package enum Arrival: Sendable {
    /// By time.
    case merged
    /// As they are written.
    case asWritten
  }

  /// - Parameter lateness: nanoseconds for which a minute stays open after its end; nil keeps all
  ///   minutes open to the end, so that nothing is late.
  package init(lateness: Int64?, arrival: Arrival = .merged) {
    self.lateness = max(0, lateness ?? .max)
    keepsOpen = lateness == nil
    sources = arrival == .asWritten && !keepsOpen ? SourceClocks(lateness: self.lateness) : nil
  }

  /// The stamp of a source's entry as its clock would have given it, were it right; to be asked once for every
  /// entry that has one, before `see`.
  package mutating func aligned(_ time: Timestamp, of source: Int) -> Timestamp {
    sources?.align(time, of: source, lead: watermark) ?? time
  }

  /// Takes note of an entry's stamp; to be called for every entry that has one, in stream order.
  package mutating func see(_ time: Timestamp, of source: Int = 0) -> Verdict {
    if time <= watermark {
      if candidate.isKnown, isWitness(time), contradicts() { return .contradicts }
      sources?.note(time, of: source, lead: watermark)
      if let open = firstOpen, time < open.start {
        guard mayBeginEarlier(at: time) else { return .late }
        setFirstOpen(time.minute)
        return .onTime
      }
      return sources?.hasCome(source, to: closesAt, lead: watermark) == true ? closing() : .onTime
    }
    return advance(to: time, of: source)
  }

  /// Stamps that are on time and close nothing, where nothing is doubted; nanoseconds, and nil where each has
  /// to be asked about.
  package var stretch: Range<Int64>? {
    guard sources == nil, !candidate.isKnown, let open = firstOpen, watermark.isKnown else {
      return nil
    }
    let (ahead, overflows) = watermark.nanoseconds.addingReportingOverflow(Self.leap)
    let end = min(closesAt.nanoseconds, overflows ? .max : ahead)
    let start = open.start.nanoseconds
    return start < end ? start..<end : nil
  }

  /// Takes note of stamps of the `stretch`, the latest of which is given.
  package mutating func pass(to latest: Timestamp) { watermark = max(watermark, latest) }

  /// Whether another source's entry lies a little before the first minute, and none has been closed yet.
  private func mayBeginEarlier(at time: Timestamp) -> Bool {
    guard let sources, sources.areSeveral, !hasClosed else { return false }
    return watermark.nanoseconds &- time.nanoseconds <= SourceClocks.patience
  }

  /// Whether an entry can tell that a leap was a mistake: one whose own clock may be wrong can't.
  private func isWitness(_ time: Timestamp) -> Bool {
    guard let sources, sources.areSeveral else { return true }
    return watermark.nanoseconds &- time.nanoseconds <= SourceClocks.patience
  }

  /// The edge's clock: no entry older than `time` minus the lateness is expected any more.
  package mutating func tick(_ time: Timestamp) -> Verdict {
    guard watermark.isKnown, time > watermark else { return .onTime }
    watermark = time
    sources?.lead(by: -1)
    return closing()
  }

  private mutating func advance(to time: Timestamp, of source: Int) -> Verdict {
    let ahead = watermark.isKnown ? time.nanoseconds &- watermark.nanoseconds : 0
    let hasPeers =
      ahead > SourceClocks.patience && sources?.hasPeers(of: source, lead: watermark) == true
    if ahead > Self.leap || hasPeers {
      guard isConfirmed(time, of: source, hasPeers: hasPeers) else {
        return keepsOpen ? .onTime : hasPeers ? .standsApart : .leaps
      }
    } else if candidate.isKnown, contradicts() {
      return .contradicts
    }
    watermark = time
    sources?.lead(by: source)
    sources?.note(time, of: source, lead: time)
    if keepsOpen { return .onTime }
    if firstOpen == nil { setFirstOpen(time.minute) }
    return closing()
  }

  /// Takes note of where a stamp that leaps came from.
  package mutating func hold(_ stray: Stray) { held.append(stray) }

  /// An entry of the old time came after the leap, which was a mistake of the stamps: gives where they came
  /// from.
  package mutating func disbelieve() -> [Stray] {
    suspectStamps += leaps
    candidate = .unknown
    leaps = 0
    defer { held.removeAll(keepingCapacity: true) }
    return held
  }

  /// Whether an entry of the old time is to be told of as a contradiction.
  private mutating func contradicts() -> Bool {
    if !keepsOpen { return true }
    candidate = .unknown
    leaps = 0
    return false
  }

  /// The highest time that is believed, or may be yet.
  package var latest: Timestamp { max(watermark, candidate) }

  private mutating func isConfirmed(
    _ time: Timestamp, of source: Int, hasPeers: Bool
  ) -> Bool {
    candidate = max(candidate, time)
    if leaps == 0 { leaper = source }
    leaps += 1
    let wanted = hasPeers ? Self.lonelyConfirmations : Self.confirmations
    guard leaps >= wanted || hasPeers && source != leaper else { return false }
    candidate = .unknown
    leaps = 0
    held.removeAll(keepingCapacity: true)
    return true
  }

  private mutating func closing() -> Verdict {
    guard watermark >= closesAt, firstOpen != nil else { return .onTime }
    let floor = sources?.floor(at: closesAt, lead: watermark) ?? watermark
    guard floor >= closesAt else { return .onTime }
    let upTo = floor.advanced(byNanoseconds: -lateness).minute
    hasClosed = true
    setFirstOpen(upTo)
    return .closes(upTo: upTo)
  }

  private mutating func setFirstOpen(_ minute: Minute) {
    firstOpen = minute
    closesAt = minute.end.advanced(byNanoseconds: lateness)
  }
}
