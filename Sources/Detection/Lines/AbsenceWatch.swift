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
/// - Limits: 20,000 lines, 64 of one shape, 300 entries of a shape a minute (beyond, it is no heartbeat): 200 bytes a
///   line. Entries of lines without room are counted in `refused`. Files out of order have no beats.
/// - Complexity: a hop along the shape's lines and a store for an entry; a minute looks at the regular lines.
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

  private struct Line: Sendable {
    /// Service above, host below.
    var key: UInt64
    var shape: UInt32
    var next: Int32
    /// Nanoseconds.
    var last: Int64
    /// Seconds: what follows the last beat sooner belongs to it. With what stands before it, all that most entries ask of.
    var floor = LinePace.shortest
    var source: Int32
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
  }

  private var lines: [Line] = []
  private var free: [Int32] = []
  /// By shape, its first line + 1; -1 where it is too busy.
  private var first: [Int32] = []
  /// Lines that are regular, in the order in which they became so.
  private var regular: [Int32] = []
  private var sources = SourceClocks()
  /// By service and by host, when the latest entry came.
  private var services: [Int64] = []
  private var hosts: [Int64] = []
  private var returned: [Int32] = []
  /// Entries that found no room.
  package private(set) var refused = 0

  package init() {}

  package var lineCount: Int { lines.count - free.count }
  package var regularCount: Int { regular.count }

  /// Takes an entry in the order of the stream; its symbols are the merge's.
  @inline(__always)
  package mutating func see(_ entry: Entry, shape: Int, source: Int) {
    let time = entry.time.nanoseconds
    sources.see(time, source)
    Self.note(time, &services, entry.service.index)
    Self.note(time, &hosts, entry.host.index)
    if shape >= first.count { first.grow(toHold: shape) }
    let place = first[shape]
    guard place >= 0 else { return }
    let key = UInt64(entry.service.number) << 32 | UInt64(entry.host.number)
    var at = place - 1
    while at >= 0 {
      if lines[Int(at)].key == key { return beat(Int(at), time, source) }
      at = lines[Int(at)].next
    }
    add(key, shape, time, source)
  }

  @inline(__always)
  private static func note(_ time: Int64, _ times: inout [Int64], _ index: Int) {
    if index >= times.count {
      if index >= Self.lineLimit { return }
      times.append(contentsOf: repeatElement(.min, count: max(64, index + 1 - times.count)))
    }
    if times[index] < time { times[index] = time }
  }

  @inline(__always)
  private mutating func beat(_ at: Int, _ time: Int64, _ source: Int) {
    // What comes with its beat, or out of order, is none.
    let gap = Float(time &- lines[at].last) * 1e-9
    if gap < lines[at].floor { return }
    rhythm(at, time, source, gap)
  }

  @inline(never)
  private mutating func rhythm(_ at: Int, _ time: Int64, _ source: Int, _ gap: Float) {
    let epoch = sources.epoch(of: source)
    let isSame = lines[at].source == Int32(truncatingIfNeeded: source) && lines[at].epoch == epoch
    lines[at].last = time
    lines[at].source = Int32(truncatingIfNeeded: source)
    lines[at].epoch = epoch
    lines[at].beats &+= 1
    if lines[at].absentSince != 0 {
      returned.append(Int32(at))
      lines[at].pauses &+= 1
      if lines[at].pauses >= 2 { lines[at].longest = max(lines[at].longest, gap) }
      return
    }
    guard isSame else { return }
    if lines[at].pace.isRegular {
      if gap > Self.missing * lines[at].pace.interval { lines[at].missed &+= 1 }
      lines[at].longest = max(lines[at].longest, gap)
    }
    guard lines[at].pace.add(gap: gap) else { return }
    lines[at].floor = lines[at].pace.floor
    if lines[at].pace.isRegular, !lines[at].isListed {
      lines[at].isListed = true
      lines[at].regularSince = time
      lines[at].longest = lines[at].pace.interval * (1 + lines[at].pace.spread)
      regular.append(Int32(at))
    }
  }

  @inline(never)
  private mutating func add(_ key: UInt64, _ shape: Int, _ time: Int64, _ source: Int) {
    var length = 0
    var at = first[shape] - 1
    while at >= 0, length < Self.chainLimit {
      length += 1
      at = lines[Int(at)].next
    }
    guard length < Self.chainLimit, free.count > 0 || lines.count < Self.lineLimit else {
      refused += 1
      return
    }
    let line = Line(
      key: key, shape: UInt32(shape), next: first[shape] - 1, last: time,
      source: Int32(truncatingIfNeeded: source), epoch: sources.epoch(of: source))
    if let place = free.popLast() {
      lines[Int(place)] = line
      first[shape] = place + 1
    } else {
      lines.append(line)
      first[shape] = Int32(lines.count)
    }
  }
}

