/// A choice among templates with given weights.
struct WeightedChoice: Sendable {
  private(set) var templates: [Int] = []
  /// Upper ends of the templates' parts of [0, 1), scaled to 2^32.
  private var ends: [UInt64] = []

  var isEmpty: Bool { templates.isEmpty }

  init(_ weighted: [(template: Int, weight: Double)]) {
    let total = weighted.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return }
    var sum = 0.0
    for (template, weight) in weighted where weight > 0 {
      sum += weight
      templates.append(template)
      ends.append(UInt64((sum / total * 4_294_967_296).rounded()))
    }
    if !ends.isEmpty { ends[ends.count - 1] = 1 << 32 }
  }

  /// A template at random; the choice must not be empty.
  func draw(_ random: inout RandomSource) -> Int {
    let value = random.next() >> 32
    var index = 0
    while index < ends.count - 1, value >= ends[index] { index += 1 }
    return templates[index]
  }

  /// The part of the draws that give `template`.
  func share(of template: Int) -> Double {
    guard let index = templates.firstIndex(of: template) else { return 0 }
    let before = index == 0 ? 0 : ends[index - 1]
    return Double(ends[index] - before) / 4_294_967_296
  }
}
