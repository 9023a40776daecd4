import Testing

@testable import Security

@Suite struct TrackTests {
  @Test func aWindowSlidesWithTime() {
    var track = Track()
    #expect(1 == track.note(1, at: 0, window: 10))
    #expect(2 == track.note(2, at: 5, window: 10))
    #expect(2 == track.note(1, at: 9, window: 10))
    #expect(2 == track.note(3, at: 15, window: 10))
    #expect(1 == track.count(at: 24, window: 10))
    #expect(0 == track.count(at: 25, window: 10))
  }

  @Test func moreThingsThanPlacesKeepTheLatest() {
    var track = Track()
    for thing in 1...40 { _ = track.note(UInt64(thing), at: Int64(thing), window: 1000) }
    #expect(Track.capacity == track.count(at: 40, window: 1000))
    #expect(5 == track.count(at: 40, window: 5))
  }

  @Test func everyRuleFitsATrack() {
    for rule in WatchRule.builtIn {
      #expect((1...Track.capacity).contains(rule.threshold), "\(rule.name)")
      #expect(rule.span >= 60, "\(rule.name)")
    }
    #expect(Set(WatchRule.builtIn.map(\.name)).count == WatchRule.builtIn.count)
  }
}

@Suite struct LiteralAutomatonTests {
  private let automaton = LiteralAutomaton([
    ("he", 1), ("she", 2), ("his", 4), ("hers", 8), ("../", 16), ("SELECT", 32),
  ])

  @Test(arguments: [
    ("ushers", 1 | 2 | 8), ("this", 4), ("xx", 0), ("a/../../b", 16), ("union Select 1", 32),
    ("h.e", 0), ("", 0), ("SHE", 3),
  ])
  func findsEveryLiteral(_ text: String, _ bits: Int) {
    #expect(UInt32(bits) == automaton.look(Array(text.utf8).span, limit: 100))
  }

  @Test func looksNoFurtherThanTheLimit() {
    #expect(0 == automaton.look(Array("ushers".utf8).span, limit: 2))
  }
}
