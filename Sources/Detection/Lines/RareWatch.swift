package import Model

/// Finds entries of groups that have hardly ever come, where they are warnings or worse, or concern security.
///
/// Rare is what came at most twice before in the run. What is rare in itself is common where much is: on Zipf's law a
/// good part of all troubles is of groups that are new or nearly so. So the stream's own rate of rare entries sets the
/// bar (how often something was seen once tells how often something new will be: Good 1953,
/// doi:10.1093/biomet/40.3-4.237): one is told only where none came in the twelve hours before, and the run is as old. Were they
/// Poisson with any rate r a day, those told would be r·e^(−r/2) a day, 0.74 at the worst rate of two.
/// The first entries of errors are `new_group`s.
/// - Limits: shapes numbered below 100,000, a byte each; at most one in twelve hours is told, others are counted in
///   `withheld`. O(shapes of the minute).
package struct RareWatch: Sendable {
  static let shapeLimit = 100_000
  static let few = 2
  static let calmMinutes: Int64 = 720

  /// What the watch asks of the run.
  package struct Questions {
    package var group: (ShapeNumber) -> GroupID
    package var brief: (GroupID, Int) -> GroupBrief
    package var service: (GroupID) -> Symbol

    package init(
      group: @escaping (ShapeNumber) -> GroupID,
      brief: @escaping (GroupID, Int) -> GroupBrief, service: @escaping (GroupID) -> Symbol
    ) {
      self.group = group
      self.brief = brief
      self.service = service
    }
  }

  var counts: [UInt8] = []
  var firstMinute = Int64.min
  var lastRare = Int64.min / 2
  /// Whether entries of earlier runs count: it goes on from what one of them knew.
  var goesOn = false
  package private(set) var withheld = 0

  package init() {}

  package mutating func close(
    _ facts: MinuteFacts, shapes: [(shape: ShapeNumber, entries: Int)], _ questions: Questions
  ) -> [ShiftFinding] {
    if firstMinute == .min, !facts.isGap { firstMinute = facts.minute.number }
    var found: [ShiftFinding] = []
    for (shape, entries) in shapes where shape.index < Self.shapeLimit {
      if counts.count <= shape.index {
        counts.append(
          contentsOf: repeatElement(0, count: max(256, shape.index + 1 - counts.count)))
      }
      let before = Int(counts[shape.index])
      if before > Self.few { continue }
      counts[shape.index] = UInt8(min(255, before + entries))
      if before + entries > Self.few + 1 { continue }
      judge(questions.group(shape), entries, facts, questions, &found)
    }
    return found
  }

  private mutating func judge(
    _ group: GroupID, _ entries: Int, _ facts: MinuteFacts, _ questions: Questions,
    _ found: inout [ShiftFinding]
  ) {
    let severity = facts.severity(of: group)
    let isOld = facts.minute.number - firstMinute >= Self.calmMinutes
    guard severity >= .warning || isOld else { return }
    let brief = questions.brief(group, Self.few + entries)
    let count = brief.count + (goesOn ? brief.earlier : 0)
    guard brief.count > 0, count <= Self.few + entries,
      severity >= .warning || brief.category == .security
    else { return }
    let isCalm = facts.minute.number - lastRare >= Self.calmMinutes
    lastRare = facts.minute.number
    let before = max(0, count - entries)
    guard isCalm, isOld, before > 0 || !severity.isError else {
      withheld += 1
      return
    }
    let reading = DetectorReading(
      name: "rare_group", actual: Double(entries), typical: 0, upper: Double(Self.few),
      count: before, unit: "entries")
    found.append(
      ShiftFinding(
        .groupRare, .opens, key: group.number, group: group,
        service: questions.service(group), since: facts.minute.start, reading: reading))
  }
}
