internal import Glibc
internal import Model

/// Finds services that say nothing any more, though they had something to say nearly every minute.
///
/// Of the 60 minutes before its last entry, z were without one: a minute's chance to be silent is taken as
/// (z + 1) / 62 (Laplace), that of k minutes running as its k-th power. It is silence where that is at
/// most 1e-8, k is 5 or more and 20 entries at least were to be expected at the rate of the last
/// quarter of an hour. No assumption on how entries scatter; a job that ran for less than an hour can't
/// fall silent. A rate that falls slowly brings silent minutes with it, which raise the bar.
/// - Limits: 20,000 services. O(services) a minute, 32 bytes each.
struct SilenceWatch: Sendable {
  static let limit = 20_000
  static let minutes = 60
  static let least = 5
  static let expected = 20.0
  static let probability = 1e-8

  struct Silence: Sendable {
    var service: Symbol
    var since: Minute
    /// Entries a minute before.
    var rate: Double
    var probability: Double
  }

  private struct State: Sendable {
    /// A bit for each of the last 60 minutes that ended with an entry, 1 where it had one.
    var active: UInt64 = 0
    var known = 0
    var quiet = 0
    var rate = 0.0

    mutating func push(_ entries: Int) {
      active = (active << 1 | (entries > 0 ? 1 : 0)) & (1 << 60 - 1)
      known = min(known + 1, SilenceWatch.minutes)
      rate += (Double(entries) - rate) / Double(min(known, 15))
    }
  }

  private var states: [State] = []

  init() {}

  /// Takes a closed minute that is no gap; tells the silences that are certain with it.
  mutating func close(_ facts: MinuteFacts) -> [Silence] {
    for counts in facts.services where counts.entries > 0 && counts.service.index < Self.limit {
      let index = counts.service.index
      while states.count <= index { states.append(State()) }
      for _ in 0..<min(states[index].quiet, Self.minutes) { states[index].push(0) }
      states[index].quiet = -1
      states[index].push(counts.entries)
    }
    var found: [Silence] = []
    for index in states.indices where states[index].known > 0 {
      states[index].quiet += 1
      let state = states[index]
      guard state.quiet >= Self.least, state.known == Self.minutes, state.quiet <= Self.minutes,
        !Symbol(number: UInt32(index)).isNone
      else { continue }
      let before = Self.chance(state, state.quiet - 1)
      let now = Self.chance(state, state.quiet)
      guard now <= Self.probability,
        before > Self.probability || state.quiet == Self.least
          || Double(state.quiet - 1) * state.rate < Self.expected,
        Double(state.quiet) * state.rate >= Self.expected
      else { continue }
      found.append(
        Silence(
          service: Symbol(number: UInt32(index)),
          since: Minute(number: facts.minute.number - Int64(state.quiet) + 1), rate: state.rate,
          probability: now))
    }
    return found
  }

  /// Minutes for which a service has been silent.
  func quiet(_ service: Symbol) -> Int {
    service.index < states.count ? max(0, states[service.index].quiet) : 0
  }

  private static func chance(_ state: State, _ minutes: Int) -> Double {
    let silent = Double(Self.minutes - state.active.nonzeroBitCount)
    return pow((silent + 1) / Double(Self.minutes + 2), Double(minutes))
  }
}
