/// A generator whose sequence is the same everywhere (SplitMix64, Steele et al. 2014), with what the
/// kinds of values are made of.
package struct TrialGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func one(of list: [String]) -> String { list[number(0...list.count - 1)] }

  mutating func digits(_ count: Int) -> String { text(count, "0123456789") }

  mutating func hex(_ count: Int) -> String { text(count, "0123456789abcdef") }

  mutating func text(_ count: Int, _ alphabet: String) -> String {
    let letters = Array(alphabet.utf8)
    return String(
      decoding: (0..<count).map { _ in letters[number(0...letters.count - 1)] }, as: UTF8.self)
  }

  /// A number of `count` digits with zeros in front.
  mutating func padded(_ range: ClosedRange<Int>, _ count: Int) -> String {
    let text = String(number(range))
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }

  /// A word that nobody has heard of.
  mutating func word() -> String {
    one(of: ["ba", "ke", "lo", "mu", "ri", "sa", "te", "vo", "za", "ni", "du", "fe", "gra", "plo"])
      + one(of: ["lan", "mer", "dok", "vit", "sun", "tar", "pel", "rog", "nax", "bil", "zum"])
  }

  mutating func name() -> String { one(of: Self.names) }

  mutating func address() -> String {
    "\(number(1...223)).\(number(0...255)).\(number(0...255)).\(number(1...254))"
  }

  static let names = [
    "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "mallory",
    "nina", "oscar", "peggy", "rupert", "sybil", "trent", "victor", "walter", "wendy", "jdoe",
    "msmith", "backup", "deploy", "postgres", "jenkins", "nagios", "svc_web", "svc-mail", "a.weber",
  ]
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
