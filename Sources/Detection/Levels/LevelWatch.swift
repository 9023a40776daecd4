internal import Glibc
package import Model

/// Finds services whose errors have come to another level: a step or a slow drift that no minute shows.
///
/// At each hour's end the last 3, 6, 12 and 24 hours (the candidates for the point of change) are held against the three days before
/// them, as a generalised likelihood ratio does for the rate of Poisson counts (Basseville and Nikiforov 1993, section 2.4). What is
/// usual is the larger of two: what came at the same hours of the days before, and the share of errors among the service's entries
/// times what came of them now; so neither the time of day nor a step of traffic is a change. p is the upper tail of a negative binomial, times
/// four; its variance is that of the hours before about their shares, a quarter of it taken as lasting over the hours, and what the usual
/// rests on. Told are p ≤ 1e-8, 1.5 times the usual, and 12 errors more; and it must be there still: three quarters of the hours, the last two among them,
/// are 1.25 times their usual, and none counts for more than twice their lower quartile, so that bursts are none.
/// - Warm-up: 24 known hours before the candidate. It ends when three hours are within 1.2 of the usual, which stands still
///   meanwhile, and is the new usual after two days.
/// - Limits: 2,000 services with errors, 700 bytes each; errors of others are counted in `refused`. O(services with errors) an hour.
package struct LevelWatch: Sendable {
  static let limit = 2000
  static let settledHours = 48

  /// A level that is not the usual one.
  struct Shift: Sendable {
    /// In hours.
    var since: Int64
    /// Errors an hour, and for each other entry, before it.
    var rate: Double
    var share: Double

    init(since: Int64 = 0, rate: Double = 0, share: Double = 0) {
      self.since = since
      self.rate = rate
      self.share = share
    }

    init() { self.init(since: 0) }
  }

  struct Service: Sendable {
    var symbol: Symbol
    var counts = HourCounts()
    /// The hour at hand.
    var now = HourCounts.Hour()
    var shift: Shift?
  }

  var services: [Service] = []
  /// By symbol, its place + 1.
  var places: [Int32] = []
  /// The hour at hand, and its minutes in which anything was read.
  var hour: Int64?
  var minutes: UInt8 = 0
  package private(set) var refused = 0

  package init() {}

  /// Takes a closed minute; with the first of an hour the one before is judged.
  package mutating func close(_ facts: MinuteFacts) -> [ShiftFinding] {
    if facts.isGap { return [] }
    var found: [ShiftFinding] = []
    let now = facts.minute.number >= 0 ? facts.minute.number / 60 : (facts.minute.number - 59) / 60
    if let hour, now > hour {
      endHour(facts.minute, &found)
      for _ in 0..<min(now - hour - 1, Int64(HourCounts.hours)) { push(HourCounts.Hour()) }
    }
    hour = now
    minutes += 1
    for counts in facts.services {
      guard let at = place(of: counts.service, isWanted: counts.errors > 0) else { continue }
      services[at].now.errors &+= UInt32(clamping: counts.errors)
      services[at].now.others &+= UInt32(clamping: counts.entries - counts.errors)
    }
    return found
  }

  private mutating func place(of service: Symbol, isWanted: Bool) -> Int? {
    if service.index < places.count, places[service.index] > 0 {
      return Int(places[service.index]) - 1
    }
    guard isWanted else { return nil }
    guard let at = add(service) else {
      refused += 1
      return nil
    }
    return at
  }

  /// Watches a service from its first error on: what came of it before that is not known, save that no error did.
  mutating func add(_ service: Symbol) -> Int? {
    guard services.count < Self.limit, service.index < 1 << 20 else { return nil }
    if places.count <= service.index {
      places.append(contentsOf: repeatElement(0, count: service.index + 1 - places.count))
    }
    services.append(Service(symbol: service))
    places[service.index] = Int32(services.count)
    return services.count - 1
  }

  /// The hour at hand is over.
  private mutating func endHour(_ minute: Minute, _ found: inout [ShiftFinding]) {
    for at in services.indices {
      var over = services[at].now
      over.minutes = minutes
      services[at].counts.push(over)
      services[at].now = HourCounts.Hour()
      if over.isKnown { judge(at, &found) }
    }
    minutes = 0
  }

  /// An hour in which nobody read anything.
  private mutating func push(_ hour: HourCounts.Hour) {
    for at in services.indices { services[at].counts.push(hour) }
  }

  private mutating func judge(_ at: Int, _ found: inout [ShiftFinding]) {
    let ended = hour ?? 0
    if let shift = services[at].shift {
      let last = services[at].counts.sum(0..<3)
      let isSettled = ended - shift.since >= Self.settledHours
      guard
        isSettled
          || last.hours == 3
            && last.errors <= 1.2 * max(shift.rate * 3, shift.share * last.others)
      else { return }
      services[at].shift = nil
      let usual = max(shift.rate, shift.share * last.others / max(last.hours, 1))
      let reading = reading(last.errors / max(last.hours, 1), usual, p: nil, hours: 0)
      found.append(
        finding(at, isSettled ? .settles : .ends, since: shift.since, reading))
      return
    }
    guard let change = LevelChange(in: services[at].counts) else { return }
    let since = ended + 1 - Int64(change.span)
    services[at].shift = Shift(since: since, rate: change.rate, share: change.share)
    let span = Double(change.span)
    let reading = reading(
      change.errors / span, change.usual / span, p: change.p, hours: change.hoursBefore)
    found.append(finding(at, .opens, since: since, reading))
  }

  private func reading(
    _ actual: Double, _ usual: Double, p: Double?, hours: Int
  ) -> DetectorReading {
    DetectorReading(
      name: "level", actual: actual, typical: usual, upper: LevelChange.factor * usual,
      probability: p,
      count: hours, unit: "errors/h")
  }

  private func finding(
    _ at: Int, _ change: ShiftFinding.Change, since: Int64, _ reading: DetectorReading
  ) -> ShiftFinding {
    let symbol = services[at].symbol
    return ShiftFinding(
      .level, change, key: UInt64(symbol.number), group: nil, service: symbol,
      since: Minute(number: since * 60).start, reading: reading)
  }
}
