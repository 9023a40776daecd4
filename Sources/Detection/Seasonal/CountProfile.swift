internal import Glibc
internal import Model

/// One busy series: what is usual for it now, what it counted in the last hour, and how far that is out of the usual.
///
/// Minutes come one at a time, blocks of five minutes are learned when they are over. What is learned of a block is held at
/// four deviations and two entries above what was expected; nothing is learned while an alarm of the series is open.
/// - Layout: some 3.5 KB in place, no references. All its own state is here: it can be written out as it is. What asks it
///   for much is `mutating` or inlined: a value of this size would be copied for the call.
struct CountProfile: Sendable {
  /// Blocks from which on it judges: a day.
  static let ripeness = SeasonalShape.blocks

  var key: SeriesKey
  /// Where the series stands on the shelf.
  var place: Int32
  /// The block in which it began.
  var born: Int64
  var floor = EffectFloor.volume
  private var isVolume: Bool { floor == .volume }
  var shape = SeasonalShape()
  var level = LocalLevel()
  var scatter = CountScatter()
  var calibration = TailCalibration()
  var habits = DayHabits()
  var lessons = PendingLessons()
  var alarm = CountAlarm()
  /// Entries and expectations of the last block and of the one at hand, by minute.
  var counts: InlineArray<10, UInt32> = .init(repeating: 0)
  var expected: InlineArray<10, Float> = .init(repeating: 0)
  /// The day's value and the week's factor in the block at hand.
  var dayValue: Float = 0
  var weekFactor: Float = 1
  var past = PastHour()
  var hour = HourTally()
  /// The minute in which the last alarm ended; sums reach no further back.
  var settled = Int64.min / 2
  var silence = SeriesSilence()
  var drop = SeriesDrop()
  /// The minute of its last candidate for a budget.
  var booked = Int64.min / 2
  /// The block at hand had an alarm in it.
  var isTouched = false
  /// Largest sum of five minutes of an alarm, fading by half a week: what a volume has to beat.
  var record: Float = 0

  /// - Parameter history: entries and minutes of the run so far, where a complaint comes late into a run of a day or more:
  ///   it is known to have been rare, and is judged at once.
  init(key: SeriesKey, place: Int32, at block: Int64, history: (entries: Int, minutes: Int)?) {
    self.key = key
    self.place = place
    born = block
    if let history, history.minutes >= 1440 {
      shape = SeasonalShape(entries: history.entries, minutes: history.minutes)
    }
    open(block)
  }

  var isRipe: Bool { !shape.isFirstDay }
  /// Whether it knows its week: before that an hour of the week-end or of the week's begin is met for the first time.
  var knowsWeek: Bool { shape.days >= 7 }
  /// Whether what is out of the usual is worth telling: a complaint is from the second day on, a volume where its week is known.
  var decides: Bool { isRipe && (!isVolume || knowsWeek) }
  /// Entries a minute, lately.
  var mean: Float { shape.mean }

  /// Entries expected in a minute of the block at hand.
  func expected(minute: Int) -> Double { Double(expected[5 + minute]) }
  func count(minute: Int) -> Int { Int(counts[5 + minute]) }
  /// Expected over the five minutes to this one, and counted.
  @inline(__always)
  func lastFive(to minute: Int) -> (count: Int, expected: Double) {
    var count = 0
    var sum = 0.0
    for age in 0..<5 {
      count += Int(counts[5 + minute - age])
      sum += Double(expected[5 + minute - age])
    }
    return (count, sum)
  }

  /// Counts a minute of the block at hand and judges the sums over 1, 2 and 5 minutes that end with it; nil where
  /// none is large enough to be of interest.
  ///
  /// - Parameter minute: of the block.
  mutating func judge(_ count: Int, minute: Int, of time: Minute) -> CountJudgement? {
    counts[5 + minute] = UInt32(clamping: count)
    guard isRipe, !alarm.isActive else { return nil }
    var sum = 0
    var usual: Float = 0
    var spoke = 0
    var best: CountJudgement?
    let reach = time.number - settled
    for age in 0..<5 {
      sum += Int(counts[5 + minute - age])
      if counts[5 + minute - age] > 0 { spoke += 1 }
      usual += expected[5 + minute - age]
      guard age == 0 || age == 1 || age == 4, age < reach, floor.isReached(sum, usual),
        spoke > 1 || sum >= Self.leastAtOnce
      else { continue }
      weigh(sum, Double(usual), age + 1, &best)
    }
    if let found = best {
      best?.reach = found.onset(steps: found.minutes) {
        let at = 5 + minute - $0
        return (Double(counts[at]), Double(expected[at]))
      }
    }
    return best
  }

  /// Whether the last third of a sum is above its usual as well, and not far below the others: what is over is not told.
  @inline(__always)
  private func goesOn(_ blocks: Int, than usual: Float, of whole: Float) -> Bool {
    let sum = past.sum(blocks).count
    return sum > 1.2 * usual && sum >= whole / 6
  }

