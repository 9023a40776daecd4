import Model
import Testing

@Suite struct TimeSpansTests {
  private static let year: Int64 = 366 * 24 * 60

  private func spans(_ counts: [(Int64, Int)]) -> TimeSpans {
    var spans = TimeSpans()
    for (minute, entries) in counts { spans.add(Minute(number: minute), entries: entries) }
    return spans
  }

  @Test func loneStampsYearsAwayAreDoubted() {
    let year = Self.year
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
      let counts = [(Int64(5), 1), (56 * year, 50), (56 * year + 9, 50), (130 * year, 2)]
      let spans = spans(order.map { counts[$0] })
      #expect(spans.believed?.first.number == 56 * year)
      #expect(spans.believed?.last.number == 56 * year + 9)
      #expect(spans.doubted == 3)
      #expect(!spans.believes(Minute(number: 5)) && spans.believes(Minute(number: 56 * year)))
    }
  }

  @Test func rareEntriesOfMonthsAreBelieved() {
    let spans = spans([(0, 1), (100 * 1440, 1000), (390 * 1440, 1)])
    #expect(spans.believed?.first.number == 0)
    #expect(spans.doubted == 0)
  }

  @Test func twoYearsOfAnArchiveAreBelieved() {
    let spans = spans([(0, 40), (3 * Self.year, 700)])
    #expect(spans.doubted == 0)
    #expect(spans.spans.count == 2)
  }

  @Test func spansThatMeetAreOne() {
    let step = Int64(200 * 1440)
    let spans = spans([(0, 1), (2 * step, 1), (step, 1)])
    #expect(spans.spans.count == 1 && spans.spans.first?.entries == 3)
  }
}
