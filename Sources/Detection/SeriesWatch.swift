internal import Bytes
internal import Model

/// One series under both detectors, and the life of its spike.
///
/// - Invariant: all complete minutes up to `ordinal` are in both detectors, those without entries as zeros.
struct SeriesWatch: Sendable {
  /// Minutes in a row below the threshold after which a spike is over: two calm minutes happen
  /// within any outage that retries.
  static let quietToEnd = 3
  /// What does not beat the series' unopened peaks (a volume: all its earlier ones) by this is no news.
  static let overRecord = 1.25

  var key: SeriesKey
  /// The last complete minute of the run that it has seen, counted from 1.
  var ordinal: Int
  var zscore: RollingZScore
  var twoSigma = TwoSigma()
  var since: Minute
  var isOpen = false
  private var rise = SustainedRise()
  private var before = SpikeEvidence.Minute()
  private var burstiness = Burstiness()
  private var peak: UInt32 = 0
  private var record: UInt32 = 0
  /// Its seasonal profile, or -1.
  var profile: Int32 = -1
  /// Entries so far, and how many there are to be when a profile is asked for again.
  private(set) var total: UInt32 = 0
  private var asksAt: UInt32 = 8
  /// The last minute that the baseline kept out or took in out of turn; behind it, its minutes are those of the run.
  private var lastHeldOut = 0
  /// Its latest entries were no complaint in themselves.
  private(set) var isVolume = false

  /// A series that had no entries in the run's first `ordinal` complete minutes.
  init(key: SeriesKey, ordinal: Int, minute: Minute) {
    self.key = key
    self.ordinal = ordinal
    since = minute
    zscore = RollingZScore(quietToEnd: Self.quietToEnd)
    zscore.closeZeros(ordinal)
    burstiness.learnZeros(ordinal)
    twoSigma.closeZeros(ordinal)
  }

  /// Entries of the hour that it was caught up with.
  var hour: Int { twoSigma.window.sum }

  /// What lies at its start, middle and end.
  var touch: Int { ordinal &+ zscore.baseline.sum &+ twoSigma.window.sum &+ Int(peak) }

  var isActive: Bool { zscore.isInSpike || rise.isActive }

  mutating func catchUp(to target: Int) {
    let missing = target - ordinal
    guard missing > 0 else { return }
    zscore.closeZeros(missing)
    burstiness.learnZeros(missing)
    twoSigma.closeZeros(missing)
    before = SpikeEvidence.Minute()
    ordinal = target
  }

  /// Counts entries that are to decide on a profile; whether to ask for one now.
  mutating func asks(_ x: Int) -> Bool {
    let (sum, isOver) = total.addingReportingOverflow(UInt32(clamping: x))
    total = isOver ? .max : sum
    guard profile < 0, total >= asksAt else { return false }
    asksAt = total < .max / 2 ? total * 2 : .max
    return true
  }

  /// Judges the minute after those seen; `isVolume` where its entries are no complaint in themselves, `mayOpen` where neither a
  /// seasonal profile decides on openings instead nor a volume has too little past.
  mutating func close(
    _ x: Int, minute: Minute, isVolume: Bool, mayOpen: Bool, tally: inout DetectorTally,
    into findings: inout [Finding]
  ) {
    ordinal += 1
    self.isVolume = isVolume
    let read = zscore.reading(of: x)
    // Against the baseline as it stands before the minute.
    let now =
      read.exceeds
      ? SpikeEvidence.Minute(x, read, baseline: zscore.baseline, burstiness)
      : SpikeEvidence.Minute()
    let z = zscore.close(x, read: read)
    let two = twoSigma.close(x)
    tally.judged += 1
    if two.exceeds {
      tally.twoSigma += 1
      findings.append(
        Finding(
          series: key, minute: minute, kind: .exceeds, since: isActive ? since : minute,
          reading: reading(x, two)))
    }
    if z.exceeds || z.phase == .newLevel { lastHeldOut = ordinal }
    if z.exceeds { burstiness.hold(x) } else { burstiness.learn(x) }
    let wasRising = rise.isActive
    let risen: SustainedRise.Phase =
      !wasRising
        && (!mayOpen || isVolume || isOpen || zscore.minutesInSpike > SustainedRise.span + 1)
      ? .quiet
      : rise.close(minute, recent: twoSigma.window, baseline: zscore.baseline, burstiness)
    guard z.exceeds || z.phase != .quiet || risen != .quiet else {
      before = SpikeEvidence.Minute()
      return
    }
    if z.phase == .begins, !wasRising {
      since = minute
      isOpen = false
      peak = 0
    }
    peak = max(peak, UInt32(min(x, CountWindow.largest)))
    let reading = z.exceeds || risen == .quiet ? reading(x, z, now) : readingOfRise()
    func say(_ kind: Finding.Kind) {
      findings.append(
        Finding(series: key, minute: minute, kind: kind, since: since, reading: reading))
    }
    if z.exceeds {
      tally.rollingZScore += 1
      say(.exceeds)
    }
    let isHigh = z.exceeds || risen == .begins || risen == .lasts
    if isOpen {
      if isHigh { say(.lasts) }
    } else if mayOpen,
      risen == .begins
        || SpikeEvidence.isStrong(x, z, now, before: before)
          && Double(x) > Self.overRecord
            * Double(max(burstiness.crest, isVolume ? Float(record) : 0))
    {
      if risen == .begins { since = zscore.isInSpike ? min(since, rise.since) : rise.since }
      isOpen = true
      tally.opened += 1
      say(.opens)
    }
    if z.phase == .newLevel { rise.settle() }
    let isLearned = z.phase == .newLevel || risen == .newLevel
    if z.phase == .ends || z.phase == .newLevel {
      burstiness.settle(learning: !isOpen || z.phase == .newLevel)
    }
    if !isActive {
      if isOpen || z.phase == .newLevel && mayOpen { say(isLearned ? .newLevel : .ends) }
      record = max(record, peak)
      isOpen = false
    }
    before = now
  }

