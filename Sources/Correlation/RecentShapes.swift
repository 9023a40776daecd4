internal import Bytes
internal import Model

/// The latest distinct shapes of many contexts, `depth` a context, in flat arrays.
///
/// A shape that comes again renews its place instead of taking another, so that a flood of one message
/// does not wash out what came before it. Each place keeps the first and the last time of its shape
/// since it was taken; the place taken longest ago goes first.
/// - Memory: 24 bytes a place; grows with the contexts used.
struct RecentShapes: ~Copyable {
  struct Times: BitwiseCopyable {
    var first: Int64
    var last: Int64
  }

  let depth: Int
  struct Head: BitwiseCopyable {
    /// Shape and severity, `shape << 4 | severity`; 0xffffffff for an empty place.
    var key: UInt32
    var service: UInt32
  }

  /// How many contexts there is room for.
  private var room = 16
  private var heads: FixedBuffer<Head>
  private var times: FixedBuffer<Times>
  private var cursors: FixedBuffer<UInt8>

  private static let empty = UInt32.max
  private static let emptyHead = Head(key: empty, service: 0)
  private static let noTimes = Times(first: 0, last: 0)

  /// - Parameter depth: 1 to 255 places a context.
  init(depth: Int) {
    self.depth = min(max(depth, 1), 255)
    heads = FixedBuffer(repeating: Self.emptyHead, count: room * self.depth)
    times = FixedBuffer(repeating: Self.noTimes, count: room * self.depth)
    cursors = FixedBuffer(repeating: 0, count: room)
  }

  /// Empties a context's places.
  mutating func reset(_ slot: Int) {
    if slot >= room { grow(toHold: slot) }
    cursors[slot] = 0
    for place in slot * depth..<(slot + 1) * depth { heads[place].key = Self.empty }
  }

  private mutating func grow(toHold slot: Int) {
    while room <= slot { room *= 2 }
    heads = FixedBuffer(heads, grownTo: room * depth, with: Self.emptyHead)
    times = FixedBuffer(times, grownTo: room * depth, with: Self.noTimes)
    cursors = FixedBuffer(cursors, grownTo: room, with: 0)
  }

  /// Reads a word of a context's places.
  @inline(__always)
  func touch(_ slot: Int) -> Int { Int(heads[slot * depth].key) &+ Int(times[slot * depth].last) }

  /// - Precondition: `slot` was reset before.
  mutating func record(_ slot: Int, _ entry: RememberedEntry) {
    let key =
      UInt32(truncatingIfNeeded: entry.shape.index) << 4 | UInt32(entry.severity.rawValue)
    let start = slot * depth
    let time = entry.time.nanoseconds
    for place in start..<start + depth where heads[place].key == key {
      times[place].last = max(times[place].last, time)
      heads[place].service = entry.service.number
      return
    }
    let place = start + Int(cursors[slot])
    heads[place] = Head(key: key, service: entry.service.number)
    times[place] = Times(first: time, last: time)
    cursors[slot] = Int(cursors[slot]) + 1 < depth ? cursors[slot] + 1 : 0
  }

  /// Appends what a context holds from `from` until before `before`, with the latest time known.
  func collect(
    _ slot: Int, from: Timestamp, before: Timestamp, into found: inout [RememberedEntry]
  ) {
    for place in slot * depth..<(slot + 1) * depth where heads[place].key != Self.empty {
      let last = times[place].last
      let time = last < before.nanoseconds ? last : times[place].first
      guard time < before.nanoseconds, time >= from.nanoseconds else { continue }
      found.append(
        RememberedEntry(
          time: Timestamp(nanoseconds: time), shape: ShapeNumber(index: Int(heads[place].key >> 4)),
          service: Symbol(number: heads[place].service),
          severity: Severity(rawValue: UInt8(heads[place].key & 15)) ?? .unknown))
    }
  }
}
