internal import Glibc
internal import Model

/// The mix of values at one place of a group's messages (user, host, method, reason), and whether it is another.
///
/// The past is the top values of all samples but the latest 48, the present these 48, or the latest 24. A shift asks for:
/// 1. *chance*: the G-test of homogeneity (Sokal and Rohlf, Biometry, 4th edition, 17.4) over the values with
///    five samples and more to be expected, the most frequent one of the present, and all others together: p times the two
///    looks at most 1e-9;
/// 2. *effect*: one value's share has risen by 0.3 at least;
/// 3. *news*: by 1.25 times what any block of 24 samples has shown before.
/// Values that hardly repeat (ids, requests) make one large rest and shift only when one of them takes over.
/// - Warm-up: 96 samples in the past and four blocks, over two hours at least. A shift is over when the present's gain is below
///   half the effect, and the new usual after an hour.
///   Where another shape's entries join the place, or it settles, the warm-up begins anew and the past counts a tenth.
/// - Layout: two tables of top values of 264 bytes, 48 samples of 12 bytes and their texts of 40, which are read only where a
///   shift opens: 3.2 KB in all.
struct TextTrack: Sendable {
  static let recent = 48
  static let warmUp: Float = 96
  static let blockSize = 24
  static let leastBlocks = 4
  static let probability = 1e-9
  static let effect: Float = 0.3
  static let overRecord: Float = 1.25
  static let leastMinutes: Int32 = 120
  static let settledMinutes: Int64 = 60
  static let perMinute: UInt8 = 8

  struct Shift: Sendable {
    var value: ValueText
    var share: Float
    var before: Float
    var probability: Double
    var count: Int
    var since: Minute
    /// Values whose shares changed most, the risen ones first.
    var changes: [(value: ValueText, count: Int, before: Float)]
  }

  private(set) var past = TopValues()
  /// The latest samples, a ring: hashes, minutes and texts.
  private var samples: InlineArray<48, UInt64> = .init(repeating: 0)
  private var minutes: InlineArray<48, Int32> = .init(repeating: 0)
  private var texts: InlineArray<48, ValueText> = .init(repeating: ValueText())
  private var block = TopValues()
  private(set) var count = 0
  private var firstMinute: Int32 = 0
  private(set) var lastMinute: Int32 = 0
  private var minuteCount: UInt8 = 0
  private var blocks = 0
  /// The most that a block's share of one value has exceeded the past's.
  private var swing: Float = 0
  private(set) var opened: Shift?
  /// Until when nothing opens: the samples of what has just ended are still among the latest.
  private var rest: Int32 = .min

  static let restMinutes: Int32 = 60
  /// Samples after which the place is judged anew.
  static let step = 8
  private var judgedAt = 0

  init() {}

  /// Reads of the track what `add` reads first.
  @inline(__always)
  mutating func touch() -> Int {
    let at = count % Self.recent
    return Int(truncatingIfNeeded: samples[at]) &+ Int(minutes[at]) &+ texts[at].touch
      &+ past.touch() &+ block.touch()
  }

  mutating func add(_ value: ValueText, _ minute: Int32) {
    if minute != lastMinute || count == 0 {
      if count == 0 { firstMinute = minute }
      lastMinute = minute
      minuteCount = 0
    }
    guard minuteCount < Self.perMinute else { return }
    minuteCount += 1
    let at = count % Self.recent
    if count >= Self.recent, opened == nil { learn(samples[at]) }
    samples[at] = value.hash
    minutes[at] = minute
    texts[at] = value
    count += 1
  }

  private mutating func learn(_ value: UInt64) {
    if Int(past.total) >= 48 {
      block.add(value)
      if block.total >= Float(Self.blockSize) {
        blocks += 1
        swing = max(swing * 0.999, gain(of: block).gain)
        block = TopValues()
      }
    }
    past.add(value)
  }

  /// The value whose share in `present` exceeds its share in the past most.
  private mutating func gain(of present: TopValues) -> (value: UInt64, gain: Float, share: Float) {
    var best = (value: UInt64(0), gain: -Float.infinity, share: Float(0))
    for index in 0..<TopValues.capacity where present.count(index) > 0 {
      let share = present.sure(index) / present.total
      // The past's share at its most: what a full table has lost sight of is not taken for new.
      let gain = share - past.most(of: present.hash(index)) / max(past.total, 1)
      if gain > best.gain { best = (present.hash(index), gain, share) }
    }
    return best
  }

  /// The latest text of a value among the samples.
  private mutating func text(of value: UInt64) -> ValueText {
    for back in 0..<min(Self.recent, count) {
      let at = (count - 1 - back) % Self.recent
      if samples[at] == value { return texts[at] }
    }
    return ValueText()
  }

