internal import Model

/// Keeps seasonal profiles of the busiest series and decides over their counts.
///
/// A series asks for a profile when it has had 8 entries, and again whenever it has had twice as many; it gets one while there
/// is room, and the place of the least busy one where it is twice as busy itself: by counts alone, so that equal streams give equal
/// profiles. Profiles are learned every five minutes, all of them.
/// - Limits: `limit` profiles (3,000) of some 4 KB.
/// - Cost: a few nanoseconds for a minute of a series, about a quarter of a microsecond for each profile every five minutes.
struct SeasonalDesk: Sendable {
  static let name = "seasonal"
  static let silenceName = "silence"
  static let dropName = "drop"
  static let noBlock = Int64.min
  /// A lower tail has no calibration of its own; it has to be so many powers of ten rarer instead.
  private static let overDrop = 2.0
  /// Steps, releases and other benign things make volumes rise; they have to stand out by more.
  private static let overVolume = 2.0

  var profiles: [CountProfile] = []
  var isUsed: [Bool] = []
  private var free: [Int32] = []
  let limit: Int
  var control = DiscoveryControl()
  var found = 0
  /// Findings that it opened in the minute at hand.
  var opened: Int { found }
  /// The threshold that a budget sets.
  var fixed: Double?
  /// Scores that stood out in the minute and opened nothing.
  private(set) var candidates: [Double] = []
  /// Profiles of services' entries, which are asked for silences every minute.
  var services: [Int32] = []
  var block = Self.noBlock
  var complete: UInt8 = 0
  var active: [Int32] = []
  var ripe = 0

  init(limit: Int = 3000) { self.limit = limit }

  var count: Int { profiles.count - free.count }
  /// Profiles old enough to judge.
  var ripeCount: Int { ripe }

  func isRipe(_ profile: Int32) -> Bool { profile >= 0 && profiles[Int(profile)].isRipe }
  /// Whether a profile is there and decides what opens.
  func decides(_ profile: Int32) -> Bool { profile >= 0 && profiles[Int(profile)].decides }

  /// A profile for a series with so many entries in so many minutes and in the last hour, or nil.
  mutating func admit(
    _ key: SeriesKey, place: Int, total: Int, minutes: Int, hour: Int, floor: EffectFloor,
    at minute: Minute
  ) -> (profile: Int32, evicted: Int32?)? {
    func fresh() -> CountProfile {
      CountProfile(
        key: key, place: Int32(place), at: Self.block(of: minute),
        history: floor == .complaint ? (total, minutes) : nil)
    }
    if let vacant = free.popLast() {
      profiles[Int(vacant)] = fresh()
      isUsed[Int(vacant)] = true
      enlist(vacant, key)
      return (vacant, nil)
    }
    if profiles.count < limit {
      if profiles.isEmpty { profiles.reserveCapacity(limit) }
      profiles.append(fresh())
      isUsed.append(true)
      enlist(Int32(profiles.count - 1), key)
      return (Int32(profiles.count - 1), nil)
    }
    let rate = max(Float(total) / Float(max(minutes, 1)), Float(hour) / 60)
    guard let least = leastBusy(), rate > 2 * profiles[Int(least)].mean else { return nil }
    let evicted = profiles[Int(least)].place
    profiles[Int(least)] = fresh()
    services.removeAll { $0 == least }
    enlist(least, key)
    return (least, evicted)
  }

  /// The least busy profile that is an hour old and has neither alarm nor drop, whose ends somebody waits for; the first of
  /// equals.
  private func leastBusy() -> Int32? {
    var least: (index: Int, mean: Float)?
    for index in profiles.indices
    where isUsed[index] && block - profiles[index].born >= 12 && !profiles[index].alarm.isActive
      && !profiles[index].drop.isActive
    {
      let mean = profiles[index].mean
      if mean < least?.mean ?? .infinity { least = (index, mean) }
    }
    return least.map { Int32($0.index) }
  }

