internal import Bytes
internal import Glibc

/// What a series usually counts, by the time of the day, the hour of the week and the minute of the hour.
///
///     expected a minute = day(5 minutes of 288) · week(hour of 168) · hour(minute of 60) · level
///
/// The factors are learned from counts whose outliers are held (`CountProfile` does so), the day's bins as averages of their
/// visits (weight 1/visits, 0.05 at least), each divided by the other factors; the week's hours as ratios of sums, shrunk towards
/// the hour before where few entries came, which is also what an hour that has not been met is taken to be: the first Saturday
/// is known from its first hours. The minute of the hour learns slowly (0.03 a visit, less where entries are few).
///
/// The day is read as a box mean wide enough to rest on some 30 entries, three bins at the least: a series of one entry an hour has
/// a day of few steps, a busy one shows its five minutes.
/// - Layout: 2.1 KB in place.
struct SeasonalShape: Sendable {
  static let blocks = 288
  private static let leastWeight: Float = 0.05
  private static let wanted: Float = 30
  private static let weekTrust: Float = 20

  private var day: InlineArray<288, Float> = .init(repeating: 0)
  /// 0 where the hour has not been met.
  private var week: InlineArray<168, Float> = .init(repeating: 0)
  private var minutes: InlineArray<60, Float> = .init(repeating: 1)
  /// Blocks learned.
  private(set) var learned = 0
  /// Entries a minute over the last week or so.
  private(set) var mean: Float = 0
  private var smooth: Float = 0
  private var halfWidth = 1
  private var untilRead = 0

  init() {}

  /// A series that is known to have had so many entries in so many minutes, evenly as far as anybody knows.
  init(entries: Int, minutes: Int) {
    let perMinute = Float(entries) / Float(max(minutes, 1))
    for block in 0..<Self.blocks { day[block] = perMinute }
    learned = minutes / 5
    mean = perMinute
  }

  var days: Int { learned / Self.blocks }
  var isFirstDay: Bool { learned < Self.blocks }

  /// Entries on which the day's present value rests.
  var support: Double {
    Double(smooth) * 5 * Double(2 * halfWidth + 1) * Double(min(max(days, 1), 20))
  }

  @inline(__always)
  func minute(_ ofHour: Int) -> Float { minutes[ofHour] }

  /// The factor of an hour of the week; that of the last one met where it is not known.
  @inline(__always)
  func factor(hour: Int, unless fallback: Float) -> Float {
    let known = week[hour]
    return known > 0 ? known : fallback
  }

  @inline(__always)
  func isKnown(hour: Int) -> Bool { week[hour] > 0 }

  /// The day's value for a block, entries a minute.
  mutating func value(block: Int) -> Float {
    if untilRead > 0 {
      untilRead -= 1
      return smooth
    }
    let needed = Self.wanted / max(mean * 5 * Float(max(days, 1)), 1e-6)
    halfWidth = needed < 287 ? max(1, Int(((needed - 1) / 2).rounded(.up))) : 144
    if halfWidth >= 144 {
      smooth = mean
      untilRead = 71
      return smooth
    }
    var sum: Float = 0
    var at = (block + Self.blocks - halfWidth) % Self.blocks
    for _ in 0...(2 * halfWidth) {
      sum += day[at]
      at = at + 1 == Self.blocks ? 0 : at + 1
    }
    smooth = sum / Float(2 * halfWidth + 1)
    untilRead = halfWidth / 4
    return smooth
  }

  /// Learns a block of the first day as it is.
  mutating func learnFirst(_ perMinute: Float, block: Int, hour: Int) {
    day[block] = perMinute
    week[hour] = 1
    note(perMinute)
  }

  /// Learns a block: entries a minute divided by all other factors.
  mutating func learn(_ plain: Float, perMinute: Float, block: Int) {
    let weight = max(1 / Float(days + 1), Self.leastWeight)
    day[block] += weight * (plain - day[block])
    note(perMinute)
  }

  private mutating func note(_ perMinute: Float) {
    learned += 1
    mean += (perMinute - mean) / Float(min(learned, 7 * Self.blocks))
  }

  /// Learns how a minute of the hour stands to its block.
  mutating func learn(minute: Int, ratio: Float, expected: Float) {
    let weight = 0.03 * expected / (expected + 2)
    minutes[minute] += weight * (ratio - minutes[minute])
  }

  /// Learns an hour of the week; tells the part of the deviation that it took in, where it was new.
  mutating func learn(hour: Int, observed: Float, base: Float, prior: Float) -> Float? {
    let trust = Self.weekTrust
    let found = (observed + trust * prior) / (base + trust)
    if week[hour] == 0 {
      week[hour] = max(found, 1e-3)
      return base / (base + trust)
    }
    week[hour] = max(week[hour] + (found - week[hour]) / 2, 1e-3)
    return nil
  }

  /// Adds the counts of another series.
  mutating func merge(_ other: SeasonalShape) {
    let own = mean / max(mean + other.mean, 1e-9)
    for block in 0..<Self.blocks { day[block] += other.day[block] }
    for hour in 0..<168 {
      if week[hour] == 0 || other.week[hour] == 0 {
        week[hour] = max(week[hour], other.week[hour])
      } else {
        week[hour] = own * week[hour] + (1 - own) * other.week[hour]
      }
    }
    for minute in 0..<60 {
      minutes[minute] = own * minutes[minute] + (1 - own) * other.minutes[minute]
    }
    mean += other.mean
    learned = max(learned, other.learned)
    untilRead = 0
  }
}

extension SeasonalShape: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&day, in: 0...KeptRange.rate)
    bytes.carry(&week, in: 0...KeptRange.factor)
    bytes.carry(&minutes, in: 0...KeptRange.factor)
    bytes.carry(&learned, in: 0...KeptRange.minutes)
    bytes.carry(&mean, in: 0...KeptRange.rate)
    bytes.carry(&smooth, in: 0...KeptRange.rate)
    bytes.carry(&halfWidth, in: 1...144)
    bytes.carry(&untilRead, in: 0...71)
  }
}
