internal import Bytes

/// The latest things of one subject under one rule, each with its time: a sliding window of bounded size.
///
/// A thing that is there already is only seen again. Where all places are taken, the one seen longest ago
/// goes. Times may run backwards; a window ends at the latest.
struct Track: Sendable {
  /// As many things as the largest threshold asks for. 272 bytes.
  static let capacity = 16

  private var things = InlineArray<16, UInt64>(repeating: 0)
  private var times = InlineArray<16, Int64>(repeating: .min)
  private(set) var used = 0
  /// Sightings since the last one that counted, where only every so many-th does.
  private var skipped = 0

  init() {}

  /// Notes a thing; tells how many different ones the window before it holds, it included.
  mutating func note(_ thing: UInt64, at time: Int64, window: Int64) -> Int {
    var place = -1
    for index in 0..<used where things[index] == thing { place = index }
    if place < 0 { place = used < Self.capacity ? used : oldest }
    if place == used { used += 1 }
    things[place] = thing
    times[place] = max(time, times[place])
    return count(at: time, window: window)
  }

  /// Counts sightings of which every `stride`-th counts; how many of these do.
  mutating func step(_ times: Int, stride: Int) -> Int {
    skipped += times
    defer { skipped %= stride }
    return skipped / stride
  }

  /// How many different things were seen in the window that ends at `time`.
  func count(at time: Int64, window: Int64) -> Int {
    var count = 0
    for index in 0..<used where times[index] > time &- window { count += 1 }
    return count
  }

  /// How long before `time` the oldest thing of the window was seen that is still remembered.
  func reach(at time: Int64, window: Int64) -> Int64 {
    var reach: Int64 = 0
    for index in 0..<used where times[index] > time &- window {
      reach = max(reach, time &- times[index])
    }
    return reach
  }

  /// Hands out the things that were seen in the window that ends at `time`, in no order that means anything.
  func forEach(at time: Int64, window: Int64, _ body: (UInt64) -> Void) {
    for index in 0..<used where times[index] > time &- window { body(things[index]) }
  }

  /// Whether anything was seen after a time.
  func hasAny(after time: Int64) -> Bool {
    for index in 0..<used where times[index] > time { return true }
    return false
  }

  private var oldest: Int {
    var found = 0
    for index in 1..<Self.capacity where times[index] < times[found] { found = index }
    return found
  }
}

extension Track: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&used, in: 0...Self.capacity)
    guard !bytes.isBroken else { return }
    for index in 0..<used {
      bytes.carry(bits: &things[index])
      bytes.carry(&times[index], in: .min ... .max)
    }
  }
}