extension AbsenceWatch {
  /// What the watch asks of the run about a line that seems absent.
  package struct Questions {
    /// The group of a shape.
    package var group: (ShapeNumber) -> GroupID

    package init(group: @escaping (ShapeNumber) -> GroupID) { self.group = group }
  }

  /// Judges the regular lines at a minute's end; tells absences that begin and that are over.
  package mutating func close(
    _ minute: Minute, shapes: [(shape: ShapeNumber, entries: Int)], _ questions: Questions
  ) -> [ShiftFinding] {
    var found: [ShiftFinding] = []
    for (shape, entries) in shapes where entries > Self.busyCount {
      drop(busy: shape.index, questions, &found)
    }
    for place in returned where lines[Int(place)].absentSince != 0 {
      found.append(finding(Int(place), .ends, questions))
      lines[Int(place)].absentSince = 0
    }
    returned.removeAll(keepingCapacity: true)
    let end = minute.end.nanoseconds
    var kept = 0
    for index in regular.indices {
      let at = Int(regular[index])
      if lines[at].isListed, !lines[at].pace.isRegular, lines[at].absentSince == 0 {
        lines[at].isListed = false
        continue
      }
      guard lines[at].isListed else { continue }
      if isForgotten(at, end) {
        lines[at].isListed = false
        lines[at].pace = LinePace()
        lines[at].floor = LinePace.shortest
        continue
      }
      if judge(at, end) {
        if lines[at].absentSince == 0 {
          if !isCarriedOn(at, questions) { open(at, questions, &found) }
        } else if isSettled(at, end) {
          found.append(finding(at, .settles, questions))
          lines[at].absentSince = 0
          lines[at].isListed = false
          lines[at].pace = LinePace()
          lines[at].floor = LinePace.shortest
          lines[at].beats = 0
          lines[at].missed = 0
          lines[at].longest = 0
          continue
        }
      }
      regular[kept] = Int32(at)
      kept += 1
    }
    regular.removeLast(regular.count - kept)
    if minute.number % 10 == 0 { sweep(end) }
    return found
  }

  private mutating func open(
    _ at: Int, _ questions: Questions, _ found: inout [ShiftFinding]
  ) {
    lines[at].absentSince = max(lines[at].last, 1)
    lines[at].scope = scope(of: at)
    found.append(finding(at, .opens, questions))
  }

  /// Seconds that the line's source went on for after its last beat.
  private func silence(_ at: Int, _ end: Int64) -> Float {
    let clock = sources[Int(lines[at].source)]
    let from = max(lines[at].last, clock.resumed)
    return Float(min(end, clock.last) &- from) * 1e-9
  }

  /// Whole intervals that have passed without a beat, the usual spread allowed for.
  private func missedBeats(_ at: Int, _ silence: Float) -> Int {
    let line = lines[at]
    let slack = min(max(2 * line.pace.spread, 0.05), 0.5) * line.pace.interval
    return Int(max(0, (silence - slack) / line.pace.interval))
  }

  private func chance(_ at: Int, _ missed: Int) -> Double {
    let line = lines[at]
    return pow((Double(line.missed) + 1) / (Double(line.beats) + 2), Double(missed))
  }

  private func judge(_ at: Int, _ end: Int64) -> Bool {
    guard lines[at].last &- lines[at].regularSince >= Self.habit else { return false }
    let silence = silence(at, end)
    guard silence > Self.leastSilence, silence > Self.overRecord * lines[at].longest else {
      return false
    }
    let missed = missedBeats(at, silence)
    return missed >= 2 && chance(at, missed) <= Self.probability
  }

  /// Whether a line has not come for so long, with its source or because it was an episode, that it is none any more.
  private func isForgotten(_ at: Int, _ end: Int64) -> Bool {
    lines[at].absentSince == 0
      && Float(end &- lines[at].last) * 1e-9
        > max(Self.forgottenSeconds, Self.settledAfter * lines[at].pace.interval)
  }