  /// Judges the sums over 15 and 60 minutes that end with the block that has just been learned.
  mutating func judgePast(at time: Minute) -> CountJudgement? {
    guard isRipe, !alarm.isActive, floor.reachesBack else { return nil }
    var best: CountJudgement?
    let reach = time.number - settled
    for blocks in [3, 12] where past.held >= blocks && reach >= Int64(blocks * 5) {
      let (sum, base) = past.sum(blocks)
      let usual = base * past.level(before: blocks)
      guard floor.isReached(Int(heldAtMost: sum), usual),
        goesOn(blocks / 3, than: usual / 3, of: sum)
      else { continue }
      weigh(Int(heldAtMost: sum), Double(usual), blocks * 5, &best)
    }
    if let found = best {
      best?.reach =
        5
        * found.onset(steps: found.minutes / 5) {
          (Double(past.count($0)), Double(past.usual($0)))
        }
    }
    return best
  }

  /// Entries that count in a single minute: one failing request may well write five lines.
  private static let leastAtOnce = 10
  /// What choosing the best of five windows is worth: they overlap, so less than five.
  private static let choices = 3.0

  private mutating func weigh(
    _ sum: Int, _ usual: Double, _ minutes: Int, _ best: inout CountJudgement?
  ) {
    let spread = relativeVariance(over: minutes)
    let variance = usual + spread * usual * usual
    guard Double(sum) > usual + 3 * variance.squareRoot() else { return }
    let tail = CountTail.upper(sum, mean: max(usual, 1e-6), size: 1 / spread)
    let raw = CountTail.surprise(tail) - log10(Self.choices)
    if raw > best?.score ?? 0 {
      best = CountJudgement(
        minutes: minutes, actual: sum, expected: usual, spread: spread, score: raw)
    }
  }

  /// Of an expected sum: scatter, what the day's value and the level rest on, and a rate that wanders by a tenth.
  @inline(__always)
  func relativeVariance(over minutes: Int) -> Double {
    scatter.excess(over: minutes) + 1 / max(shape.support, 1) + level.doubt + 0.003
  }

  /// A judgement's score by the series' own tail; learned where it is to open nothing.
  mutating func calibrate(_ judgement: inout CountJudgement, opens: (Double) -> Bool) -> Bool {
    let raw = judgement.score
    judgement.score = calibration.calibrated(raw)
    if opens(judgement.score) { return true }
    lessons.current.score = max(lessons.current.score, Float(raw))
    return false
  }

  /// Whether a score that opens nothing is to be booked as a candidate: one an hour.
  mutating func isCandidate(at minute: Minute) -> Bool {
    guard minute.number - booked >= 60 else { return false }
    booked = minute.number
    return true
  }

  /// Whether it does so at this time on other days, or, where it is a volume, did so before.
  @inline(__always)
  func isUsual(_ judgement: CountJudgement, quarter: Int) -> Bool {
    let isHabit = habits.explain(
      Float(judgement.actual), over: judgement.minutes, at: quarter, after: shape.days)
    return isHabit || isVolume && Float(judgement.actual) <= 1.25 * record
  }

  /// Notes a sum that stood out but was no news.
  mutating func note(_ judgement: CountJudgement) {
    habits.note(judgement.actual)
    if !decides { record = max(record, Float(judgement.actual)) }
  }

  /// An alarm begins: what has been learned of it is taken back.
  mutating func begin(_ judgement: CountJudgement, at minute: Minute) {
    alarm.begin(judgement, at: minute)
    isTouched = true
    lessons.drop()
    if !isVolume { hour.blocks = 0 }
    for age in 0..<min(max(1, judgement.minutes / 5), past.held) { past.hold(age) }
  }

  /// An alarm is over.
  mutating func settle(isNewLevel: Bool, at minute: Minute) {
    record = max(record, Float(alarm.peak))
    settled = minute.number
    isTouched = true
    if isNewLevel { jump(alarm.counted, base: alarm.base) }
    alarm.end()
  }

  /// Takes an hour alone for the level, also for what is expected of the block at hand.
  mutating func jump(_ count: Float, base: Float) {
    let before = level.value
    level.jump(count, base: base)
    for minute in 0..<10 { expected[minute] *= level.value / before }
  }

  // MARK: Blocks

  /// Begins a block: what was at hand is the last one.
  mutating func open(_ block: Int64) {
    for minute in 0..<5 {
      counts[minute] = counts[5 + minute]
      expected[minute] = expected[5 + minute]
      counts[5 + minute] = 0
    }
    let time = BlockTime(block)
    weekFactor = shape.factor(hour: time.hourOfWeek, unless: weekFactor)
    dayValue = shape.value(block: time.ofDay)
    let usual = dayValue * weekFactor * level.value
    for minute in 0..<5 {
      expected[5 + minute] = usual * shape.minute(time.ofHour * 5 + minute)
    }
  }

  /// A block was stepped over: nobody read anything.
  mutating func skip() {
    past.restart()
    hour = HourTally()
    for place in 0..<10 { counts[place] = 0 }
  }

