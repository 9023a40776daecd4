import Generation
import Glibc
import Testing

@Suite struct RandomTests {
  @Test(arguments: [1e-300, 1e-9, 0.5, 1, 1.4142, 2, 3, 10, 12345.678, 1e200])
  func logarithmAgreesWithTheLibrary(_ x: Double) {
    #expect(abs(ExactMath.ln(x) - log(x)) <= 4e-15 * max(1, abs(log(x))))
  }

  @Test(arguments: [-600.0, -30, -1, -0.3, 0, 1e-9, 0.5, 1, 2.5, 50, 600])
  func exponentialAgreesWithTheLibrary(_ x: Double) {
    #expect(abs(ExactMath.exp(x) / exp(x) - 1) < 1e-13)
  }

  @Test func streamsOfOneSeedDiffer() {
    var one = RandomSource(seed: 7, stream: 1)
    var two = RandomSource(seed: 7, stream: 2)
    var same = RandomSource(seed: 7, stream: 1)
    let first = (0..<8).map { _ in one.next() }
    #expect(first == (0..<8).map { _ in same.next() })
    #expect(first != (0..<8).map { _ in two.next() })
  }

  @Test(arguments: [0, -5]) func belowNothingIsZero(_ bound: Int) {
    var random = RandomSource(seed: 1, stream: 0)
    #expect(random.below(bound) == 0)
  }

  @Test func numbersBelowABoundAreUniform() {
    var random = RandomSource(seed: 3, stream: 0)
    var counts = Array(repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.below(7)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 500) }
  }

  /// Mean and variance against theory, within about five standard errors.
  @Test(arguments: [(0.3, 5.0), (4, 2), (12, 20), (29, 8), (31, 8), (200, 15), (2000, 25)])
  func negativeBinomialHasItsMoments(_ mean: Double, _ size: Double) {
    var random = RandomSource(seed: 11, stream: 0)
    let n = 20_000
    let counts = (0..<n).map { _ in Double(random.negativeBinomial(mean: mean, size: size)) }
    let average = counts.reduce(0, +) / Double(n)
    let variance = counts.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(n - 1)
    let wanted = mean + mean * mean / size
    #expect(abs(average - mean) < 5 * (wanted / Double(n)).squareRoot())
    #expect(abs(variance / wanted - 1) < 0.15)
  }

  @Test func logUniformHasEqualBands() {
    var random = RandomSource(seed: 5, stream: 0)
    let values = (0..<30_000).map { _ in random.logUniform(1.3...20) }
    #expect(values.allSatisfy { $0 >= 1.3 && $0 <= 20 })
    let middle = (1.3 * 20.0).squareRoot()
    let below = values.filter { $0 < middle }.count
    #expect(abs(below - 15_000) < 450)
  }
}
