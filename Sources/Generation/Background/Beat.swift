/// A template that comes at an interval: each instance in its own phase, each beat a little early or late.
///
/// When a beat comes is a hash of seed, template, instance and number: no random number of the stream is taken, and
/// nothing is kept.
struct Beat: Sendable {
  var template: Int
  var service: Int
  var slot: Int
  /// Microseconds.
  var period: Int
  var spread: Int
  private var phase: Int
  private let seed: UInt64

  init?(_ template: Int, role: TemplateText.Role, service: Int, slot: Int, seed: UInt64) {
    guard let period = Beat.period(of: role) else { return nil }
    self.template = template
    self.service = service
    self.slot = slot
    self.period = period.seconds * 1_000_000
    spread = Int(Double(self.period) * period.spread)
    self.seed = Beat.mix(seed, UInt64(template) << 32 | UInt64(slot))
    phase = Int(Beat.mix(self.seed, 1) % UInt64(self.period))
  }

  /// Seconds from one to the next, and the share of it by which a beat may be early or late.
  static func period(of role: TemplateText.Role) -> (seconds: Int, spread: Double)? {
    switch role {
    case .poll: (30, 0.2)
    case .heartbeat: (60, 0.02)
    case .sync: (300, 0.05)
    case .timer: (3600, 0.0005)
    default: nil
    }
  }

  /// When it comes between two moments, in microseconds from the stream's start.
  func times(from: Int, to: Int) -> [Int] {
    var found: [Int] = []
    var number = max(0, (from - phase - spread) / period)
    while true {
      let middle = phase + number * period
      if middle - spread >= to { return found }
      let width = UInt64(2 * spread + 1)
      let at = middle - spread + Int(Beat.mix(seed, UInt64(number) &+ 2) % width)
      if at >= from, at < to { found.append(at) }
      number += 1
    }
  }

  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word &* 0x9e37_79b9_7f4a_7c15)
      .multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return product.high ^ product.low
  }
}
