import Detection
import Model
import Testing

/// What every detector of a plain series has to keep, whichever it is.
@Suite("Series detectors")
struct SeriesDetectorTests {
  static let names = SeriesDetectorChoice.names

  static func verdicts(
    _ name: String, _ rows: [(Timestamp, Double)], window: Int = 60
  ) throws -> [RowVerdict] {
    var detector = try #require(SeriesDetectorChoice(name: name, window: window).make())
    return rows.map { detector.judge($0.0, $0.1) }
  }

  /// Rows five minutes apart, with gaps, repeated and backward stamps and wild values among them.
  static func disorderly(_ count: Int, seed: UInt64) -> [(Timestamp, Double)] {
    var noise = Noise(seed: seed)
    var seconds: Int64 = 1_700_000_000
    return (0..<count).map { row in
      let draw = noise.uniform()
      seconds += draw < 0.02 ? -7200 : draw < 0.04 ? 0 : draw < 0.06 ? 100_000 : 300
      let daily = Double(row % 288) / 10
      let wild = noise.uniform()
      let value =
        wild < 0.01 ? 1e12 * noise.normal() : wild < 0.02 ? 0 : daily + 5 * noise.normal()
      return (Timestamp(seconds: seconds), value)
    }
  }

  @Test("give a prefix of the output for a prefix of the rows", arguments: names)
  func prefix(name: String) throws {
    for (seed, cut) in [(1, 0), (2, 1), (3, 60), (4, 333), (5, 1001)] as [(UInt64, Int)] {
      let rows = Self.disorderly(1200, seed: seed)
      let whole = try Self.verdicts(name, rows)
      #expect(try Self.verdicts(name, Array(rows.prefix(cut))) == Array(whole.prefix(cut)))
    }
  }

  @Test("score in 0…1, and bound what they expect", arguments: names)
  func ranges(name: String) throws {
    for window in [2, 10, 60] {
      for verdict in try Self.verdicts(name, Self.disorderly(3000, seed: 9), window: window) {
        #expect((0...1).contains(verdict.score))
        guard let expected = verdict.expected, let lower = verdict.lower,
          let upper = verdict.upper
        else { continue }
        #expect(expected.isFinite && lower <= upper)
        if let evidence = verdict.evidence {
          #expect((0...1).contains(evidence.tail), "\(evidence)")
          #expect(evidence.rows > 0)
        }
      }
    }
  }

  @Test("give finite figures for values of any size", arguments: names, [1e18, 1e21, 1e40, 1e149])
  func largeValues(name: String, size: Double) throws {
    let rows = Self.disorderly(1500, seed: 6).map { ($0.0, $0.1 > 20 ? size : $0.1) }
    for verdict in try Self.verdicts(name, rows) {
      #expect((0...1).contains(verdict.score))
      for figure in [verdict.expected, verdict.lower, verdict.upper].compactMap(\.self) {
        #expect(figure.isFinite)
      }
    }
  }

  @Test("neither judge nor learn what is not finite", arguments: names)
  func notANumber(name: String) throws {
    let rows = Self.disorderly(400, seed: 3)
    let odd = [Double.nan, .infinity, -.infinity].map { (rows[200].0, $0) }
    let whole = try Self.verdicts(name, Array(rows[..<200]) + odd + Array(rows[200...]))
    let plain = try Self.verdicts(name, rows)
    #expect(whole[200..<203].allSatisfy { !$0.isAnomaly && $0.score == 0 })
    #expect(Array(whole[..<200] + whole[203...]) == plain)
  }

  @Test("say nothing of a constant series", arguments: names, [0.1, -3.3, 1e12])
  func constant(name: String, value: Double) throws {
    let rows = (0..<500).map { (Timestamp(seconds: Int64($0) * 300), value) }
    #expect(try Self.verdicts(name, rows).allSatisfy { !$0.isAnomaly })
  }

  /// Independent normal rows over four weeks; all but the plain two are made for one anomaly in some days.
  @Test(
    "seldom speak of pure noise",
    arguments: [
      ("ensemble", 12), ("robust", 40), ("seasonal", 20), ("change_point", 2), ("ewma", 6),
      ("cusum", 30),
    ])
  func noise(name: String, atMost: Int) throws {
    var noise = Noise(seed: 77)
    let rows = (0..<8064).map { (Timestamp(seconds: Int64($0) * 300), 100 + noise.normal()) }
    let count = try Self.verdicts(name, rows).filter(\.isAnomaly).count
    #expect(count <= atMost, "\(count)")
  }

  @Test(
    "find what they are for",
    arguments: [
      ("ensemble", "spike"), ("ensemble", "step"), ("robust", "spike"), ("robust", "step"),
      ("seasonal", "spike"), ("seasonal", "step"), ("change_point", "spike"),
      ("change_point", "step"), ("change_point", "trend"), ("change_point", "spread"),
      ("ewma", "step"), ("ewma", "trend"), ("cusum", "small step"), ("cusum", "trend"),
    ])
  func finds(name: String, what: String) throws {
    var noise = Noise(seed: 5)
    let start = 2000
    let rows = (0..<2120).map { row -> (Timestamp, Double) in
      let since = Double(row - start)
      let chance = noise.normal()
      let value =
        switch row < start ? "" : what {
        case "spike": since == 0 ? 12 : chance
        case "step": 6 + chance
        case "small step": 1 + chance
        case "trend": since / 15 + chance
        case "spread": 5 * chance
        default: chance
        }
      return (Timestamp(seconds: Int64(row) * 300), 50 + value)
    }
    let found = try Self.verdicts(name, rows).enumerated().filter { $0.element.isAnomaly }
      .map(\.offset)
    let limit = what == "spike" ? start : start + 100
    #expect(found.contains { (start...limit).contains($0) }, "\(found)")
  }

  @Test func unknownNamesHaveNoDetector() {
    #expect(SeriesDetectorChoice(name: "crystal_ball").make() == nil)
    #expect(SeriesDetectorChoice(name: "crystal_ball").effectiveThreshold == nil)
    #expect(SeriesDetectorChoice.standard == "ensemble")
  }
}