  /// Counts entries that came late for a complete minute in the baselines, where they hold it: what comes
  /// is judged by a past that is whole. What was said of the minute stays.
  mutating func correct(_ minute: Int, by more: Int) {
    guard minute > 0, minute <= ordinal else { return }
    twoSigma.add(more, age: ordinal - minute)
    if minute > lastHeldOut { zscore.add(more, age: ordinal - minute) }
  }

  /// Takes in a series whose entries are counted here from now on; both at the same minute.
  mutating func merge(_ other: SeriesWatch) {
    lastHeldOut = max(lastHeldOut, other.lastHeldOut)
    if other.isOpen && !isOpen || other.isActive && !isActive { since = other.since }
    zscore.merge(other.zscore)
    twoSigma.merge(other.twoSigma)
    burstiness.merge(other.burstiness)
    if other.rise.isActive && !rise.isActive { rise = other.rise }
    isOpen = isOpen || other.isOpen
    total = total.addingReportingOverflow(other.total).overflow ? .max : total + other.total
    peak = max(peak, other.peak)
    record = max(record, other.record)
  }

  private var unit: String {
    switch key {
    case .allErrors, .serviceErrors: "errors/min"
    case .service, .group: "entries/min"
    }
  }

  private func reading(_ x: Int, _ two: TwoSigma.Reading) -> DetectorReading {
    DetectorReading(
      name: TwoSigma.name, actual: Double(x), typical: two.mean, lower: max(0, two.lower),
      upper: max(two.upper, Double(TwoSigma.floor)),
      score: two.deviation > 0 ? (Double(x) - two.mean) / two.deviation : nil, count: two.count,
      unit: unit)
  }

  private func readingOfRise() -> DetectorReading {
    DetectorReading(
      name: SustainedRise.name, actual: Double(SustainedRise.sum(twoSigma.window)),
      typical: Double(rise.expected), upper: 3 * Double(rise.expected),
      probability: Double(rise.chance), count: zscore.baseline.count,
      unit: unit.hasPrefix("errors") ? "errors/5min" : "entries/5min",
      minutes: SustainedRise.span)
  }

  private func reading(
    _ x: Int, _ z: RollingZScore.Reading, _ now: SpikeEvidence.Minute
  ) -> DetectorReading {
    DetectorReading(
      name: RollingZScore.name, actual: Double(x), typical: z.mean,
      lower: max(0, z.mean - RollingZScore.threshold * z.deviation),
      upper: max(z.mean + RollingZScore.threshold * z.deviation, Double(RollingZScore.floor)),
      score: z.z, probability: now.probability < 1 ? now.probability : nil, count: z.count,
      unit: unit)
  }
}

/// How often the detectors judged and fired; exported as metrics.
package struct DetectorTally: Equatable, Sendable {
  package var judged = 0
  package var rollingZScore = 0
  package var twoSigma = 0
  package var opened = 0
}

extension SeriesWatch: Kept {
  init() { self.init(key: .allErrors, ordinal: 0, minute: Minute(number: 0)) }

  /// All but its key and its profile.
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&ordinal, in: 0...KeptRange.minutes)
    zscore.carry(&bytes)
    twoSigma.carry(&bytes)
    bytes.carry(&since)
    bytes.carry(&isOpen)
    rise.carry(&bytes)
    before.carry(&bytes)
    burstiness.carry(&bytes)
    bytes.carry(&peak, in: 0...UInt32.max)
    bytes.carry(&record, in: 0...UInt32.max)
    bytes.carry(&total, in: 0...UInt32.max)
    bytes.carry(&asksAt, in: 1...UInt32.max)
    bytes.carry(&isVolume)
  }
}
