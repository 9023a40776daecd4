internal import Glibc
internal import Model

/// One measure's past and present, and whether the present is another.
///
/// The past is a sketch of all samples but the latest 48; the present are those of the last 15 minutes, or of the last
/// hour, or all of these 48, whichever says most, eight at least. A shift asks for four things:
/// 1. *chance*: of n samples, k lie above the past's median (or its 90 % quantile, or below its median): p is the upper tail of the
///    beta-binomial that the past's own shares give (`SampleTail`; an exceedance test, as Gastwirth's control
///    median test, 1968, doi:10.1080/01621459.1968.11009291), times the nine looks; at most 1e-7;
/// 2. *effect*: the present's median is at least twice (at most half) the past's, or its 90 % quantile at least twice;
/// 3. *news*: that ratio, of the median or of the 90 % quantile, exceeds what the medians of blocks of 16 samples have shown before, by
///    1.25 of their largest swing (in octaves);
/// 4. *presence*: the same quantile of the latest six samples (of 90 %, the largest of them) is 1.5 times off as well.
/// Measures that only rise (counters, offsets, uptimes) are none: where nine of ten steps go one way, nothing is judged.
/// - Warm-up: 64 samples in the past and six blocks, over an hour at least.
/// - A shift is over when the last 15 minutes have a median within 1.5 of the past's (where the 90 % quantile had shifted, that
///   as well), and is the new usual after an hour: its samples are the past then, and a return to what was usual before is no shift. While it lasts, its
///   samples do not enter the past; for half an hour after it nothing opens.
/// - Layout: two sketches of 400 bytes, 48 samples of 8 bytes, a block of 16: 1.4 KB in all.
struct MeasureTrack: Sendable {
  static let recent = 48
  static let fewest = 8
  static let warmUp: Float = 64
  static let blockSize = 16
  static let leastBlocks = 6
  static let probability = 1e-7
  static let looks = 9.0
  /// Octaves.
  static let effect: Float = 1
  static let overRecord: Float = 1.25
  static let calm: Float = 0.585
  static let settledMinutes: Int64 = 60

  private struct Sample: Sendable {
    var minute: Int32 = 0
    var value: Float = 0
  }

  struct Shift: Sendable {
    var isUp: Bool
    var probability: Double
    var actual: Float
    var typical: Float
    var low: Float
    var high: Float
    var count: Int
    var quantile: Float
    var since: Minute
  }

  private(set) var past = MeasureSketch()
  private var samples: InlineArray<48, Sample> = .init(repeating: Sample())
  private(set) var count = 0
  private var firstMinute: Int32 = 0
  private(set) var lastMinute: Int32 = 0
  private var minuteCount: UInt8 = 0
  private var block: InlineArray<16, Float> = .init(repeating: 0)
  private var blocks = 0
  /// Octaves that a block's median has been above and below the past's.
  private var swingUp: Float = 0
  private var swingDown: Float = 0
  private var rises: Float = 0
  private var falls: Float = 0
  /// A sample of the minute lies above the past's 90 % or below its 10 % quantile.
  private var isNotable = false
  private var upperMark: Float = .infinity
  private var lowerMark: Float = -.infinity
  /// The past's median and 90 % quantile as of the last block.
  private var usual: Float = 0
  private var usualHigh: Float = 0
  private(set) var opened: Shift?
  /// What was usual before the last shift that stayed: a return to it is no news.
  private var former = MeasureSketch()
  /// Until when nothing opens: the samples of what has just ended are still among the latest.
  private var rest: Int32 = .min

  static let restMinutes: Int32 = 30
  static let latest = 6
  static let perMinute: UInt8 = 8

  init() {}

  /// Reads of the track what `add` reads first.
  @inline(__always)
  mutating func touch() -> Int {
    let at = count % Self.recent
    return Int(samples[at].minute) &+ Int(rises.bitPattern) &+ past.touch
  }

