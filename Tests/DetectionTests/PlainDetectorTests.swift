import Detection
import Model
import Testing

@Suite struct PlainDetectorTests {
  private func verdicts(_ name: String, _ values: [Double], window: Int = 60) throws -> [RowVerdict]
  {
    let choice = SeriesDetectorChoice(name: name, window: window)
    var detector = try #require(choice.make())
    return values.enumerated().map { index, value in
      detector.judge(Timestamp(seconds: Int64(index) * 60), value)
    }
  }

  @Test func zScoreIsPlainAndTwoSided() throws {
    let values = (0..<20).map { $0 % 2 == 0 ? 4.0 : 6.0 }
    let all = try verdicts("rolling_zscore", values + [0, 5, 10])
    let deviation = (20.0 / 19).squareRoot()
    #expect(all[9].expected == nil)
    #expect(all[10].expected == 5)
    #expect(all[20].isAnomaly)
    #expect(abs((all[20].upper ?? 0) - (5 + 3 * deviation)) < 1e-12)
    #expect(abs((all[20].lower ?? 0) - (5 - 3 * deviation)) < 1e-12)
    #expect(!all[21].isAnomaly)
    #expect(all[22].isAnomaly)
    #expect(all.allSatisfy { (0...1).contains($0.score) })
  }

  @Test(arguments: [0.1, 1e-9, 1e12, -3.3])
  func aConstantSeriesHasNoDeviation(value: Double) throws {
    let values = Array(repeating: value, count: 100)
    let all = try verdicts("rolling_zscore", values + [value + 1])
    #expect(all.allSatisfy { !$0.isAnomaly && $0.score == 0 })
  }

  @Test func aLargeValueLeavesNoResidue() throws {
    let values = Array(repeating: 0.1, count: 10) + [1e15] + Array(repeating: 0.1, count: 11)
    let all = try verdicts("rolling_zscore", values, window: 10)
    #expect(all[10].score == 0, "no deviation yet: z is 0")
    #expect(all[21].expected == 0.1)
    #expect(all[21].upper == 0.1)
  }

  @Test func twoSigmaIncludesTheRow() throws {
    let all = try verdicts("two_sigma", Array(repeating: 1, count: 9) + [11])
    #expect(all[8].expected == nil)
    #expect(all[9].expected == 2)
    #expect(all[9].upper == 8)
    #expect(all[9].isAnomaly)
  }

  @Test func oneInAThousandIsHalf() {
    #expect(abs(RowVerdict.score(ofDeviations: 3.2905267) - 0.5) < 1e-6)
    #expect(RowVerdict.score(ofDeviations: 0) == 0)
    #expect(RowVerdict.score(ofDeviations: .infinity) < 1)
  }
}
