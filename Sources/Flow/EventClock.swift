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

  package let lateness: Int64
  package private(set) var watermark = Timestamp.unknown
  /// The first minute that is still open; nil before the first stamp.
  package private(set) var firstOpen: Minute?
  /// Stamps far ahead of all others that the entries after them contradicted.
  package private(set) var suspectStamps = 0
  private var candidate = Timestamp.unknown
  private var leaps = 0
  private var held: [Stray] = []
  private var closesAt = Timestamp.unknown
  private let keepsOpen: Bool

  /// - Parameter lateness: nanoseconds for which a minute stays open after its end; nil keeps all
  ///   minutes open to the end, so that nothing is late.
  package init(lateness: Int64?) {
    self.lateness = max(0, lateness ?? .max)
    keepsOpen = lateness == nil
  }

  /// Takes note of an entry's stamp; to be called for every entry that has one, in stream order.
  package mutating func see(_ time: Timestamp) -> Verdict {
    if time <= watermark {
      if candidate.isKnown, contradicts() { return .contradicts }
      if let open = firstOpen, time < open.start { return .late }
      return .onTime
    }
    return advance(to: time)
  }

  /// The edge's clock: no entry older than `time` minus the lateness is expected any more.
  package mutating func tick(_ time: Timestamp) -> Verdict {
    guard watermark.isKnown, time > watermark else { return .onTime }
    watermark = time
    return closing()
  }

  private mutating func advance(to time: Timestamp) -> Verdict {
    if watermark.isKnown, time.nanoseconds &- watermark.nanoseconds > Self.leap {
      guard isConfirmed(time) else { return keepsOpen ? .onTime : .leaps }
    } else if candidate.isKnown, contradicts() {
      return .contradicts
    }
    watermark = time
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

  private mutating func isConfirmed(_ time: Timestamp) -> Bool {
    candidate = max(candidate, time)
    leaps += 1
    guard leaps >= Self.confirmations else { return false }
    candidate = .unknown
    leaps = 0
    held.removeAll(keepingCapacity: true)
    return true
  }

  private mutating func closing() -> Verdict {
    guard watermark >= closesAt, firstOpen != nil else { return .onTime }
    let upTo = watermark.advanced(byNanoseconds: -lateness).minute
    setFirstOpen(upTo)
    return .closes(upTo: upTo)
  }

  private mutating func setFirstOpen(_ minute: Minute) {
    firstOpen = minute
    closesAt = minute.end.advanced(byNanoseconds: lateness)
  }
}