  private func isSettled(_ at: Int, _ end: Int64) -> Bool {
    silence(at, end)
      > max(Self.settledSeconds, Self.settledAfter * lines[at].pace.interval)
  }

  /// Whether another shape of the same group goes on in its place: a value in the words has changed, not the beat.
  private func isCarriedOn(_ at: Int, _ questions: Questions) -> Bool {
    let line = lines[at]
    let group = questions.group(ShapeNumber(index: Int(line.shape)))
    for other in lines where other.key == line.key && other.shape != line.shape {
      guard other.last > line.last else { continue }
      if questions.group(ShapeNumber(index: Int(other.shape))) == group { return true }
    }
    return false
  }

  /// What fell silent with the line: its service everywhere, its host, or it alone.
  private func scope(of at: Int) -> ShiftFinding.Scope {
    let line = lines[at]
    let slack = Int64(Double(line.pace.interval) * 0.5e9)
    let service = Int(line.key >> 32)
    let host = Int(line.key & 0xffff_ffff)
    if host > 0, host < hosts.count, hosts[host] <= line.last &+ slack { return .host }
    if service > 0, service < services.count, services[service] <= line.last &+ slack {
      return .service
    }
    return .line
  }

  private func finding(
    _ at: Int, _ change: ShiftFinding.Change, _ questions: Questions
  ) -> ShiftFinding {
    let line = lines[at]
    let end = sources[Int(line.source)].last
    let silence = max(0, Float(end &- line.last) * 1e-9)
    let missed = missedBeats(at, silence)
    let interval = Double(line.pace.interval)
    let reading = DetectorReading(
      name: "absence", actual: Double(silence), typical: interval,
      upper: Double(max(Self.overRecord * line.longest, 2 * line.pace.interval)),
      score: Double(missed), probability: chance(at, missed), count: Int(line.beats), unit: "s")
    var finding = ShiftFinding(
      .lineAbsent, change, key: line.key &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(line.shape),
      group: questions.group(ShapeNumber(index: Int(line.shape))),
      service: Symbol(number: UInt32(line.key >> 32)),
      host: Symbol(number: UInt32(truncatingIfNeeded: line.key)),
      since: Timestamp(nanoseconds: line.absentSince), reading: reading)
    finding.scope = line.scope
    return finding
  }

  /// Whether a shape has a line that is regular: then it is not for `GoneWatch` to miss it.
  package func isPeriodic(_ shape: ShapeNumber) -> Bool {
    guard shape.index < first.count else { return false }
    var at = first[shape.index] - 1
    while at >= 0 {
      if lines[Int(at)].isListed { return true }
      at = lines[Int(at)].next
    }
    return false
  }

  /// Lets a shape's lines go: they come too often for heartbeats. Those that were missed are back.
  private mutating func drop(
    busy shape: Int, _ questions: Questions, _ found: inout [ShiftFinding]
  ) {
    guard shape < first.count, first[shape] >= 0 else { return }
    var at = first[shape] - 1
    while at >= 0 {
      let next = lines[Int(at)].next
      if lines[Int(at)].absentSince != 0 { found.append(finding(Int(at), .ends, questions)) }
      release(Int(at))
      at = next
    }
    first[shape] = -1
  }

  /// Forgets lines that are not regular and have not come for six hours, once there is little room.
  private mutating func sweep(_ end: Int64) {
    guard lineCount > Self.lineLimit * 3 / 4 else { return }
    for shape in first.indices where first[shape] > 0 {
      var head: Int32 = -1
      var at = first[shape] - 1
      while at >= 0 {
        let next = lines[Int(at)].next
        if !lines[Int(at)].isListed, end &- lines[Int(at)].last > 21_600_000_000_000 {
          release(Int(at))
        } else {
          lines[Int(at)].next = head
          head = at
        }
        at = next
      }
      first[shape] = head + 1
    }
  }

  private mutating func release(_ at: Int) {
    lines[at].isListed = false
    lines[at].absentSince = 0
    lines[at].key = .max
    free.append(Int32(at))
  }
}

extension [Int32] {
  fileprivate mutating func grow(toHold index: Int) {
    append(contentsOf: repeatElement(0, count: Swift.max(256, index + 1 + index / 2 - count)))
  }
}