  mutating func enlist(_ profile: Int32, _ key: SeriesKey) {
    if case .service(let symbol) = key, !symbol.isNone { services.append(profile) }
  }

  mutating func release(_ profile: Int32) {
    active.removeAll { $0 == profile }
    services.removeAll { $0 == profile }
    isUsed[Int(profile)] = false
    free.append(profile)
  }

  /// The profile is that of another key or place from now on.
  mutating func rename(_ profile: Int32, to key: SeriesKey, place: Int) {
    profiles[Int(profile)].key = key
    profiles[Int(profile)].place = Int32(place)
  }

  /// Adds one profile to another and gives it up.
  mutating func merge(_ source: Int32, into target: Int32) {
    let absorbed = profiles[Int(source)]
    let goesOn = absorbed.alarm.isActive && !profiles[Int(target)].alarm.isActive
    profiles[Int(target)].merge(absorbed)
    release(source)
    if goesOn { active.append(target) }
  }

  static func block(of minute: Minute) -> Int64 {
    let number = minute.number
    return number >= 0 ? number / 5 : (number - 4) / 5
  }

  /// Begins a minute that is no gap.
  mutating func begin(_ minute: Minute) {
    let now = Self.block(of: minute)
    if now != block {
      if block != Self.noBlock {
        if complete != 0 { closeBlock() }
        let isStep = now == block + 1
        for index in profiles.indices where isUsed[index] {
          if !isStep { profiles[index].skip() }
          profiles[index].open(now)
        }
      }
      block = now
      complete = 0
    }
    complete |= 1 << UInt8(minute.number - now * 5)
    control.begin(series: ripe, found: found, fixed: fixed)
    candidates.removeAll(keepingCapacity: true)
    found = 0
  }

  /// Judges a series' count of the minute.
  mutating func judge(
    _ profile: Int32, _ count: Int, _ minute: Minute, _ floor: EffectFloor,
    _ findings: inout [Finding]
  ) {
    let index = Int(profile)
    profiles[index].floor = floor
    guard
      let judgement = profiles[index].judge(
        count, minute: Int(minute.number - block * 5), of: minute)
    else { return }
    decide(index, judgement, minute, &findings)
  }

  private mutating func decide(
    _ index: Int, _ found: CountJudgement, _ minute: Minute,
    _ findings: inout [Finding]
  ) {
    var judgement = found
    let threshold = control.threshold + (profiles[index].floor == .volume ? Self.overVolume : 0)
    guard profiles[index].calibrate(&judgement, opens: { $0 >= threshold }) else {
      if judgement.score >= AlertBudget.least, profiles[index].isCandidate(at: minute) {
        candidates.append(judgement.score)
      }
      return
    }
    let quarter = BlockTime(block).quarter
    if !profiles[index].decides || profiles[index].isUsual(judgement, quarter: quarter) {
      profiles[index].note(judgement)
      return
    }
    profiles[index].begin(judgement, at: minute)
    active.append(Int32(index))
    self.found += 1
    findings.append(
      Finding(
        series: profiles[index].key, minute: minute, kind: .opens,
        since: profiles[index].alarm.since, reading: reading(judgement, index)))
  }

  /// Ends a minute: what goes on is judged, and with a block's last minute the longer sums.
  mutating func finish(_ minute: Minute, _ findings: inout [Finding]) {
    let place = Int(minute.number - block * 5)
    for profile in active { follow(Int(profile), place, minute, &findings) }
    active.removeAll { !profiles[Int($0)].alarm.isActive }
    for profile in services { watchQuiet(Int(profile), place, minute, &findings) }
    guard place == 4 else { return }
    closeBlock()
    for profile in services { watchDrop(Int(profile), minute, &findings) }
    for index in profiles.indices where isUsed[index] && profiles[index].floor.reachesBack {
      guard let judgement = profiles[index].judgePast(at: minute) else { continue }
      decide(index, judgement, minute, &findings)
    }
  }