  /// Takes a sample; at most eight a minute count, so that a burst is not taken for many witnesses.
  mutating func add(_ value: Float, _ minute: Int32) {
    if minute != lastMinute || count == 0 {
      if count == 0 { firstMinute = minute }
      lastMinute = minute
      minuteCount = 0
      isNotable = false
    }
    guard minuteCount < Self.perMinute else { return }
    minuteCount += 1
    let at = count % Self.recent
    if count > 0 {
      let before = samples[(count - 1) % Self.recent].value
      rises *= 0.98
      falls *= 0.98
      if value > before { rises += 1 } else if value < before { falls += 1 }
    }
    if count >= Self.recent, opened == nil { learn(samples[at].value) }
    samples[at] = Sample(minute: minute, value: value)
    count += 1
    if value > upperMark || value < lowerMark { isNotable = true }
  }

  private mutating func learn(_ value: Float) {
    past.add(value)
    let learned = Int(past.total)
    let place = learned % Self.blockSize
    block[place] = value
    guard place == Self.blockSize - 1, learned >= 32 else { return }
    blocks += 1
    mark()
    let typical = usual
    var values = block
    let median = Self.median(&values)
    guard typical > 0, median > 0 else { return }
    let octaves = log2(median / typical)
    swingUp = max(swingUp * 0.999, octaves)
    swingDown = max(swingDown * 0.999, -octaves)
  }

