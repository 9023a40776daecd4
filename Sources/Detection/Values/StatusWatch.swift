package import Model

/// Finds services whose HTTP answers fail in a larger share than they did, whatever the traffic.
///
/// The answers of each service are counted by class (2xx and below, 3xx, 4xx, 5xx). The share of 5xx, and that of 4xx, over the last 5
/// minutes, or the last 30, is held against that of all minutes before these: of n answers, k failed; with the
/// past's share as a beta prior whose weight is what the scatter of the past's own five-minute shares allows (its overdispersion), p is the
/// upper tail of the beta-binomial, times four looks, at most 1e-8. The share has to be at least twice the past's and 1 point of a
/// hundred above (5xx; 5 points for 4xx), on five failed answers at least, and 1.25 times the largest five-minute share of the past day
/// (over 30 minutes, as large as that).
/// - Warm-up: an hour with answers, and 200 of them. While a shift lasts its minutes do not enter the past; it is over when five
///   minutes are within 1.5 of the past's share, the new usual
/// after an hour: the last half of that is the past then, until the answers are as they were before.
/// - Limits: 2,000 services; answers of others are counted in `refused`. 1.8 KB a service, O(services that ever had answers) a minute.
package struct StatusWatch: Sendable {
  static let limit = 2000
  static let probability = 1e-8
  static let warmUpMinutes = 60
  static let warmUpAnswers = 200.0

  struct Counts: Sendable {
    /// The minute that is counted here, where it is one.
    var minute = Int64.min
    var answers: UInt32 = 0
    var client: UInt32 = 0
    var server: UInt32 = 0

    static func + (left: Counts, right: Counts) -> Counts {
      Counts(
        answers: left.answers &+ right.answers, client: left.client &+ right.client,
        server: left.server &+ right.server)
    }

    func failed(_ isServer: Bool) -> Int { Int(isServer ? server : client) }
  }

  /// One kind of failure's past.
  struct Level: Sendable {
    var answers = 0.0
    var failed = 0.0
    /// Largest share of a five-minute block, fading by half a day.
    var crest = 0.0
    /// Of blocks' shares: squared deviations beyond what chance makes, and their number.
    var scatter = 0.0
    var blocks = 0.0

    var usual: Double { (failed + 0.5) / (answers + 1) }
  }

  struct Past: Sendable {
    var level = Level()
    /// What was usual before the last shift that stayed: where the answers are so again, it is once more.
    var former: Level?
    /// Since which minute a shift lasts; 0 where none does.
    var since: Int64 = 0
    /// The last minute of the last shift: up to it nothing is learned, and no half an hour reaches back to it.
    var until = Int64.min
  }

  struct Service: Sendable {
    var symbol: Symbol
    /// By minute modulo 64: the last half an hour, and the minutes that are open.
    var ring: InlineArray<64, Counts> = .init(repeating: Counts())
    var minutes = 0
    var server = Past()
    var client = Past()
  }

  var services: [Service] = []
  /// By symbol, its place + 1.
  var places: [Int32] = []
  package private(set) var refused = 0

  package init() {}

  /// Counts an answer in the minute of its time.
  @inline(__always)
  package mutating func see(_ status: Int, service: Symbol, minute: Minute) {
    let index = service.index
    let place = index < places.count ? Int(places[index]) : 0
    guard let at = place > 0 ? place - 1 : add(service) else { return }
    let slot = Int(minute.number & 63)
    if services[at].ring[slot].minute != minute.number {
      services[at].ring[slot] = Counts(minute: minute.number)
    }
    services[at].ring[slot].answers &+= 1
    if status >= 500 {
      services[at].ring[slot].server &+= 1
    } else if status >= 400 {
      services[at].ring[slot].client &+= 1
    }
  }

  @inline(never)
  mutating func add(_ service: Symbol) -> Int? {
    guard services.count < Self.limit, service.index < 1 << 20 else {
      refused += 1
      return nil
    }
    if places.count <= service.index {
      places.append(contentsOf: repeatElement(0, count: service.index + 1 - places.count))
    }
    services.append(Service(symbol: service))
    places[service.index] = Int32(services.count)
    return services.count - 1
  }

  package mutating func close(_ minute: Minute, isGap: Bool) -> [ShiftFinding] {
    var found: [ShiftFinding] = []
    for at in services.indices {
      let five = sum(at, minute, 5)
      if !isGap {
        judge(at, minute, five, isServer: true, &found)
        judge(at, minute, five, isServer: false, &found)
      }
      learn(at, minute, five)
    }
    return found
  }

  private mutating func sum(_ at: Int, _ minute: Minute, _ span: Int64, before: Int64 = 0) -> Counts
  {
    var sum = Counts()
    for back in before..<(before + span) {
      let counts = services[at].ring[Int((minute.number - back) & 63)]
      if counts.minute == minute.number - back { sum = sum + counts }
    }
    return sum
  }

  @inline(__always)
  private func past(_ at: Int, _ isServer: Bool) -> Past {
    isServer ? services[at].server : services[at].client
  }

  private mutating func note(_ at: Int, _ isServer: Bool, _ past: Past) {
    if isServer { services[at].server = past } else { services[at].client = past }
  }

  private mutating func judge(
    _ at: Int, _ minute: Minute, _ five: Counts, isServer: Bool, _ found: inout [ShiftFinding]
  ) {
    recall(at, minute, isServer)
    var past = past(at, isServer)
    let learned = past.level.answers
    guard services[at].minutes >= Self.warmUpMinutes, learned >= Self.warmUpAnswers else { return }
    let usual = past.level.usual
    if past.since != 0 {
      let share = Double(five.failed(isServer)) / Double(max(five.answers, 1))
      let isSettled = minute.number - past.since >= 60
      guard isSettled || five.answers > 0 && share <= 1.5 * usual + 0.002 else { return }
      found.append(
        finding(at, isSettled ? .settles : .ends, five, usual, 1, isServer, since: past.since))
      past.since = 0
      past.until = minute.number
      if isSettled {
        let half = sum(at, minute, 30)
        past.former = past.level
        past.level = Level(
          answers: Double(half.answers), failed: Double(half.failed(isServer)))
        past.level.crest = past.level.usual
      }
      note(at, isServer, past)
      return
    }
    var best: (counts: Counts, p: Double, span: Int64)?
    for span in [5, 30] as [Int64] where minute.number - span >= past.until {
      let counts = span == 5 ? five : sum(at, minute, span)
      let failed = counts.failed(isServer)
      let share = Double(failed) / Double(max(counts.answers, 1))
      guard failed >= 5, share >= 2 * usual, share >= usual + (isServer ? 0.01 : 0.05),
        share >= 1.25 * past.level.crest || span == 30 && share >= past.level.crest
      else { continue }
      let weight = min(learned, Self.weight(past.level, usual))
      let p =
        4
        * SampleTail.upper(
          failed, of: Int(counts.answers), hits: usual * weight, total: weight)
      if p <= Self.probability, p < best?.p ?? 1 { best = (counts, p, span) }
    }
    guard let best else { return }
    past.since = minute.number - best.span + 1
    note(at, isServer, past)
    found.append(
      finding(at, .opens, best.counts, usual, best.p, isServer, since: past.since))
  }

  /// Takes the former usual for the usual again, where half an hour of answers is as it was then.
  private mutating func recall(_ at: Int, _ minute: Minute, _ isServer: Bool) {
    var past = past(at, isServer)
    guard let former = past.former, past.since == 0, minute.number % 5 == 0,
      minute.number - 30 >= past.until
    else { return }
    let half = sum(at, minute, 30)
    let share = Double(half.failed(isServer)) / Double(max(half.answers, 1))
    guard half.answers >= 20, share <= 0.5 * past.level.usual, share <= 1.5 * former.usual + 0.002
    else { return }
    past.level = former
    past.former = nil
    note(at, isServer, past)
  }

  /// How many answers the past's share is worth, as its blocks' scatter tells: the beta's a + b.
  private static func weight(_ past: Level, _ usual: Double) -> Double {
    guard past.blocks >= 6 else { return 100 }
    let excess = max(past.scatter / past.blocks, 1e-9)
    return max(10, usual * (1 - usual) / excess - 1)
  }

  private mutating func learn(_ at: Int, _ minute: Minute, _ five: Counts) {
    // What leaves the last 30 minutes is the past.
    let leaving = services[at].ring[Int((minute.number - 30) & 63)]
    let until = max(services[at].server.until, services[at].client.until)
    if leaving.minute == minute.number - 30, leaving.minute > until, services[at].server.since == 0,
      services[at].client.since == 0
    {
      services[at].minutes += 1
      services[at].server.level.answers += Double(leaving.answers)
      services[at].client.level.answers += Double(leaving.answers)
      services[at].server.level.failed += Double(leaving.server)
      services[at].client.level.failed += Double(leaving.client)
    }
    services[at].server.level.crest *= 0.99904
    services[at].client.level.crest *= 0.99904
    guard minute.number % 5 == 0 else { return }
    let block = sum(at, minute, 5, before: 25)
    guard block.answers >= 10, services[at].server.level.answers >= 50, minute.number - 30 > until
    else {
      return
    }
    for isServer in [true, false] {
      var past = past(at, isServer)
      if past.since != 0 { continue }
      let n = Double(block.answers)
      let share = Double(block.failed(isServer)) / n
      let usual = past.level.usual
      past.level.crest = max(past.level.crest, share)
      past.level.scatter += (share - usual) * (share - usual) - usual * (1 - usual) / n
      past.level.blocks += 1
      note(at, isServer, past)
    }
  }

  private func finding(
    _ at: Int, _ change: ShiftFinding.Change, _ counts: Counts, _ usual: Double, _ p: Double,
    _ isServer: Bool, since: Int64
  ) -> ShiftFinding {
    let symbol = services[at].symbol
    let share = Double(counts.failed(isServer)) / Double(max(counts.answers, 1))
    let reading = DetectorReading(
      name: "status_shift", actual: share, typical: usual,
      upper: max(2 * usual, past(at, isServer).level.crest * 1.25), probability: p,
      count: Int(counts.answers), unit: "share")
    var finding = ShiftFinding(
      .status, change, key: UInt64(symbol.number) << 1 | (isServer ? 1 : 0), group: nil,
      service: symbol, since: Minute(number: since).start, reading: reading)
    finding.place = isServer ? "5xx" : "4xx"
    let others = Int(counts.answers) - counts.failed(true) - counts.failed(false)
    let rows = [("5xx", counts.failed(true)), ("4xx", counts.failed(false)), ("2xx, 3xx", others)]
    finding.attribution = rows.filter { $0.1 > 0 }.map {
      Attribution(field: "http.response.status_code", value: $0.0, count: $0.1)
    }
    return finding
  }
}
