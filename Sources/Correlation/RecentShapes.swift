internal import Model

/// The latest distinct shapes of many contexts, `depth` a context, in flat arrays.
///
/// A shape that comes again renews its place instead of taking another, so that a flood of one message
/// does not wash out what came before it. Each place keeps the first and the last time of its shape
/// since it was taken; the place taken longest ago goes first.
/// - Memory: 24 bytes a place; grows with the contexts used.
struct RecentShapes: ~Copyable {
  private struct Times {
    var first: Int64
    var last: Int64
  }

  let depth: Int
  /// Shape and severity, `shape << 4 | severity`; 0xffffffff for an empty place.
  private var shapes: [UInt32] = []
  private var services: [UInt32] = []
  private var times: [Times] = []
  private var cursors: [UInt8] = []

  private static let empty = UInt32.max

  /// - Parameter depth: 1 to 255 places a context.
  init(depth: Int) { self.depth = min(max(depth, 1), 255) }

  /// Empties a context's places.
  mutating func reset(_ slot: Int) {
    while cursors.count <= slot {
      cursors.append(0)
      for _ in 0..<depth {
        shapes.append(Self.empty)
        services.append(0)
        times.append(Times(first: 0, last: 0))
      }
    }
    cursors[slot] = 0
    for place in slot * depth..<(slot + 1) * depth { shapes[place] = Self.empty }
  }

  /// Reads a word of a context's places.
  @inline(__always)
  func touch(_ slot: Int) -> Int { Int(shapes[slot * depth]) &+ Int(times[slot * depth].last) }

  /// - Precondition: `slot` was reset before.
  mutating func record(_ slot: Int, _ entry: RememberedEntry) {
    let key =
      UInt32(truncatingIfNeeded: entry.shape.index) << 4 | UInt32(entry.severity.rawValue)
    let start = slot * depth
    let time = entry.time.nanoseconds
    for place in start..<start + depth where shapes[place] == key {
      times[place].last = max(times[place].last, time)
      services[place] = entry.service.number
      return
    }
    let place = start + Int(cursors[slot])
    shapes[place] = key
    services[place] = entry.service.number
    times[place] = Times(first: time, last: time)
    cursors[slot] = Int(cursors[slot]) + 1 < depth ? cursors[slot] + 1 : 0
  }

  /// Appends what a context holds from `from` until before `before`, with the latest time known.
  func collect(
    _ slot: Int, from: Timestamp, before: Timestamp, into found: inout [RememberedEntry]
  ) {
    for place in slot * depth..<(slot + 1) * depth where shapes[place] != Self.empty {
      let last = times[place].last
      let time = last < before.nanoseconds ? last : times[place].first
      guard time < before.nanoseconds, time >= from.nanoseconds else { continue }
      found.append(
        RememberedEntry(
          time: Timestamp(nanoseconds: time), shape: ShapeNumber(index: Int(shapes[place] >> 4)),
          service: Symbol(number: services[place]),
          severity: Severity(rawValue: UInt8(shapes[place] & 15)) ?? .unknown))
    }
  }
}
