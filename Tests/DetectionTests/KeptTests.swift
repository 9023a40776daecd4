import Bytes
import Model
import Testing

@testable import Detection

/// What a watch keeps over restarts: a run that is cut goes on as if it had not been.
@Suite struct KeptTests {
  private static let days = 9
  private static let onset = 8 * 1440 + 600

  /// A minute of three groups, two services, a batch each night, a rise and a silence on the last day.
  private static func minute(_ number: Int, _ noise: inout Noise) -> MinuteFacts {
    let ofDay = Double(number % 1440) / 1440
    let rhythm = 0.4 + 1.2 * (1 - abs(2 * ofDay - 1))
    let isRise = (onset..<onset + 30).contains(number)
    let isSilent = (onset + 200..<onset + 230).contains(number)
    let errors = noise.count(mean: 3 * rhythm * (isRise ? 6 : 1), size: 20)
    let rare = noise.count(mean: 0.02, size: 20)
    let batch = (127..<147).contains(number % 1440) ? noise.count(mean: 40, size: 20) : 0
    let one = isSilent ? 0 : max(1, noise.count(mean: 20 * rhythm, size: 20))
    return facts(
      number, services: [(1, one + errors, errors), (2, 30 + number % 2 + batch, 0)],
      groups: [(11, errors), (12, rare), (13, batch)], severity: .error)
  }

  private static func watch(through last: Int, _ noise: inout Noise) -> SpikeWatch {
    var watch = SpikeWatch()
    for number in 0..<last { _ = watch.close(minute(number, &noise)) }
    return watch
  }

  private static func series(of watch: SpikeWatch) -> [KeptSeries] {
    var kept: [KeptSeries] = []
    watch.keepSeries { kept.append($0) }
    return kept
  }

  private static func told(
    _ watch: inout SpikeWatch, _ minutes: Range<Int>, _ noise: inout Noise
  ) -> [String] {
    minutes.flatMap { number in
      watch.close(minute(number, &noise)).map {
        "\($0.minute.number) \($0.kind) \($0.series) \($0.since.number) \($0.reading)"
      }
    }
  }

  /// Cut within the first day, within a block of five minutes, at its edge, within a rise and within a silence.
  @Test(arguments: [700, 5000, 8 * 1440 + 3, onset + 7, onset + 12, onset + 203, onset + 215])
  func aCutRunGoesOnAsIfItHadNotBeen(_ cut: Int) {
    var noise = Noise(seed: 5)
    var whole = Self.watch(through: cut, &noise)
    var resumed = SpikeWatch()
    let kept = Self.series(of: whole)
    let outcome = resumed.resume(head: whole.keptHead, series: kept)
    #expect(outcome.damaged == 0)
    #expect(outcome.series == whole.seriesCount)
    #expect(outcome.profiles == whole.profileCount)
    let isSame = Self.series(of: resumed) == kept
    #expect(isSame)
    #expect(resumed.keptHead == whole.keptHead)
    var again = noise
    let expected = Self.told(&whole, cut..<Self.days * 1440, &noise)
    let observed = Self.told(&resumed, cut..<Self.days * 1440, &again)
    #expect(expected.count > 20)
    #expect(expected.count == observed.count)
    #expect(zip(expected, observed).first { $0 != $1 } == nil)
  }

  /// Two series that have become one are added, as they are where a template generalises.
  @Test func seriesOfOneKeyAreAdded() {
    var noise = Noise(seed: 6)
    var whole = Self.watch(through: 3000, &noise)
    let (one, other) = (GroupID(number: 11), GroupID(number: 12))
    let kept = Self.series(of: whole).map {
      $0.key == .group(other) ? KeptSeries(key: .group(one), bytes: $0.bytes) : $0
    }
    var resumed = SpikeWatch()
    let outcome = resumed.resume(head: whole.keptHead, series: kept)
    #expect(outcome.damaged == 0)
    whole.moved(from: other, to: one)
    #expect(resumed.seriesCount == whole.seriesCount)
    #expect(resumed.profileCount == whole.profileCount)
  }

