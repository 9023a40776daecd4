package import Model

/// The life of one alert: inactive, pending, firing, resolved; it decides, its owner acts.
///
/// Windows come in order. A window in which the condition holds makes it pending; it fires once the
/// condition has held from one window's end to another's for the hold time (at once where that is 0), and
/// is resolved once it has been gone for the quiet time.
package struct AlertLife: Equatable, Sendable {
  package enum State: Equatable, Sendable {
    case inactive
    case pending(since: Timestamp, seen: Timestamp)
    /// `gone` is when the condition ceased to hold, if it did.
    case firing(since: Timestamp, gone: Timestamp?)
  }

  package enum Action: Equatable, Sendable {
    case none
    case fire(startsAt: Timestamp)
    case resolve(startsAt: Timestamp, endsAt: Timestamp)
  }

  package private(set) var state = State.inactive
  private let hold: Int64
  private let quiet: Int64

  package init(holdSeconds: Int64, quietSeconds: Int64) {
    hold = max(0, min(holdSeconds, 1_000_000_000)) * 1_000_000_000
    quiet = max(0, min(quietSeconds, 1_000_000_000)) * 1_000_000_000
  }

  package init(_ rule: AlertRule) {
    self.init(holdSeconds: rule.holdSeconds, quietSeconds: rule.quietSeconds)
  }

  /// What follows from whether the condition held between two moments.
  package mutating func event(holds: Bool, from start: Timestamp, to end: Timestamp) -> Action {
    switch (state, holds) {
    case (.inactive, false): return .none
    case (.inactive, true):
      if hold == 0 { return fire(since: start) }
      state = .pending(since: start, seen: end)
      return .none
    case (.pending(let since, let seen), true):
      return end >= seen.advanced(byNanoseconds: hold) ? fire(since: since) : .none
    case (.pending, false):
      state = .inactive
      return .none
    case (.firing(let since, _), true):
      state = .firing(since: since, gone: nil)
      return .none
    case (.firing(let since, let gone), false):
      let from = gone ?? start
      guard end >= from.advanced(byNanoseconds: quiet) else {
        state = .firing(since: since, gone: from)
        return .none
      }
      state = .inactive
      return .resolve(startsAt: since, endsAt: end)
    }
  }

  private mutating func fire(since: Timestamp) -> Action {
    state = .firing(since: since, gone: nil)
    return .fire(startsAt: since)
  }
}