  /// Learns the block at hand.
  ///
  /// - Parameter complete: its complete minutes, a bit each.
  mutating func close(_ block: Int64, complete: UInt8) {
    let time = BlockTime(block)
    let known = complete.nonzeroBitCount
    record *= 0.9993
    silence.fade()
    if known > 0 { learn(time, complete, Float(known)) }
    let due = lessons.close()
    scatter.learn(minutes: due.minutes, block: due.block)
    calibration.learn(Double(due.score))
    if time.ofHour == 11 { closeHour(time) }
    if time.ofHour % 3 == 2 { habits.close(time.quarter) }
    isTouched = alarm.isActive
  }

  private mutating func learn(_ time: BlockTime, _ complete: UInt8, _ known: Float) {
    var count: Float = 0
    var usual: Float = 0
    for minute in 0..<5 where complete >> UInt8(minute) & 1 == 1 {
      count += Float(counts[5 + minute])
      usual += expected[5 + minute]
    }
    if shape.isFirstDay {
      learnMinutes(time, complete, usual: nil, mean: count / known)
      shape.learnFirst(count / known, block: time.ofDay, hour: time.hourOfWeek)
      if count > 2 * past.mean + 4 { habits.note(Int(count)) }
      past.push(count, base: count, level: 1)
      if isRipe { past.restart() }
      return
    }
    let deviation = (usual + Float(scatter.excess(over: 5)) * usual * usual).squareRoot()
    // Against the expected, or against the hour before: a batch that is known by now stays known.
    let isNewHour = isVolume && !shape.isKnown(hour: time.hourOfWeek)
    if isNewHour { learnHour(count, usual) }
    if count > usual + 6 * deviation + 4 || count > 2 * past.mean + 4 { habits.note(Int(count)) }
    if drop.isActive || silence.minutes >= SeriesSilence.least {
      drop.add(count, base: usual / level.value)
      past.push(usual, base: usual / level.value, level: level.value)
      return
    }
    if alarm.isActive || isTouched {
      alarm.add(count, base: usual / level.value)
      past.push(usual, base: usual / level.value, level: level.value)
      return
    }
    let isHabit = habits.explain(count, over: 5, at: time.quarter, after: shape.days)
    let held = isHabit ? count : min(count, usual + 4 * deviation + 2)
    let before = level.value
    let base = usual / before
    learnMinutes(time, complete, usual: usual, mean: 0)
    lessons.current.block.learn(min(count, usual + 6 * deviation + 2), usual)
    let others = dayValue > 0 ? usual / dayValue : known
    shape.learn(held / max(others, 1e-6), perMinute: held / known, block: time.ofDay)
    level.learn(held, base: base)
    if !isNewHour { learnHour(held, usual) }
    past.push(count, base: base, level: level.value)
  }

  /// A volume's hour that is met for the first time is learned as it is, alarm or not: its traffic at the first week-end is no
  /// alarm at the second.
  private mutating func learnHour(_ count: Float, _ usual: Float) {
    hour.add(count, usual, base: usual / level.value / weekFactor)
  }

  private mutating func learnMinutes(
    _ time: BlockTime, _ complete: UInt8, usual: Float?, mean: Float
  ) {
    let alpha = Float(scatter.excess(over: 1))
    for minute in 0..<5 where complete >> UInt8(minute) & 1 == 1 {
      let count = Float(counts[5 + minute])
      let ofHour = time.ofHour * 5 + minute
      guard usual != nil else {
        if mean > 0 { shape.learn(minute: ofHour, ratio: count / mean, expected: mean) }
        continue
      }
      let due = expected[5 + minute]
      let deviation = (due + alpha * due * due).squareRoot()
      lessons.current.minutes.learn(min(count, due + 6 * deviation + 2), due)
      let flat = due / max(shape.minute(ofHour), 1e-3)
      guard flat > 1e-6 else { continue }
      shape.learn(
        minute: ofHour, ratio: min(count, due + 4 * deviation + 2) / flat, expected: flat)
    }
  }

  private mutating func closeHour(_ time: BlockTime) {
    defer { hour = HourTally() }
    guard hour.blocks >= 9 else { return }
    scatter.learn(hour: hour.count, expected: hour.expected)
    let absorbed = shape.learn(
      hour: time.hourOfWeek, observed: hour.count, base: hour.base, prior: weekFactor)
    weekFactor = shape.factor(hour: time.hourOfWeek, unless: weekFactor)
    if let absorbed { level.absorb(absorbed) }
  }

  /// Adds a series whose entries are counted here from now on.
  mutating func merge(_ other: CountProfile) {
    shape.merge(other.shape)
    level.merge(other.level)
    scatter.merge(other.scatter)
    habits.merge(other.habits)
    for place in 0..<10 {
      counts[place] += other.counts[place]
      expected[place] += other.expected[place]
    }
    dayValue += other.dayValue
    past.restart()
    if !alarm.isActive { alarm = other.alarm }
    settled = max(settled, other.settled)
    record = max(record, other.record)
  }
}
