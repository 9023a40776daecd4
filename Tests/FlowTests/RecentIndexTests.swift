import Flow
import Testing

@Suite("The index of recent keys")
struct RecentIndexTests {
  @Test("pushes out what was used longest ago, and counts it")
  func eviction() {
    var index = RecentIndex(limit: 2)
    let a = index.use(1)
    let b = index.use(2)
    #expect(a.isNew && b.isNew && a.slot != b.slot)
    #expect(index.use(1).slot == a.slot)
    let c = index.use(3)
    #expect(c.isNew && c.slot == b.slot)
    #expect(index.find(2) == nil)
    #expect(index.find(1) == a.slot)
    #expect(index.evicted == 1)
    index.remove(1)
    #expect(index.find(1) == nil && index.count == 1)
    #expect(index.use(4).isNew)
    #expect(index.evicted == 1)
  }

  @Test("agrees with a plain list of keys in order of use", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func model(seed: UInt64) {
    var state = seed
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33 % bound
    }
    let limit = 20
    var index = RecentIndex(limit: limit)
    var order: [UInt64] = []
    var slots: [UInt64: Int] = [:]
    for _ in 0..<5000 {
      let key = next(40)
      if next(10) == 0 {
        index.remove(key)
        order.removeAll { $0 == key }
        slots[key] = nil
      } else {
        let found = index.use(key)
        #expect(found.isNew == !order.contains(key), "seed \(seed)")
        order.removeAll { $0 == key }
        order.append(key)
        if order.count > limit { slots[order.removeFirst()] = nil }
        if let known = slots[key] { #expect(found.slot == known, "seed \(seed)") }
        slots[key] = found.slot
        #expect(Set(slots.values).count == slots.count, "seed \(seed)")
        #expect(found.slot < limit)
      }
      #expect(index.count == order.count, "seed \(seed)")
      let asked = next(40)
      #expect(index.find(asked) == slots[asked], "seed \(seed)")
    }
  }
}