  @Test func aDamagedSeriesStartsAnewAlone() {
    var noise = Noise(seed: 7)
    let whole = Self.watch(through: 3000, &noise)
    var kept = Self.series(of: whole)
    kept[1].bytes[kept[1].bytes.count / 2] ^= 0x10
    kept[2].bytes[0] = 0xff
    kept[3].bytes = []
    var resumed = SpikeWatch()
    let outcome = resumed.resume(head: whole.keptHead, series: kept)
    #expect(outcome.damaged == 3)
    #expect(outcome.series == whole.seriesCount - 3)
    var headless = SpikeWatch()
    let nothing = headless.resume(head: [1, 2, 3], series: kept)
    #expect(nothing.damaged == kept.count + 1)
    #expect(nothing.series == 0)
    #expect(headless.completeMinutes == 0)
  }

  /// Rows whose hash is right and whose fields are anything: taken or refused, and judged with, without a trap.
  @Test func fieldsMayBeAnything() {
    var noise = Noise(seed: 8)
    let whole = Self.watch(through: 2 * 1440 + 3, &noise)
    let rows = Self.series(of: whole).map { Array($0.bytes[9...]) }
    let head = Array(whole.keptHead[9...])
    var taken = 0
    for round in 0..<400 {
      var kept: [KeptSeries] = []
      for (index, row) in rows.enumerated() {
        var bytes = row
        Self.mutate(&bytes, &noise)
        guard let read = SpikeWatch.Row(unsealed: bytes) else { continue }
        taken += 1
        kept.append(
          KeptSeries(
            key: Self.series(of: whole)[index].key,
            bytes: read.sealed(version: SpikeWatch.keptVersion)))
      }
      var beginning = head
      if round % 2 == 1 { Self.mutate(&beginning, &noise) }
      let read = SpikeWatch.Head(unsealed: beginning) ?? SpikeWatch.Head(unsealed: head)
      var watch = SpikeWatch()
      _ = watch.resume(
        head: read?.sealed(version: SpikeWatch.keptVersion) ?? [], series: kept)
      var other = noise
      for number in 2 * 1440 + 3..<2 * 1440 + 100 { _ = watch.close(Self.minute(number, &other)) }
      _ = watch.keptHead
    }
    #expect(taken > 100)
  }

  private static func mutate(_ bytes: inout [UInt8], _ noise: inout Noise) {
    guard !bytes.isEmpty else { return }
    for _ in 0...Int(noise.next() % 3) {
      let at = Int(noise.next() % UInt64(bytes.count))
      switch noise.next() % 4 {
      case 0: bytes[at] = UInt8(truncatingIfNeeded: noise.next())
      case 1: bytes[at] ^= 1 << UInt8(noise.next() % 8)
      case 2: bytes[at] = 0xff
      default: if bytes.count > 1 { bytes.remove(at: at) }
      }
    }
  }

  @Test func aShareOfErrorsAndABudgetGoOn() throws {
    var share = ErrorShare(share: 0.1)
    var budget = try #require(AlertBudget(parsing: "5/day"))
    for number in 0..<3000 {
      let bad = number > 2980 ? 80 : 2
      _ = share.close(facts(number, services: [(1, 300, bad)]))
      budget.note(Double(number % 40) / 4)
      budget.close(Minute(number: Int64(number)))
    }
    var resumed = try #require(
      ErrorShare(sealed: share.sealed(version: 1), version: 1))
    var other = try #require(AlertBudget(parsing: "5/day"))
    other.resume(try #require(AlertBudget.Past(sealed: budget.past.sealed(version: 1), version: 1)))
    #expect(budget.threshold != nil)
    #expect(other.threshold == budget.threshold)
    for number in 3000..<3100 {
      let next = facts(number, services: [(1, 300, number < 3020 ? 80 : 2)])
      let expected = share.close(next).map { "\($0.kind) \($0.since.number) \($0.reading)" }
      #expect(resumed.close(next).map { "\($0.kind) \($0.since.number) \($0.reading)" } == expected)
    }
  }
}