  private mutating func follow(
    _ index: Int, _ place: Int, _ minute: Minute, _ findings: inout [Finding]
  ) {
    let now = profiles[index].lastFive(to: place)
    let since = profiles[index].alarm.since
    if profiles[index].alarm.opened == minute { return }
    let phase = profiles[index].alarm.close(
      now.count, expected: now.expected,
      spread: profiles[index].relativeVariance(over: 5))
    let kind: Finding.Kind =
      switch phase {
      case .lasts: .lasts
      case .ends: .ends
      case .newLevel: .newLevel
      }
    findings.append(
      Finding(
        series: profiles[index].key, minute: minute, kind: kind, since: since,
        reading: readingOfMinute(index, place)))
    if kind != .lasts { profiles[index].settle(isNewLevel: kind == .newLevel, at: minute) }
  }

  private mutating func watchQuiet(
    _ index: Int, _ place: Int, _ minute: Minute, _ findings: inout [Finding]
  ) {
    if let judgement = profiles[index].judgeSilence(place, at: minute),
      judgement.score >= control.threshold
    {
      profiles[index].tellSilence()
      found += 1
      var reading = reading(judgement, index)
      reading.name = Self.silenceName
      findings.append(opening(index, minute, judgement, reading))
    }
    guard let kind = profiles[index].followDrop(place) else { return }
    var reading = readingOfMinute(index, place)
    reading.name = Self.dropName
    findings.append(
      Finding(
        series: profiles[index].key, minute: minute, kind: kind, since: minute, reading: reading))
    if kind == .newLevel { profiles[index].settleDrop() }
  }

  private mutating func watchDrop(
    _ index: Int, _ minute: Minute, _ findings: inout [Finding]
  ) {
    guard let judgement = profiles[index].judgeDrop(at: minute),
      judgement.score >= control.threshold + Self.overDrop
    else { return }
    profiles[index].beginDrop()
    found += 1
    var reading = reading(judgement, index)
    reading.name = Self.dropName
    findings.append(opening(index, minute, judgement, reading))
  }

  private func opening(
    _ index: Int, _ minute: Minute, _ judgement: CountJudgement,
    _ reading: DetectorReading
  ) -> Finding {
    Finding(
      series: profiles[index].key, minute: minute, kind: .opens,
      since: Minute(number: minute.number - Int64(judgement.reach - 1)), reading: reading)
  }

  private mutating func closeBlock() {
    ripe = 0
    for index in profiles.indices where isUsed[index] {
      profiles[index].close(block, complete: complete)
      if profiles[index].isRipe { ripe += 1 }
    }
    complete = 0
  }

  // MARK: Readings

  private func reading(
    _ judgement: CountJudgement, _ index: Int
  ) -> DetectorReading {
    let deviation =
      (judgement.expected + judgement.spread * judgement.expected * judgement.expected)
      .squareRoot()
    return DetectorReading(
      name: Self.name, actual: Double(judgement.actual), typical: judgement.expected,
      lower: max(0, judgement.expected - 3 * deviation),
      upper: judgement.expected + 3 * deviation, score: judgement.score,
      probability: CountTail.probability(ofSurprise: judgement.score),
      count: profiles[index].shape.learned * 5,
      unit: unit(profiles[index].key, judgement.minutes), minutes: judgement.minutes)
  }

  private func readingOfMinute(_ index: Int, _ place: Int) -> DetectorReading {
    let profiles = profiles.span
    return DetectorReading(
      name: Self.name, actual: Double(profiles[index].count(minute: place)),
      typical: profiles[index].expected(minute: place), count: profiles[index].shape.learned * 5,
      unit: unit(profiles[index].key, 1))
  }

  private func unit(_ key: SeriesKey, _ minutes: Int) -> String {
    let span = minutes == 1 ? "min" : "\(minutes)min"
    return switch key {
    case .allErrors, .serviceErrors: "errors/\(span)"
    case .service, .group: "entries/\(span)"
    }
  }
}
