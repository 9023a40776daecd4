internal import Glibc
package import Model

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
        unlist(at)
        continue
      }
      guard lines[at].isListed else { continue }
      if isForgotten(at, end) {
        unlist(at)
        restart(at)
        continue
      }
      if judge(at, end) {
        if lines[at].absentSince == 0 {
          if !isCarriedOn(at, questions) { open(at, questions, &found) }
        } else if isSettled(at, end) {
          found.append(finding(at, .settles, questions))
          lines[at].absentSince = 0
          unlist(at)
          restart(at)
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
    if minute.number % 60 == 59 { turn(hour: minute.number / 60 + 1) }
    return found
  }

  private mutating func open(
    _ at: Int, _ questions: Questions, _ found: inout [ShiftFinding]
  ) {
    lines[at].absentSince = max(beats[at].last, 1)
    lines[at].scope = scope(of: at)
    found.append(finding(at, .opens, questions))
  }

  /// Seconds that the line's source went on for after its last beat.
  private func silence(_ at: Int, _ end: Int64) -> Float {
    let clock = sources[Int(beats[at].source)]
    let from = max(beats[at].last, clock.resumed)
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
    guard beats[at].last &- lines[at].regularSince >= Self.habit else { return false }
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
      && Float(end &- beats[at].last) * 1e-9
        > max(Self.forgottenSeconds, Self.settledAfter * lines[at].pace.interval)
  }

  private func isSettled(_ at: Int, _ end: Int64) -> Bool {
    silence(at, end)
      > max(Self.settledSeconds, Self.settledAfter * lines[at].pace.interval)
  }

  /// Whether another shape of the same group goes on in its place: a value in the words has changed, not the beat.
  private func isCarriedOn(_ at: Int, _ questions: Questions) -> Bool {
    let line = beats[at]
    let group = questions.group(ShapeNumber(index: Int(line.shape)))
    for other in beats where other.key == line.key && other.shape != line.shape {
      // Of one that sleeps it is not known when it last came: it comes all the time.
      guard other.last > line.last || shapes[Int(other.shape)].state == .asleep else { continue }
      if questions.group(ShapeNumber(index: Int(other.shape))) == group { return true }
    }
    return false
  }

  /// What fell silent with the line: its service everywhere, its host, or it alone.
  private func scope(of at: Int) -> ShiftFinding.Scope {
    let line = beats[at]
    let slack = Int64(Double(lines[at].pace.interval) * 0.5e9)
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
    let beat = beats[at]
    let end = sources[Int(beat.source)].last
    let silence = max(0, Float(end &- beat.last) * 1e-9)
    let missed = missedBeats(at, silence)
    let interval = Double(line.pace.interval)
    let reading = DetectorReading(
      name: "absence", actual: Double(silence), typical: interval,
      upper: Double(max(Self.overRecord * line.longest, 2 * line.pace.interval)),
      score: Double(missed), probability: chance(at, missed), count: Int(line.beats), unit: "s")
    var finding = ShiftFinding(
      .lineAbsent, change, key: beat.key &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(beat.shape),
      group: questions.group(ShapeNumber(index: Int(beat.shape))),
      service: Symbol(number: UInt32(beat.key >> 32)),
      host: Symbol(number: UInt32(truncatingIfNeeded: beat.key)),
      since: Timestamp(nanoseconds: line.absentSince), reading: reading)
    finding.scope = line.scope
    return finding
  }

  /// Whether a shape has a line that is regular: then it is not for `GoneWatch` to miss it.
  package func isPeriodic(_ shape: ShapeNumber) -> Bool {
    shape.index < shapes.count && shapes[shape.index].listed > 0
  }

  /// Lets a shape's lines go: they come too often for heartbeats. Those that were missed are back.
  private mutating func drop(
    busy shape: Int, _ questions: Questions, _ found: inout [ShiftFinding]
  ) {
    guard shape < shapes.count, shapes[shape].state != .busy else { return }
    var at = Int(shapes[shape].first) - 1
    while at >= 0 {
      let next = Int(beats[at].next)
      if lines[at].absentSince != 0 { found.append(finding(at, .ends, questions)) }
      release(at)
      at = next
    }
    shapes[shape].first = 0
    shapes[shape].state = .busy
  }

  /// Begins an hour: shapes whose lines come at random sleep, but for a sixth of them, which are looked at anew.
  private mutating func turn(hour: Int64) {
    for shape in shapes.indices where shapes[shape].state != .busy {
      let isDue = (hour &+ Int64(shape)) % Self.sleepHours == 0
      if shapes[shape].isRandom && !isDue {
        shapes[shape].state = .asleep
      } else if shapes[shape].state == .asleep {
        wake(shape)
      }
    }
  }

  /// The time since a line's last beat is not known: it was not looked at.
  private mutating func wake(_ shape: Int) {
    shapes[shape].state = .awake
    var at = Int(shapes[shape].first) - 1
    while at >= 0 {
      beats[at].source = -1
      at = Int(beats[at].next)
    }
  }

  /// Forgets lines that are not regular and have not come for six hours, once there is little room.
  private mutating func sweep(_ end: Int64) {
    guard lineCount > Self.lineLimit * 3 / 4 else { return }
    for shape in shapes.indices where shapes[shape].first > 0 {
      var head: Int32 = -1
      var at = Int(shapes[shape].first) - 1
      while at >= 0 {
        let next = Int(beats[at].next)
        if !lines[at].isListed, end &- beats[at].last > 21_600_000_000_000 {
          release(at)
        } else {
          beats[at].next = head
          head = Int32(at)
        }
        at = next
      }
      shapes[shape].first = head + 1
    }
  }
}
