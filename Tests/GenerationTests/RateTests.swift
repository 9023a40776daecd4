import Generation
import Model
import Testing

@Suite struct RateTests {
  /// Thursday 2026-03-05; no changes, so that only the background shows.
  private static let day = StreamSettings(
    seed: 21, start: Timestamp(seconds: 1_772_668_800), entriesPerMinute: 1000,
    hostCount: 4, hasChanges: false)

  private static let usual = Result { try Observation(day) }

  @Test func theAverageRateIsKept() throws {
    let seen = try Self.usual.get()
    let total = seen.sum(0..<1440) { !$0.text.marks.contains(.nightly) }
    #expect(abs(Double(total) / 1440 - 1000) < 20)
  }

  @Test func tradingFollowsTheMarketAndRestsAtTheWeekEnd() throws {
    var settings = Self.day
    settings.durationSeconds = 3 * 86_400
    settings.entriesPerMinute = 150
    let seen = try Observation(settings)
    let gateway = seen.service("order-gateway")
    let noon = seen.sum(840..<960) { $0.service == gateway }
    let night = seen.sum(120..<240) { $0.service == gateway }
    let saturday = seen.sum((2880 + 840)..<(2880 + 960)) { $0.service == gateway }
    #expect(Double(noon) / Double(night) > 3)
    #expect(abs(Double(saturday) / Double(noon) - 0.3) < 0.06)
  }

  /// The variance of a minute's count is mean + mean² / size; these programs' traffic is flat.
  @Test(arguments: [("systemd-resolved", 8.0), ("fail2ban-server", 5), ("auditd", 12)])
  func countsAreNegativeBinomial(_ name: String, _ size: Double) throws {
    let seen = try Self.usual.get()
    let service = seen.service(name)
    let counts = seen.counts(0..<1440) {
      $0.service == service && $0.text.severity < .warning && !$0.text.marks.contains(.nightly)
    }.map(Double.init)
    let mean = counts.reduce(0, +) / Double(counts.count)
    let variance =
      counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(counts.count - 1)
    let estimate = mean * mean / (variance - mean)
    #expect(mean > 5)
    #expect(estimate > size * 0.75 && estimate < size * 1.35, "size \(estimate)")
  }

  @Test func errorsAreFew() throws {
    let seen = try Self.usual.get()
    let errors = seen.sum(0..<1440) { $0.text.severity >= .error }
    let share = Double(errors) / Double(seen.sum(0..<1440) { _ in true })
    #expect(share > 0.002 && share < 0.012)
  }

  @Test func nightlyBatchesRunAtNightOnly() throws {
    let seen = try Self.usual.get()
    #expect(seen.sum(120..<200) { $0.text.marks.contains(.nightly) } > 500)
    #expect(seen.sum(0..<120) { $0.text.marks.contains(.nightly) } == 0)
    #expect(seen.sum(200..<1440) { $0.text.marks.contains(.nightly) } == 0)
  }

  @Test func timersFireAtTheFullHour() throws {
    let seen = try Self.usual.get()
    let cron = seen.service("CRON")
    let full = (0..<24).reduce(0) { sum, hour in
      sum + seen.sum(hour * 60..<(hour * 60 + 1)) { $0.service == cron }
    }
    let next = (0..<24).reduce(0) { sum, hour in
      sum + seen.sum((hour * 60 + 1)..<(hour * 60 + 2)) { $0.service == cron }
    }
    #expect(full > 3 * next)
  }

  @Test func rareTemplatesAppearLate() throws {
    let seen = try Self.usual.get()
    #expect(seen.sum(0..<560) { $0.text.marks.contains(.late) } == 0)
    #expect(seen.sum(560..<1440) { $0.text.marks.contains(.late) } > 20)
  }

  @Test func deploymentsAndStepsAreThereWhenAskedFor() throws {
    var settings = Self.day
    let calm = try Self.usual.get()
    #expect(calm.sum(0..<1440) { $0.text.marks.contains(.startup) && $0.text.role == .none } == 0)
    settings.hasChanges = true
    settings.durationSeconds = 2 * 86_400
    settings.entriesPerMinute = 200
    let busy = try Observation(settings)
    let starts = busy.sum(0..<2880) {
      $0.text.marks.contains(.startup) && $0.text.role == .none
    }
    #expect((10...140).contains(starts), "\(starts) starts")
    #expect(busy.sum(0..<2880) { $0.text.role == .stopped } >= 10)
  }

  @Test func withoutIncidentsNothingOfThemAppears() throws {
    let seen = try Self.usual.get()
    #expect(seen.sum(0..<1440) { $0.text.marks.contains(.incident) } == 0)
    #expect(seen.plan.truth.isEmpty)
  }
}
