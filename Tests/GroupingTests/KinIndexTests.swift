import Testing

@testable import Grouping

@Suite struct KinIndexTests {
  private func members(
    _ index: inout KinIndex, _ key: UInt64, of kinship: Kinship, gone: Set<Int> = []
  ) -> [Int] {
    var found: [Int] = []
    index.forEach(key, of: kinship) { template in
      if gone.contains(template) { return false }
      found.append(template)
      return true
    }
    return found.sorted()
  }

  @Test func relativesAreFoundByKeyAndKinship() {
    var index = KinIndex()
    for template in 0..<4000 {
      index.insert(template, under: UInt64(template % 40), of: .bucket) { _ in true }
      index.insert(template, under: UInt64(template % 50), of: .edges) { _ in true }
    }
    #expect((0..<100).map { $0 * 40 + 3 } == members(&index, 3, of: .bucket))
    #expect((0..<80).map { $0 * 50 + 3 } == members(&index, 3, of: .edges))
    #expect(members(&index, 3, of: .skeleton).isEmpty)
  }

  @Test func whatIsGoneLeavesItsChainWhereverItStands() {
    for gone: Set<Int> in [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]] {
      var index = KinIndex()
      for template in 0..<3 { index.insert(template, under: 9, of: .spans) { _ in true } }
      let left = (0..<3).filter { !gone.contains($0) }
      #expect(left == members(&index, 9, of: .spans, gone: gone))
      #expect(left == members(&index, 9, of: .spans))
    }
  }

  @Test func growingKeepsThoseInPlay() {
    var index = KinIndex()
    for template in 0..<10_000 {
      index.insert(template, under: UInt64(template % 7), of: .coarse) { $0 % 2 == 0 }
    }
    let found = members(&index, 4, of: .coarse, gone: Set((0..<10_000).filter { $0 % 2 != 0 }))
    #expect((0..<10_000).filter { $0 % 7 == 4 && $0 % 2 == 0 } == found)
  }
}
