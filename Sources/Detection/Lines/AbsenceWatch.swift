internal import Bytes
internal import Glibc
package import Model

/// Finds lines that come at regular intervals (heartbeats, timers, scrapes, keep-alives) and stopped coming.
///
/// A line is what one service on one host says in one shape. Its interval is learned from event times
/// (`LinePace`). Where k intervals and the usual spread have passed since its last beat, the chance of that is
/// taken as p = ((m + 1) / (n + 2))^k: n beats so far, m gaps among them of 1.5 intervals and more that were no
/// absence (Laplace's rule of succession, as in `SilenceWatch`). It is absent where k ≥ 2, p ≤ 1e-3, and the silence is longer than
/// 1.25 times the longest such gap and than a minute. It has to have been regular for an hour. A line that never failed is so told after two
/// intervals from its 30th beat on, after three from its eighth on; one that fails now and then sets its own bar.
///
/// Time is that of the line's source: it runs up to the source's latest entry, and where a source itself
/// has been silent for two minutes and for ten times its usual gap, what is missing is the input: all its lines wait for
/// their next beat anew.
/// - Stated rate: per line that never failed, at most 1e-3 false absences for each n doubled; what stops because it is done
///   (a job that reports as it goes) is told once, and from its second pause on sets the bar.
/// A shape none of whose lines is regular, and three in four of which come at random, sleeps five hours in six: then its entries
/// cost a look at the shape, and a line of it that becomes a heartbeat is learned hours later.
/// - Limits: 20,000 lines, 64 of one shape, 300 entries of a shape a minute (beyond, it is no heartbeat): 200 bytes a
///   line. Entries of lines without room are counted in `refused`. Files out of order have no beats.
/// - Complexity: a look-up and a store for an entry; a minute looks at the regular lines.
package struct AbsenceWatch: Sendable {
  static let lineLimit = 20_000
  static let chainLimit = 64
  static let busyCount = 300
  static let probability = 1e-3
  static let overRecord: Float = 1.25
  /// A gap of so many intervals is one in which a beat is missing.
  static let missing: Float = 1.5
  /// Seconds below which nothing is an absence: minutes are what decisions are made in.
  static let leastSilence: Float = 60
  /// Intervals after which an absence is the new usual, and hours at least.
  static let settledAfter: Float = 10
  static let settledSeconds: Float = 3600
  /// Seconds after which a line that nobody misses is forgotten, and ten intervals at least.
  static let forgottenSeconds: Float = 21_600
  /// Nanoseconds for which a line has to have been regular: what beats for less and stops was an episode (a crash
  /// loop, a job that reports as it goes), whose end is no loss.
  static let habit: Int64 = 3_600_000_000_000

  /// Of six hours, one in which shapes whose lines come at random are looked at: theirs are no heartbeats.
  static let sleepHours: Int64 = 6

  /// What most entries ask of a line, half a cache line.
  struct Beat: Sendable {
    /// Service above, host below.
    var key: UInt64
    /// Nanoseconds.
    var last: Int64
    var shape: UInt32
    /// Seconds: what follows the last beat sooner belongs to it.
    var floor = LinePace.shortest
    var source: Int32
    /// The shape's next line, or -1.
    var next: Int32

    /// Takes a beat; whether the one before was the same source's.
    @inline(__always)
    mutating func take(_ time: Int64, _ source: Int) -> Bool {
      let before = self.source
      last = time
      self.source = Int32(truncatingIfNeeded: source)
      return self.source == before
    }
  }

  struct Line: Sendable {
    var epoch: UInt32
    var beats: UInt32 = 0
    var missed: UInt32 = 0
    var pauses: UInt32 = 0
    /// Seconds, of gaps that were no absence.
    var longest: Float = 0
    var pace = LinePace()
    var isListed = false
    /// Since when it is regular, nanoseconds.
    var regularSince: Int64 = 0
    /// It is absent, since when (nanoseconds); 0 where it is not.
    var absentSince: Int64 = 0
    var scope = ShiftFinding.Scope.line

    /// What came of a beat.
    enum Outcome {
      case nothing
      /// The line had been missed.
      case returned
      case learned(wasRandom: Bool)
    }

    /// Takes a beat that comes so many seconds behind the last one.
    @inline(__always)
    mutating func take(_ time: Int64, _ gap: Float, epoch: UInt32, isSource: Bool) -> Outcome {
      let isSame = isSource && self.epoch == epoch
      self.epoch = epoch
      beats &+= 1
      if absentSince != 0 {
        pauses &+= 1
        if pauses >= 2 { longest = max(longest, gap) }
        return .returned
      }
      guard isSame else { return .nothing }
      if pace.isRegular {
        if gap > AbsenceWatch.missing * pace.interval { missed &+= 1 }
        longest = max(longest, gap)
      }
      let wasRandom = pace.isRandom
      return pace.add(gap: gap) ? .learned(wasRandom: wasRandom) : .nothing
    }
  }

  /// A shape's lines, and whether they are looked at.
  struct Shape: Sendable {
    /// Its first line + 1.
    var first: Int32 = 0
    var lines: UInt8 = 0
    /// Of them, those that are regular, and those that come at random.
    var listed: UInt8 = 0
    var random: UInt8 = 0
    var state = State.awake

    enum State: UInt8, Sendable { case awake, asleep, busy }

    var isRandom: Bool { listed == 0 && Int(random) * 4 >= Int(lines) * 3 && random > 0 }
  }

  var beats: [Beat] = []
  var lines: [Line] = []
  var free: [Int32] = []
  var shapes: [Shape] = []
  /// Where a line was last found, by a hash of its key and shape.
  private var found: [Int32] = []
  /// Lines that are regular, in the order in which they became so.
  var regular: [Int32] = []
  var sources = SourceClocks()
  /// By service and by host, when the latest entry came.
  var services: [Int64] = []
  var hosts: [Int64] = []
  var returned: [Int32] = []
  /// Read of lines before they are judged, and told nobody.
  private var warmth = 0
  private static let block = 32
  /// Entries that found no room.
  package private(set) var refused = 0

  package init() {}

  package var lineCount: Int { lines.count - free.count }
  package var regularCount: Int { regular.count }
  /// Shapes that are not looked at, since their lines come at random.
  package var sleepingCount: Int { shapes.count { $0.state == .asleep } }

  /// Takes a run of entries in the order of the stream; their symbols and masks are the merge's.
  ///
  /// The lines of a block are read before the first of them is judged, so that the processor fetches them side by side.
  package mutating func see(_ entries: Span<Entry>, _ run: Range<Int>, source: Int) {
    var start = run.lowerBound
    while start < run.upperBound {
      let end = min(start + Self.block, run.upperBound)
      warmth = touch(entries, start..<end)
      for index in start..<end where entries[index].isSeen {
        see(entries[index], shape: Int(entries[index].mask), source: source)
      }
      start = end
    }
  }

  private func touch(_ entries: Span<Entry>, _ block: Range<Int>) -> Int {
    var sum = 0
    for index in block {
      let shape = Int(entries[index].mask)
      guard shape < shapes.count, shapes[shape].state == .awake else { continue }
      let at = Int(found[Self.place(Self.key(entries[index]), shape)])
      if at < beats.count { sum &+= Int(beats[at].next) &+ Int(lines[at].beats) }
    }
    return sum
  }

  /// Takes an entry in the order of the stream; its symbols are the merge's.
  @inline(__always)
  mutating func see(_ entry: borrowing Entry, shape: Int, source: Int) {
    let time = entry.time.nanoseconds
    sources.see(time, source)
    Self.note(time, &services, entry.service.index)
    Self.note(time, &hosts, entry.host.index)
    if shape >= shapes.count { grow(toHold: shape) }
    guard shapes[shape].state == .awake else { return }
    let key = Self.key(entry)
    let at = Int(found[Self.place(key, shape)])
    if at < beats.count, beats[at].key == key, beats[at].shape == UInt32(shape) {
      return beat(at, time, source)
    }
    search(key, shape, time, source)
  }

  @inline(__always)
  private static func key(_ entry: borrowing Entry) -> UInt64 {
    UInt64(entry.service.number) << 32 | UInt64(entry.host.number)
  }

  private static let foundBits: UInt64 = 15

  @inline(__always)
  private static func place(_ key: UInt64, _ shape: Int) -> Int {
    let mixed = (key ^ UInt64(truncatingIfNeeded: shape) << 20) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> (64 - foundBits))
  }

  private mutating func grow(toHold shape: Int) {
    if found.isEmpty { found = [Int32](repeating: 0, count: 1 << Int(Self.foundBits)) }
    let more = max(256, shape + 1 + shape / 2 - shapes.count)
    shapes.append(contentsOf: repeatElement(Shape(), count: more))
  }

  @inline(__always)
  private static func note(_ time: Int64, _ times: inout [Int64], _ index: Int) {
    if index >= times.count {
      if index >= Self.lineLimit { return }
      times.append(contentsOf: repeatElement(.min, count: max(64, index + 1 - times.count)))
    }
    if times[index] < time { times[index] = time }
  }

  /// Looks along the shape's lines.
  @inline(never)
  private mutating func search(_ key: UInt64, _ shape: Int, _ time: Int64, _ source: Int) {
    var at = Int(shapes[shape].first) - 1
    while at >= 0, beats[at].key != key { at = Int(beats[at].next) }
    guard at >= 0 else { return add(key, shape, time, source) }
    found[Self.place(key, shape)] = Int32(at)
    beat(at, time, source)
  }

  @inline(__always)
  private mutating func beat(_ at: Int, _ time: Int64, _ source: Int) {
    // What comes with its beat, or out of order, is none.
    let gap = Float(time &- beats[at].last) * 1e-9
    if gap < beats[at].floor { return }
    rhythm(at, time, source, gap)
  }

  @inline(never)
  private mutating func rhythm(_ at: Int, _ time: Int64, _ source: Int, _ gap: Float) {
    let isSource = beats[at].take(time, source)
    switch lines[at].take(time, gap, epoch: sources.epoch(of: source), isSource: isSource) {
    case .nothing: break
    case .returned: returned.append(Int32(at))
    case .learned(let wasRandom):
      beats[at].floor = lines[at].pace.floor
      note(random: lines[at].pace.isRandom, before: wasRandom, at)
      if lines[at].pace.isRegular, !lines[at].isListed { list(at, time) }
    }
  }

  private mutating func list(_ at: Int, _ time: Int64) {
    lines[at].isListed = true
    shapes[Int(beats[at].shape)].listed += 1
    lines[at].regularSince = time
    lines[at].longest = lines[at].pace.interval * (1 + lines[at].pace.spread)
    regular.append(Int32(at))
  }

  /// Takes over what an earlier run learned of a line; where it has come in this one, what it is now goes on.
  mutating func resume(_ line: Line, _ key: UInt64, _ shape: Int, last: Int64) {
    if shape >= shapes.count { grow(toHold: shape) }
    guard shapes[shape].state != .busy else { return }
    var at = Int(shapes[shape].first) - 1
    while at >= 0, beats[at].key != key { at = Int(beats[at].next) }
    if at < 0 {
      let before = lines.count - free.count
      add(key, shape, last, -1)
      guard lineCount > before else { return }
      at = Int(shapes[shape].first) - 1
    }
    note(random: false, before: lines[at].pace.isRandom, at)
    let own = lines[at]
    lines[at] = line
    lines[at].epoch = own.epoch
    lines[at].absentSince = own.absentSince
    lines[at].scope = own.scope
    lines[at].isListed = true
    beats[at].floor = line.pace.floor
    if !own.isListed {
      shapes[shape].listed += 1
      regular.append(Int32(at))
    }
  }

  private mutating func note(random: Bool, before: Bool, _ at: Int) {
    guard random != before else { return }
    if random {
      shapes[Int(beats[at].shape)].random += 1
    } else {
      shapes[Int(beats[at].shape)].random -= 1
    }
  }

  /// Takes a line from among those that are regular.
  mutating func unlist(_ at: Int) {
    if lines[at].isListed { shapes[Int(beats[at].shape)].listed -= 1 }
    lines[at].isListed = false
  }

  /// A line's pace is learned anew.
  mutating func restart(_ at: Int) {
    note(random: false, before: lines[at].pace.isRandom, at)
    lines[at].pace = LinePace()
    beats[at].floor = LinePace.shortest
  }

  @inline(never)
  private mutating func add(_ key: UInt64, _ shape: Int, _ time: Int64, _ source: Int) {
    guard Int(shapes[shape].lines) < Self.chainLimit,
      free.count > 0 || lines.count < Self.lineLimit
    else {
      refused += 1
      return
    }
    let beat = Beat(
      key: key, last: time, shape: UInt32(shape), source: Int32(truncatingIfNeeded: source),
      next: shapes[shape].first - 1)
    let line = Line(epoch: sources.epoch(of: source))
    let at: Int
    if let place = free.popLast() {
      at = Int(place)
      beats[at] = beat
      lines[at] = line
    } else {
      at = lines.count
      beats.append(beat)
      lines.append(line)
    }
    shapes[shape].first = Int32(at) + 1
    shapes[shape].lines += 1
    found[Self.place(key, shape)] = Int32(at)
  }

  /// Gives a line back, which its shape's chain holds no more.
  mutating func release(_ at: Int) {
    unlist(at)
    note(random: false, before: lines[at].pace.isRandom, at)
    shapes[Int(beats[at].shape)].lines -= 1
    lines[at].absentSince = 0
    beats[at].key = .max
    free.append(Int32(at))
  }
}
