import Model
import Testing

@Suite("The quantile sketch")
struct QuantileSketchTests {
  @Test("is within 0.8 % of the true quantile", arguments: [1, 2, 3] as [UInt64])
  func accuracy(seed: UInt64) {
    var state = seed
    var sketch = QuantileSketch()
    var values: [Double] = []
    for _ in 0..<5000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let uniform = Double(state >> 33) / Double(1 << 31)
      let value = 1e-6 / (uniform + 1e-7)
      values.append(value)
      sketch.observe(value)
    }
    values.sort()
    for q in [0.01, 0.1, 0.5, 0.9, 0.99, 0.999] {
      let exact = values[Int((q * 5000).rounded(.up)) - 1]
      let estimate = sketch.quantile(q) ?? 0
      #expect(abs(estimate - exact) <= exact * 0.008, "seed \(seed), q \(q)")
    }
    #expect(sketch.quantile(0) == values.first)
    #expect(sketch.quantile(1) == values.last)
    #expect(sketch.count == 5000)
  }

  @Test("merged sketches are the sketch of all")
  func merging() {
    var low = QuantileSketch()
    var high = QuantileSketch()
    var all = QuantileSketch()
    for number in 1...100 {
      low.observe(Double(number) / 1000)
      high.observe(Double(number) * 1000)
      all.observe(Double(number) / 1000)
      all.observe(Double(number) * 1000)
    }
    high.merge(low)
    for q in [0.0, 0.2, 0.5, 0.7, 1] { #expect(high.quantile(q) == all.quantile(q)) }
    #expect(high.count == 200 && abs(high.sum - all.sum) < 1e-6)
  }

  @Test("takes zero and the extremes, refuses what is no measure")
  func edges() {
    var sketch = QuantileSketch()
    #expect(sketch.quantile(0.5) == nil)
    for value in [0, 0, 1e-300, 1e300, .greatestFiniteMagnitude] as [Double] {
      sketch.observe(value)
    }
    for value in [-1, .nan, .infinity] as [Double] { sketch.observe(value) }
    #expect(sketch.count == 5 && sketch.refused == 3)
    #expect(sketch.quantile(0.4) == 0)
    #expect(sketch.quantile(1) == .greatestFiniteMagnitude)
    #expect((sketch.quantile(0.6) ?? -1) > 0)
  }
}
