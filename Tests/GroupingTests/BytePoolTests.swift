import Testing

@testable import Grouping

@Suite struct BytePoolTests {
  private func text(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0) }
  }

  @Test func eachStringIsWhatWasKept() {
    var pool = BytePool()
    let lengths = [0, 1, 60, 1000, 65_535, 65_536, 200_000, 3]
    var places: [BytePool.Place] = []
    for (number, count) in lengths.enumerated() {
      places.append(pool.keep(text(number, count).span))
    }
    for (number, count) in lengths.enumerated() {
      #expect(text(number, count) == pool.bytes(places[number]))
    }
    #expect(pool.bytes(BytePool.Place()).isEmpty)
  }

  @Test func whatIsReplacedTouchesNoNeighbour() {
    var pool = BytePool()
    var place = pool.keep(text(1, 40).span)
    var next = pool.keep(text(2, 40).span)
    for count in [10, 40, 41, 60, 61, 5, 90] {
      pool.replace(&place, with: text(3, count).span, text(4, 7).span)
      #expect(text(3, count) + text(4, 7) == pool.bytes(place))
      #expect(text(2, 40) == pool.bytes(next))
    }
    pool.replace(&next, with: text(5, 0).span)
    #expect(pool.bytes(next).isEmpty)
    #expect(text(3, 90) + text(4, 7) == pool.bytes(place))
  }
}
