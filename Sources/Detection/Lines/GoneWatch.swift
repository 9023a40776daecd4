internal import Glibc
package import Model

/// Finds groups that came steadily, though at no fixed interval, and are gone while their service goes on.
///
/// Time is cut into periods of five minutes. Of the 60 periods (five hours) that ended with a shape's last one,
/// z were without an entry: that k periods running stay without is taken to have a chance of ((z + 1) / 62)^k,
/// as in `SilenceWatch`. It is gone where k ≥ 6 (half an hour), that is at most 1e-10, 30 entries were to be
/// expected at its rate of the last five hours, and its service still writes half of what it wrote: what falls with
/// the day's rhythm, or with a service that is silent altogether, is not gone. Regular lines are `AbsenceWatch`'s.
/// - Limits: shapes numbered below 100,000, services below 20,000; 24 and 16 bytes each. At most 3 an hour are told,
///   the rest counted in `withheld`. O(shapes) every five minutes.
package struct GoneWatch: Sendable {
  static let shapeLimit = 100_000
  static let serviceLimit = 20_000
  static let periodMinutes: Int64 = 5
  static let periods = 60
  static let least = 6
  static let expected: Float = 30
  static let probability = 1e-10
  static let perHour = 3

  struct Shape: Sendable {
    /// A bit for each of the last 60 periods that ended with one that had an entry.
    var active: UInt64 = 0
    var rate: Float = 0
    var count: UInt32 = 0
    var known: UInt8 = 0
    var quiet: UInt8 = 0
    var isTold = false

    mutating func push(_ entries: UInt32) {
      active = (active << 1 | (entries > 0 ? 1 : 0)) & (1 << 60 - 1)
      known = min(known + 1, UInt8(GoneWatch.periods))
      rate += (Float(entries) - rate) / Float(known)
    }

    var chance: Double {
      let silent = Double(GoneWatch.periods - active.nonzeroBitCount)
      return pow((silent + 1) / Double(GoneWatch.periods + 2), Double(quiet))
    }
  }

  struct Service: Sendable {
    var count: UInt32 = 0
    /// Entries a period, over five hours and over half an hour.
    var slow: Float = 0
    var fast: Float = 0
    var known: UInt8 = 0
  }

  var shapes: [Shape] = []
  var services: [Service] = []
  var period = Int64.min
  var tellings: [Int64] = []
  /// Groups that were gone and not told.
  package private(set) var withheld = 0

  package init() {}

  /// What the watch asks of the run about a shape that seems gone.
  package struct Questions {
    /// The group of a shape, its most frequent service, its latest entry, and whether it is a complaint.
    package var group: (ShapeNumber) -> Answer?

    package init(group: @escaping (ShapeNumber) -> Answer?) { self.group = group }

    package struct Answer {
      package var group: GroupID
      package var service: Symbol
      package var lastSeen: Timestamp
      package var severity: Severity

      package init(group: GroupID, service: Symbol, lastSeen: Timestamp, severity: Severity) {
        self.group = group
        self.service = service
        self.lastSeen = lastSeen
        self.severity = severity
      }
    }
  }

  /// Takes a closed minute; `isPeriodic` says of which shapes another detector speaks.
  package mutating func close(
    _ facts: MinuteFacts, shapes tally: [(shape: ShapeNumber, entries: Int)],
    isPeriodic: (ShapeNumber) -> Bool, _ questions: Questions
  ) -> [ShiftFinding] {
    var found: [ShiftFinding] = []
    let current = facts.minute.number / Self.periodMinutes
    if current != period {
      if period != .min { endPeriod(facts.minute, isPeriodic, questions, &found) }
      period = current
    }
    for counts in facts.services where counts.service.index < Self.serviceLimit {
      let index = counts.service.index
      while services.count <= index { services.append(Service()) }
      services[index].count &+= UInt32(clamping: counts.entries)
    }
    for (shape, entries) in tally where shape.index < Self.shapeLimit {
      let index = shape.index
      if shapes.count <= index {
        shapes.append(
          contentsOf: repeatElement(Shape(), count: max(256, index + 1 - shapes.count)))
      }
      if shapes[index].isTold { back(index, facts.minute, questions, &found) }
      shapes[index].count &+= UInt32(clamping: entries)
    }
    return found
  }

  private mutating func endPeriod(
    _ minute: Minute, _ isPeriodic: (ShapeNumber) -> Bool, _ questions: Questions,
    _ found: inout [ShiftFinding]
  ) {
    var hadEntries = false
    for index in services.indices {
      let count = services[index].count
      if count > 0 { hadEntries = true }
      services[index].count = 0
      services[index].known = min(services[index].known + 1, UInt8(Self.periods))
      let known = Float(services[index].known)
      services[index].slow += (Float(count) - services[index].slow) / known
      services[index].fast += (Float(count) - services[index].fast) / min(known, Float(Self.least))
    }
    guard hadEntries else { return }
    for index in shapes.indices where shapes[index].known > 0 || shapes[index].count > 0 {
      if shapes[index].count > 0 {
        for _ in 0..<min(shapes[index].quiet, UInt8(Self.periods)) { shapes[index].push(0) }
        shapes[index].quiet = 0
        shapes[index].push(shapes[index].count)
        shapes[index].count = 0
        continue
      }
      guard shapes[index].quiet < UInt8(Self.periods) else {
        if shapes[index].isTold { settle(index, minute, questions, &found) }
        shapes[index] = Shape()
        continue
      }
      shapes[index].quiet += 1
      judge(index, minute, isPeriodic, questions, &found)
    }
  }

  private mutating func judge(
    _ index: Int, _ minute: Minute, _ isPeriodic: (ShapeNumber) -> Bool, _ questions: Questions,
    _ found: inout [ShiftFinding]
  ) {
    let shape = shapes[index]
    let number = ShapeNumber(index: index)
    guard !shape.isTold, shape.quiet >= UInt8(Self.least), shape.known == UInt8(Self.periods),
      shape.rate * Float(shape.quiet) >= Self.expected, shape.chance <= Self.probability,
      !isPeriodic(number), let answer = questions.group(number), answer.severity < .warning,
      minute.start.nanoseconds &- answer.lastSeen.nanoseconds
        >= Int64(Self.least) * Self.periodMinutes * 60_000_000_000,
      answer.service.index < services.count
    else { return }
    let service = services[answer.service.index]
    guard service.fast >= 0.5 * service.slow else { return }
    tellings.removeAll { $0 <= minute.number - 60 }
    guard tellings.count < Self.perHour else {
      withheld += 1
      return
    }
    tellings.append(minute.number)
    shapes[index].isTold = true
    found.append(finding(.opens, index, answer))
  }

  private mutating func back(
    _ index: Int, _ minute: Minute, _ questions: Questions, _ found: inout [ShiftFinding]
  ) {
    shapes[index].isTold = false
    guard let answer = questions.group(ShapeNumber(index: index)) else { return }
    found.append(finding(.ends, index, answer))
  }

  private func settle(
    _ index: Int, _ minute: Minute, _ questions: Questions, _ found: inout [ShiftFinding]
  ) {
    guard let answer = questions.group(ShapeNumber(index: index)) else { return }
    found.append(finding(.settles, index, answer))
  }

  private func finding(
    _ change: ShiftFinding.Change, _ index: Int, _ answer: Questions.Answer
  ) -> ShiftFinding {
    let shape = shapes[index]
    let reading = DetectorReading(
      name: "gone_group", actual: 0, typical: Double(shape.rate) / Double(Self.periodMinutes),
      score: Double(shape.quiet) * Double(Self.periodMinutes), probability: shape.chance,
      count: Int(shape.known) * Int(Self.periodMinutes), unit: "entries/min")
    return ShiftFinding(
      .groupGone, change, key: UInt64(index), group: answer.group, service: answer.service,
      since: answer.lastSeen, reading: reading)
  }
}