  private static func median(_ values: inout InlineArray<16, Float>) -> Float {
    for index in 1..<16 {
      let value = values[index]
      var place = index
      while place > 0, values[place - 1] > value {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
    }
    return values[8]
  }

  /// What the end of `minute` says: a shift that opens.
  mutating func judge(_ minute: Minute) -> Shift? {
    guard opened == nil, isNotable, count >= Self.fewest, past.total >= Self.warmUp,
      blocks >= Self.leastBlocks, lastMinute - firstMinute >= 60, lastMinute > rest
    else { return nil }
    let steps = rises + falls
    guard steps >= 4, max(rises, falls) <= 0.9 * steps, looksOff() else { return nil }
    var best: Shift?
    for span in [15, 60, Int32.max] as [Int32] {
      guard let shift = shift(within: span, minute) else { continue }
      if shift.probability < best?.probability ?? 1 { best = shift }
    }
    guard let best, best.probability <= Self.probability, goesOn(best) else { return nil }
    if returns(to: former, best) {
      swap(&former, &past)
      mark()
      rest = lastMinute + Self.restMinutes
      return nil
    }
    opened = best
    return best
  }

  /// Whether the latest eight samples give reason to look closer: under chance one time in five.
  private mutating func looksOff() -> Bool {
    var above = 0
    var high = 0
    var below = 0
    for back in 0..<8 {
      let value = samples[(count - 1 - back) % Self.recent].value
      if value > usual { above += 1 } else { below += 1 }
      if value > usualHigh { high += 1 }
    }
    return above >= 7 || below >= 7 || high >= 3
  }

  /// Whether the very latest samples are as far off: else it has been, and is over.
  private mutating func goesOn(_ shift: Shift) -> Bool {
    var values = Window()
    for back in 0..<Self.latest { values.insert(samples[(count - 1 - back) % Self.recent].value) }
    guard let now = values.median(shift.quantile), shift.typical > 0 else { return false }
    let octaves = log2(max(now, 1e-30) / shift.typical)
    return (shift.isUp ? octaves : -octaves) >= Self.calm
  }

  private mutating func returns(to former: MeasureSketch, _ shift: Shift) -> Bool {
    guard former.total >= Self.warmUp / 2 else { return false }
    let level = former.quantile(shift.quantile)
    return level > 0 && abs(log2(max(shift.actual, 1e-30) / level)) < Self.calm
  }

  private mutating func mark() {
    usual = past.quantile(0.5)
    usualHigh = past.quantile(0.9)
    upperMark = past.quantile(0.75)
    lowerMark = past.quantile(0.25)
  }

  /// Whether an open shift is over at the end of `minute`.
  mutating func judgeEnd(_ minute: Minute) -> ShiftFinding.Change? {
    guard let shift = opened else { return nil }
    if minute.number - shift.since.number >= Self.settledMinutes {
      opened = nil
      former = past
      past = MeasureSketch()
      for index in 0..<min(count, Self.recent) where samples[index].minute >= shift.since.number {
        past.add(samples[index].value)
      }
      mark()
      rest = Int32(truncatingIfNeeded: minute.number) + Self.restMinutes
      return .settles
    }
    let values = window(15, minute)
    guard values.count >= 3, let median = values.median(0.5), shift.typical > 0 else { return nil }
    let ratio = log2(max(median, 1e-30) / usual)
    guard abs(ratio) < Self.calm else { return nil }
    if shift.quantile > 0.5, let high = values.median(0.9),
      log2(max(high, 1e-30) / usualHigh) >= Self.calm
    {
      return nil
    }
    opened = nil
    rest = Int32(truncatingIfNeeded: minute.number) + Self.restMinutes
    return .ends
  }

  private mutating func shift(within span: Int32, _ minute: Minute) -> Shift? {
    let values = window(span, minute)
    guard values.count >= Self.fewest, let median = values.median(0.5),
      let high = values.median(0.9), let first = values.firstMinute
    else { return nil }
    let typical = usual
    guard typical > 0, usualHigh > 0 else { return nil }
    let octaves = log2(max(median, 1e-30) / typical)
    let highOctaves = log2(max(high, 1e-30) / usualHigh)
    var best: Shift?
    func consider(_ probability: Double, isUp: Bool, _ quantile: Float) {
      let p = min(1, probability * Self.looks)
      guard p < best?.probability ?? 1 else { return }
      best = Shift(
        isUp: isUp, probability: p, actual: quantile == 0.5 ? median : high,
        typical: quantile == 0.5 ? typical : usualHigh, low: past.quantile(0.05),
        high: past.quantile(0.95), count: values.count, quantile: quantile,
        since: Minute(number: Int64(first)))
    }
    if octaves >= Self.effect, octaves >= Self.overRecord * swingUp {
      consider(tail(values, above: typical), isUp: true, 0.5)
    }
    if highOctaves >= Self.effect, highOctaves >= Self.overRecord * swingUp {
      consider(tail(values, above: usualHigh), isUp: true, 0.9)
    }
    if octaves <= -Self.effect, -octaves >= Self.overRecord * swingDown {
      consider(tail(values, below: typical), isUp: false, 0.5)
    }
    return best
  }

  private mutating func tail(_ values: Window, above mark: Float) -> Double {
    let weights = past.weights(around: mark)
    return SampleTail.upper(
      values.count { past.order($0, mark) > 0 }, of: values.count, hits: Double(weights.above),
      total: Double(past.total))
  }

  private mutating func tail(_ values: Window, below mark: Float) -> Double {
    let weights = past.weights(around: mark)
    return SampleTail.upper(
      values.count { past.order($0, mark) < 0 }, of: values.count, hits: Double(weights.below),
      total: Double(past.total))
  }

  /// Samples of a stretch that ends with a minute, in ascending order.
  private struct Window {
    var values: InlineArray<48, Float> = .init(repeating: 0)
    var count = 0
    var firstMinute: Int32?

    func median(_ q: Float) -> Float? {
      count == 0 ? nil : values[min(count - 1, Int(q * Float(count)))]
    }

    func count(where holds: (Float) -> Bool) -> Int {
      var found = 0
      for index in 0..<count where holds(values[index]) { found += 1 }
      return found
    }

    mutating func insert(_ value: Float) {
      var place = count
      while place > 0, values[place - 1] > value {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
      count += 1
    }
  }

  private mutating func window(_ span: Int32, _ minute: Minute) -> Window {
    var window = Window()
    let last = Int32(truncatingIfNeeded: minute.number)
    for index in 0..<min(count, Self.recent) {
      let sample = samples[index]
      guard span == .max || sample.minute > last - span, sample.minute <= last else { continue }
      window.insert(sample.value)
      window.firstMinute = min(window.firstMinute ?? sample.minute, sample.minute)
    }
    return window
  }

  /// Takes in the past of another measure whose group went into this one's.
  mutating func merge(_ other: MeasureTrack) {
    past.merge(other.past)
    blocks += other.blocks
    swingUp = max(swingUp, other.swingUp)
    swingDown = max(swingDown, other.swingDown)
    if other.count > 0 {
      firstMinute = count > 0 ? min(firstMinute, other.firstMinute) : other.firstMinute
    }
    for index in 0..<min(other.count, Self.recent) { past.add(other.samples[index].value) }
    mark()
  }
}
