import Bytes
import Model
import Testing

@testable import Security

/// What rules of security remember over restarts.
@Suite struct SecurityHistoryTests {
  private let attacker = "203.0.113.9"

  private func rule(_ insights: [Insight]) -> [String] { insights.compactMap(\.detector?.name) }

  @Test func aWindowGoesOn() {
    var log = LogOfTests()
    for second in 0..<4 {
      _ = log.take(at: second * 60, [.sourceIP: attacker, .userName: "root"])
    }
    log.restart()
    let told = log.take(at: 240, [.sourceIP: attacker, .userName: "root"])
    #expect(["brute_force"] == rule(told))
    #expect([Attribution(field: "source.ip", value: attacker, count: 5)] == told[0].attribution)
  }

  @Test func whatIsKnownIsNoNews() {
    func login(_ log: inout LogOfTests, _ second: Int, _ user: String) -> [String] {
      rule(
        log.take(
          at: second, [.userName: user, .eventAction: "sudo"],
          outcome: .success))
    }
    var whole = LogOfTests()
    var restarted = LogOfTests()
    var (expected, observed): ([String], [String]) = ([], [])
    for (index, user) in ["ann", "bob", "ann", "eve", "bob", "eve"].enumerated() {
      expected += login(&whole, index * 4000, user)
      restarted.restart()
      observed += login(&restarted, index * 4000, user)
    }
    #expect(expected == observed)
    #expect(expected.count > 0)
  }

  @Test func whatIsCommonStaysCommon() {
    var log = LogOfTests()
    var severities: [FindingSeverity] = []
    for number in 0..<7 {
      let told = log.take(at: number, [.sourceIP: "203.0.113.\(number)", .eventAction: "malware"])
      severities += told.map(\.severity)
      log.restart()
    }
    var whole = LogOfTests()
    var expected: [FindingSeverity] = []
    for number in 0..<7 {
      expected += whole.take(
        at: number, [.sourceIP: "203.0.113.\(number)", .eventAction: "malware"]
      ).map(\.severity)
    }
    #expect(expected == severities)
  }

  @Test func whatIsDamagedBeginsAnew() {
    var log = LogOfTests()
    for second in 0..<4 { _ = log.take(at: second, [.sourceIP: attacker, .userName: "root"]) }
    let isWell = log.restart(damaging: true)
    #expect(!isWell)
    let told = log.take(at: 5, [.sourceIP: attacker, .userName: "root"])
    #expect(told.isEmpty)
  }

  @Test func anyBytesAreReadOrRefused() {
    var history = SecurityHistory()
    for key in 1..<200 {
      let slot = history.tracks.slot(of: UInt64(key))
      _ = history.tracks[slot].note(UInt64(key), at: Int64(key), window: 100)
      _ = history.isFirst(UInt64(key) &* 7)
    }
    let kept = history.kept
    var again = SecurityHistory(kept: kept)
    let rewritten = again?.kept
    #expect(rewritten == kept)
    again = nil
    var seed: UInt64 = 5
    for _ in 0..<300 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var body = Array(kept[9...])
      body[Int(seed >> 33) % body.count] = UInt8(truncatingIfNeeded: seed >> 20)
      if seed % 5 == 0 { body.removeLast(Int(seed >> 40) % body.count) }
      let hash = StableHash(body.span).high
      let sealed = [1] + (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(8 * $0)) } + body
      var read = SecurityHistory(kept: sealed)
      if read != nil { _ = read?.isFirst(9) }
      read = nil
    }
  }
}
