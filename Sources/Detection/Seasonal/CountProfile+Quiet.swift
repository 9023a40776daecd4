internal import Model

/// What a profile says of counts below the usual: silence, judged each minute, and drops, by blocks.
extension CountProfile {
  /// Judges a minute of a series that hardly ever is without an entry.
  mutating func judgeSilence(_ minute: Int, at time: Minute) -> CountJudgement? {
    guard isRipe else { return nil }
    guard counts[5 + minute] == 0 else {
      silence.breakOff()
      return nil
    }
    silence.goOn(expected: min(expected[5 + minute], past.medianRate))
    let span = silence.minutes < 5 ? 1 : silence.minutes < 15 ? 5 : 15
    return silence.judge(variance: relativeVariance(over: span))
  }

  mutating func tellSilence() { silence.tell() }

  /// Judges the 15 minutes that end with the block that has just been learned: whether they are a third of the expected or less.
  ///
  /// No more is expected than the last hour's median gives: behind a batch that the day's profile knows at another height,
  /// little is no drop.
  mutating func judgeDrop(at time: Minute) -> CountJudgement? {
    guard knowsWeek, past.held >= 3, !drop.isActive, silence.minutes == 0,
      time.number - settled >= 15
    else { return nil }
    let (sum, base) = past.sum(3)
    let usual = Double(min(base * past.level(before: 3), 15 * past.medianRate))
    guard usual >= 20, Double(sum) <= usual / 3 else { return nil }
    let spread = relativeVariance(over: 15)
    let tail = CountTail.lower(Int(heldAtMost: sum), mean: usual, size: 1 / spread)
    let score = CountTail.surprise(tail)
    return CountJudgement(
      minutes: 15, actual: Int(heldAtMost: sum), expected: usual, spread: spread, score: score,
      reach: 15)
  }

  /// A drop begins; its minutes are not learned.
  mutating func beginDrop() { drop.begin() }

  /// Follows a drop by the last five minutes; nil where there is none.
  mutating func followDrop(_ minute: Int) -> Finding.Kind? {
    guard drop.isActive else { return nil }
    let now = lastFive(to: minute)
    return drop.follow(isOver: Double(now.count) >= 0.5 * now.expected)
  }

  /// What a drop of an hour is becomes the usual.
  mutating func settleDrop() {
    jump(drop.counted, base: drop.base)
    drop.end()
  }
}