  /// Adds samples of the present to its values, from the latest back.
  ///
  /// - Parameter taken: how many are there already.
  private mutating func add(
    _ wanted: Int, from taken: Int = 0, to values: inout TopValues, since: inout Int32
  ) {
    for back in min(taken, count)..<min(wanted, count) {
      let at = (count - 1 - back) % Self.recent
      values.add(samples[at])
      since = min(since, minutes[at])
    }
  }

  mutating func judge(_ minute: Minute) -> Shift? {
    guard opened == nil, past.total >= Self.warmUp, blocks >= Self.leastBlocks,
      lastMinute - firstMinute >= Self.leastMinutes, lastMinute > rest,
      count - judgedAt >= Self.step
    else { return nil }
    judgedAt = count
    var best: Shift?
    var values = TopValues()
    var since = Int32.max
    for wanted in [Self.recent / 2, Self.recent] {
      add(
        wanted, from: wanted == Self.recent ? Self.recent / 2 : 0, to: &values, since: &since)
      let risen = gain(of: values)
      guard risen.gain >= Self.effect, risen.gain >= Self.overRecord * swing else { continue }
      let p = min(1, 2 * probability(values, risen.value))
      guard p <= Self.probability, p < best?.probability ?? 1 else { continue }
      best = Shift(
        value: text(of: risen.value), share: risen.share, before: risen.share - risen.gain,
        probability: p,
        count: wanted, since: Minute(number: Int64(since)), changes: changes(values))
    }
    opened = best
    return best
  }

  mutating func judgeEnd(_ minute: Minute) -> ShiftFinding.Change? {
    guard let shift = opened else { return nil }
    if minute.number - shift.since.number >= Self.settledMinutes,
      Int64(lastMinute) > minute.number - 15
        || minute.number - shift.since.number >= 4 * Self.settledMinutes
    {
      opened = nil
      restart()
      return .settles
    }
    var values = TopValues()
    var since = Int32.max
    add(Self.recent / 4, to: &values, since: &since)
    guard values.total >= 12 else { return nil }
    let share = values.count(of: shift.value.hash) / values.total
    guard share - shift.before < Self.effect / 2 else { return nil }
    opened = nil
    rest = Int32(truncatingIfNeeded: minute.number) + Self.restMinutes
    return .ends
  }

  /// Begins the warm-up anew, the past counting a tenth: who writes there is another than before.
  mutating func restart() {
    past.scale(by: 0.1)
    block = TopValues()
    blocks = 0
    swing = 0
    count = 0
    judgedAt = 0
  }

  /// The G-test of the present against the past.
  private mutating func probability(_ present: TopValues, _ risen: UInt64) -> Double {
    let n = Double(present.total)
    let total = Double(past.total)
    var sum = 0.0
    var classes = 0
    var pastLeft = total
    var presentLeft = n
    func add(_ old: Double, _ new: Double) {
      let both = old + new
      guard both > 0 else { return }
      let usualOld = both * total / (total + n)
      let usualNew = both * n / (total + n)
      if old > 0 { sum += old * log(old / usualOld) }
      if new > 0 { sum += new * log(new / usualNew) }
      classes += 1
    }
    let risenBefore = Double(past.most(of: risen))
    let risenNow = Double(present.count(of: risen))
    add(risenBefore, risenNow)
    pastLeft -= risenBefore
    presentLeft -= risenNow
    for index in 0..<TopValues.capacity where past.hash(index) != risen {
      let sure = Double(past.sure(index))
      guard sure / total * n >= 5 else { continue }
      let new = Double(present.count(of: past.hash(index)))
      add(sure, new)
      pastLeft -= sure
      presentLeft -= new
    }
    add(max(0, pastLeft), max(0, presentLeft))
    return SampleTail.chiSquare(2 * sum, degrees: max(1, classes - 1))
  }

  private mutating func changes(_ present: TopValues) -> [(
    value: ValueText, count: Int, before: Float
  )] {
    var found: [(value: ValueText, count: Int, before: Float)] = []
    for index in 0..<TopValues.capacity where present.count(index) > 0 {
      let value = present.hash(index)
      found.append(
        (text(of: value), Int(present.sure(index)), past.count(of: value) / max(past.total, 1)))
    }
    return found.sorted {
      let left = Float($0.count) / present.total - $0.before
      let right = Float($1.count) / present.total - $1.before
      return left != right ? left > right : $0.value.hash < $1.value.hash
    }.prefix(3).filter { $0.count > 0 }
  }

  /// Takes in the past of another place whose group went into this one's.
  mutating func merge(_ other: TextTrack) {
    past.merge(other.past)
    restart()
  }
}
