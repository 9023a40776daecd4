package import Model

/// Counts entries by minute, service and shape while their minutes are open.
///
/// - Layout: one set of dense counters for each of at most 16 open minutes, indexed by symbol and shape
///   number, and a bit for each of those touched, so that closing costs what happened.
/// - Limits: 50,000 services, 100,000 shapes; what is beyond counts in one overflow index. The
///   open minutes are 16 at most: `add` refuses others, and the caller counts the entry as late.
/// - Cost: some 5 ns an entry.
package struct MinuteCounters: Sendable {
  package static let openMinutes = 16

  fileprivate struct Open: Sendable {
    var minute = Int64.min
    var entries = 0
    var errors = 0
    /// Errors above, entries below bit 32.
    var services: [UInt64] = []
    /// Which of them are not 0, one bit each, so that closing finds them in order.
    var touchedServices: [UInt64] = []
    var shapes: [UInt32] = []
    var touchedShapes: [UInt64] = []
  }

  private var open: [Open] = Array(repeating: Open(), count: openMinutes)
  /// The place that was used last.
  private var latest = 0
  private let serviceLimit: Int
  private let shapeLimit: Int
  /// Entries of services or shapes beyond the limits.
  package private(set) var overflowed = 0

  package init(serviceLimit: Int = 50_000, shapeLimit: Int = 100_000) {
    self.serviceLimit = max(1, serviceLimit)
    self.shapeLimit = max(1, shapeLimit)
  }

  /// Counts an entry; false where its minute is not open and 16 others are.
  @discardableResult
  package mutating func add(
    service: Symbol, shape: ShapeNumber, isError: Bool, minute: Minute
  ) -> Bool {
    guard let place = place(of: minute.number) else { return false }
    var serviceAt = service.index
    var shapeAt = shape.index
    if serviceAt >= serviceLimit || shapeAt >= shapeLimit || shapeAt < 0 {
      if serviceAt >= serviceLimit { serviceAt = 0 }
      if shapeAt >= shapeLimit || shapeAt < 0 { shapeAt = shapeLimit }
      overflowed += 1
    }
    return open[place].add(serviceAt, shapeAt, isError: isError, minute: minute.number)
  }

  /// Counts an entry of an open minute so many times more.
  ///
  /// No counter grows beyond 2^31 by it; what a minute has no room for is counted in `overflowed`.
  package mutating func addMore(
    service: Symbol, shape: ShapeNumber, isError: Bool, minute: Minute, times: Int
  ) {
    guard let place = open.firstIndex(where: { $0.minute == minute.number }) else { return }
    let serviceAt = service.index >= serviceLimit ? 0 : service.index
    let shapeAt =
      shape.index >= shapeLimit || shape.index < 0 ? shapeLimit : shape.index
    overflowed += times - open[place].addMore(serviceAt, shapeAt, isError: isError, times: times)
  }

  /// Ends a minute and hands out what was counted in it; its place is free again.
  package mutating func close(_ minute: Minute) -> MinuteTally {
    guard let place = open.firstIndex(where: { $0.minute == minute.number }) else {
      return MinuteTally(minute: minute)
    }
    return open[place].close(shapeLimit: shapeLimit)
  }

  /// Where a minute is counted: its place, else a free one; nil where all are taken.
  @inline(__always)
  private mutating func place(of minute: Int64) -> Int? {
    if open[latest].minute == minute { return latest }
    guard
      let place = open.firstIndex(where: { $0.minute == minute })
        ?? open.firstIndex(where: { $0.minute == .min })
    else { return nil }
    latest = place
    return place
  }

  /// The oldest minute that holds entries, or nil.
  package var oldest: Minute? {
    open.filter { $0.minute != .min }.map { Minute(number: $0.minute) }.min()
  }
}

extension MinuteCounters.Open {
  fileprivate mutating func add(
    _ service: Int, _ shape: Int, isError: Bool, minute wanted: Int64
  ) -> Bool {
    if minute != wanted {
      guard minute == .min else { return false }
      minute = wanted
    }
    entries &+= 1
    errors &+= isError ? 1 : 0
    if service >= services.count {
      services.grow(toHold: service)
      touchedServices.grow(toHold: services.count >> 6)
    }
    let known = services[service]
    if known == 0 {
      touchedServices[service &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: service & 63)
    }
    services[service] = known &+ (isError ? 1 << 32 | 1 : 1)
    if shape >= shapes.count {
      shapes.grow(toHold: shape)
      touchedShapes.grow(toHold: shapes.count >> 6)
    }
    let count = shapes[shape]
    if count == 0 {
      touchedShapes[shape &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: shape & 63)
    }
    shapes[shape] = count &+ 1
    return true
  }

  /// Counts what has been counted before so many times more, as far as there is room.
  fileprivate mutating func addMore(
    _ service: Int, _ shape: Int, isError: Bool, times: Int
  ) -> Int {
    let room = min(
      Int(1 << 31) - Int(services[service] & 0xffff_ffff), Int(1 << 31) - Int(shapes[shape]))
    let times = max(0, min(times, room))
    let more = UInt64(times)
    entries &+= times
    errors &+= isError ? times : 0
    services[service] &+= isError ? more << 32 | more : more
    shapes[shape] &+= UInt32(times)
    return times
  }

  fileprivate mutating func close(shapeLimit: Int) -> MinuteTally {
    var tally = MinuteTally(minute: Minute(number: minute))
    tally.entries = entries
    tally.errors = errors
    tally.services.reserveCapacity(touchedServices.bitCount)
    touchedServices.takeBits { number in
      let counts = services[number]
      services[number] = 0
      tally.services.append(
        MinuteFacts.ServiceCounts(
          service: Symbol(number: UInt32(truncatingIfNeeded: number)),
          entries: Int(counts & 0xffff_ffff), errors: Int(counts >> 32)))
    }
    tally.shapes.reserveCapacity(touchedShapes.bitCount)
    touchedShapes.takeBits { number in
      let count = Int(shapes[number])
      shapes[number] = 0
      if number == shapeLimit {
        tally.overflow = count
      } else {
        tally.shapes.append((ShapeNumber(index: number), count))
      }
    }
    minute = .min
    entries = 0
    errors = 0
    return tally
  }
}

extension Array where Element: FixedWidthInteger {
  fileprivate mutating func grow(toHold index: Int) {
    let wanted = Swift.max(64, index + 1 + index / 2)
    append(contentsOf: repeatElement(0, count: wanted - count))
  }
}

extension [UInt64] {
  fileprivate var bitCount: Int { reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Hands out the bits that are set, in order, and clears them.
  fileprivate mutating func takeBits(_ body: (Int) -> Void) {
    for word in indices where self[word] != 0 {
      var bits = self[word]
      self[word] = 0
      while bits != 0 {
        body(word << 6 | bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
    }
  }
}
