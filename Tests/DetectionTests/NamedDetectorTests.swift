import Detection
import Model
import Testing

/// Values worked out by hand.
@Suite("Named detectors by hand")
struct NamedDetectorTests {
  private func verdicts(_ name: String, _ values: [Double], window: Int = 60) throws -> [RowVerdict]
  {
    try SeriesDetectorTests.verdicts(
      name, values.enumerated().map { (Timestamp(seconds: Int64($0) * 60), $1) }, window: window)
  }

  @Test func robustTakesMedianAndMedianDeviation() throws {
    let all = try verdicts("robust", [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, 20, 5])
    // Median 5.5, deviations 0.5 0.5 1.5 1.5 2.5 2.5 3.5 3.5 4.5 994.5: their median 2.5.
    #expect(all[9].expected == nil)
    #expect(all[10].expected == 5.5)
    #expect(abs((all[10].upper ?? 0) - (5.5 + 3.5 * 1.4826 * 2.5)) < 1e-12)
    #expect(abs((all[10].evidence?.statistic ?? 0) - 14.5 / (1.4826 * 2.5)) < 1e-12)
    #expect(all[10].isAnomaly && !all[11].isAnomaly)
  }

  @Test func robustFallsBackToTheMeanDeviation() throws {
    let all = try verdicts("robust", [0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 5])
    // MAD 0; mean deviation 1.
    #expect(abs((all[10].evidence?.statistic ?? 0) - 5 / 1.2533) < 1e-12)
  }

  @Test func robustForgetsBeyondTheWindow() throws {
    let all = try verdicts("robust", Array(repeating: 9, count: 12) + [1, 2, 3, 4], window: 3)
    #expect(all[15].expected == 2)
  }

  @Test func cusumAddsWhatExceedsHalfADeviation() throws {
    let calm = (0..<40).map { $0 % 2 == 0 ? 1.0 : -1.0 }
    let all = try verdicts("cusum", calm + [3, 3, 3])
    let first = try #require(all[40].evidence)
    let second = try #require(all[41].evidence)
    // Mean 0, deviation 1; 3 − ½, then once more against a baseline that has moved a little.
    #expect(abs(first.statistic - 2.5) < 0.02)
    #expect(second.statistic > 4.5 && second.statistic < 5)
    #expect(second.measure == .upwardSum)
  }

  @Test func theSameHourIsComparedWithItself() throws {
    // Four days of noon at 100 and midnight at 0; then noon is 0: usual at midnight, not at noon.
    let values = (0..<(5 * 288)).map { row in
      let hour = row % 288 / 12
      let value = (6..<18).contains(hour) ? 100.0 : 0
      return row == 4 * 288 + 144 ? 0 : value + Double(row * 7 % 5)
    }
    let rows = values.enumerated().map { (Timestamp(seconds: Int64($0) * 300), $1) }
    let all = try SeriesDetectorTests.verdicts("seasonal", rows)
    #expect(all[4 * 288 + 144].isAnomaly)
    #expect(abs((all[4 * 288 + 144].expected ?? 0) - 102) < 1)
    #expect(all[(3 * 288 + 12)..<(4 * 288 + 144)].allSatisfy { !$0.isAnomaly })
  }

  @Test(
    "A change is named",
    arguments: [("step", RowMeasure.step), ("trend", .trend), ("spike", .spike), ("dip", .dip)])
  func kinds(what: String, measure: RowMeasure) throws {
    var noise = Noise(seed: 12)
    let values = (0..<200).map { row -> Double in
      let chance = noise.normal() / 4
      // A line from the first row on, so flat that neither a row nor its neighbours are off.
      if what == "trend" { return 0.058 * Double(row) + (row % 2 == 0 ? 1 : -1) }
      guard row >= 120 else { return chance }
      switch what {
      case "step": return 0.55 + chance
      case "spike": return row == 120 ? 9 : chance
      default: return row == 120 ? -9 : chance
      }
    }
    let first = try verdicts("change_point", values).first { $0.isAnomaly }
    #expect(first?.evidence?.measure == measure, "\(String(describing: first))")
  }
}
