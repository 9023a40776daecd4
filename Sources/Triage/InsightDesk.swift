package import Flow
package import Model

/// Turns the findings of closed minutes into insights: one for one trouble, told when it opens and ends.
///
/// The most specific explanation is told: a spike of all errors or of a service's errors that one
/// group explains names service and group, and the series that rise with it (within two minutes of its
/// onset, in the same service) join it instead of opening more. An insight ends when all its series
/// are back, a new group after ten quiet minutes or an hour.
/// A group that only varies a known error (see `KnownErrors`) opens nothing; `variations` counts them.
/// - Limits: `openLimit` open insights, 100,000 groups remembered as known; `turnedAway` counts the rest.
package struct InsightDesk: Sendable {
  static let knownLimit = 100_000

  let settings: InsightSettings
  let writer: InsightWriter
  var open: [OpenInsight] = []
  var known: Set<GroupID> = []
  var templates = KnownErrors()
  var silences = SilenceWatch()
  package internal(set) var loneGroups = LoneGroups()
  var young = YoungGroups()
  var recentNew: [Minute] = []
  /// Complete minutes of the run so far.
  package private(set) var completeMinutes = 0
  package private(set) var turnedAway = 0
  /// The least score that is told, where a budget sets one: see `Insight.score`.
  package var leastScore: Double?
  /// Scores of the minute's insights that opened or were withheld.
  package private(set) var candidates: [Double] = []
  /// Of them, how many were withheld.
  package private(set) var withheld = 0
  /// New error groups that were no news.
  package internal(set) var variations = 0
  private var events: [InsightEvent] = []

  package init(settings: InsightSettings = InsightSettings()) {
    self.settings = settings
    writer = InsightWriter(inputName: settings.inputName)
  }

  /// Insights that are open now, by start and id.
  package var openInsights: [Insight] {
    open.map(\.insight).sorted { ($0.start, $0.id) < ($1.start, $1.id) }
  }

  /// Judges a closed minute, with all findings on it.
  package mutating func close(
    _ facts: MinuteFacts, findings: [Finding], casebook: some Casebook
  ) -> [InsightEvent] {
    if facts.isGap { return [] }
    events.removeAll(keepingCapacity: true)
    candidates.removeAll(keepingCapacity: true)
    withheld = 0
    follow(findings)
    let fresh = newGroups(facts, casebook)
    let openings = findings.filter { $0.kind == .opens }.sorted { Self.rank($0) < Self.rank($1) }
    for finding in openings {
      if finding.reading.name == "error_share" {
        openErrorShare(finding, facts, casebook)
      } else if finding.reading.name == "silence" {
        openSilence(finding, facts, casebook)
      } else if finding.reading.name == "drop" {
        openDrop(finding, facts, casebook)
      } else {
        take(finding, fresh, facts, casebook)
      }
    }
    open(fresh, facts, casebook)
    open(company(facts, casebook), facts, casebook)
    openCrashLoops(facts, casebook)
    openSilences(facts, casebook)
    for index in open.indices { refresh(index, facts) }
    endWhatIsOver(facts)
    loneGroups.close(facts.minute)
    for service in young.close(after: completeMinutes) { loneGroups.book(service, facts.minute) }
    completeMinutes += 1
    return events.sorted {
      ($0.insight.id, $0.change == .opened ? 0 : 1) < ($1.insight.id, $1.change == .opened ? 0 : 1)
    }
  }

  /// Goes on from what earlier runs knew.
  ///
  /// - Parameters:
  ///   - minutes: complete ones that were learned.
  ///   - errors: templates of errors, and their services.
  ///   - loneGroups: which services' new errors are often single entries.
  ///   - lasts: whether a series is above its usual by what was known; what is open of others ends.
  package mutating func resume(
    after minutes: Int, errors: [(template: String, service: Symbol)],
    loneGroups: LoneGroups,
    lasts: (SeriesKey) -> Bool, shareLasts: Bool
  ) {
    completeMinutes = minutes
    self.loneGroups = loneGroups
    for error in errors { _ = templates.note(error.template, of: error.service) }
    for index in open.indices {
      let isShare = if case .errorShare = open[index].subject { true } else { false }
      open[index].series.removeAll { isShare ? !shareLasts : !lasts($0) }
    }
  }

  /// A group's entries count for another from now on.
  package mutating func moved(from: GroupID, to: GroupID) {
    if known.remove(from) != nil { known.insert(to) }
    young.moved(from: from, to: to)
    for index in open.indices {
      if open[index].group == from { open[index].group = to }
      open[index].companions = open[index].companions.map { $0 == from ? to : $0 }
      open[index].series = open[index].series.map { $0 == .group(from) ? .group(to) : $0 }
    }
  }

  /// Groups first, largest excess first; then services' errors, all errors, services' volumes.
  private static func rank(_ finding: Finding) -> (Int, Double, SeriesKey) {
    let order =
      switch finding.series {
      case .group: 0
      case .serviceErrors: 1
      case .allErrors: 2
      case .service: 3
      }
    return (order, finding.reading.typical - finding.reading.actual, finding.series)
  }

  /// Books what open spikes did in the minute.
  private mutating func follow(_ findings: [Finding]) {
    for finding in findings where finding.reading.name != "two_sigma" {
      let isShare = finding.reading.name == "error_share"
      switch finding.kind {
      case .lasts:
        if isShare { _ = raise(to: finding.reading.actual) }
        for index in open.indices where holds(open[index], finding, isShare) {
          open[index].lastActive = finding.minute
          if isAbout(open[index], finding) {
            grow(index, to: finding.reading)
            last(index, finding)
          }
        }
      case .ends, .newLevel:
        for index in open.indices where holds(open[index], finding, isShare) {
          open[index].series.removeAll { $0 == finding.series }
          if finding.kind == .newLevel { open[index].endReason = finding.kind.rawValue }
        }
      case .exceeds, .opens: break
      }
    }
  }

  private func holds(_ insight: OpenInsight, _ finding: Finding, _ isShare: Bool) -> Bool {
    let isWanted =
      switch insight.subject {
      case .errorShare: isShare
      case .drop: finding.reading.name == "drop"
      case .spike, .newGroup, .silence, .crashLoop: !isShare && finding.reading.name != "drop"
      }
    return isWanted && insight.series.contains(finding.series)
  }

  /// Whether the insight's own figures are those of the finding's series, and grow with its count.
  private func isAbout(_ insight: OpenInsight, _ finding: Finding) -> Bool {
    insight.series.first == finding.series && finding.reading.name != "drop"
  }

  private mutating func last(_ index: Int, _ finding: Finding) {
    let reading = finding.reading
    guard case .spike = open[index].subject, open[index].isComplaint,
      reading.unit.hasSuffix("/min")
    else { return }
    let sum = open[index].book(Int(reading.actual), in: finding.minute)
    raise(index, to: Gravity.ofLasting(sum: sum, typical: reading.typical))
  }

  private mutating func grow(_ index: Int, to reading: DetectorReading) {
    guard reading.unit == open[index].insight.detector?.unit, reading.actual > open[index].peak
    else { return }
    let isMuch = reading.actual >= 2 * open[index].peak
    open[index].peak = reading.actual
    guard isMuch else { return }
    open[index].insight.detector = reading
    events.append(InsightEvent(.grew, open[index].insight))
  }

  /// Joins a finding to the insight that it belongs to, or opens one.
  private mutating func take(
    _ finding: Finding, _ fresh: [FreshGroup], _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    let why = Explanation(finding, facts, casebook)
    if let index = home(of: finding, why) {
      open[index].lastActive = max(open[index].lastActive, finding.minute)
      if !open[index].series.contains(finding.series) { open[index].series.append(finding.series) }
      if let group = why.group { open[index].adopt(group) }
      let severity = Gravity.ofSpike(
        finding.reading, isComplaint: why.isComplaint, worst: why.worst)
      if severity > open[index].insight.severity {
        open[index].insight.severity = severity
        open[index].insight.detector = finding.reading
        tellGrowth(index)
      }
      return
    }
    let new = fresh.first { $0.id == why.group }
    var insight = writer.spike(finding, why, facts, casebook)
    if let new {
      let severity = insight.severity
      insight = writer.newGroup(
        new.profile, entries: new.entries, reading: finding.reading, after: completeMinutes, facts,
        casebook)
      insight.severity = max(severity, insight.severity)
      recentNew.append(facts.minute)
    }
    add(
      OpenInsight(
        subject: new == nil ? .spike : .newGroup, insight: insight, service: why.service,
        group: why.group,
        series: [finding.series], isComplaint: why.isComplaint, onset: finding.since,
        lastActive: finding.minute, peak: finding.reading.actual))
  }

  /// The open insight that explains a finding, or nil.
  private func home(of finding: Finding, _ why: Explanation) -> Int? {
    if let group = why.group,
      let same = open.firstIndex(where: { $0.concerns(group) })
    {
      return same
    }
    return open.firstIndex { candidate in
      switch candidate.subject {
      case .errorShare, .silence, .drop: return false
      case .newGroup
      where candidate.peak * 5 < finding.reading.actual / Double(finding.reading.minutes):
        return false
      case .crashLoop, .spike, .newGroup: break
      }
      let isNear = candidate.began(near: finding.since) || candidate.began(near: finding.minute)
      if why.service.isNone {
        return why.isComplaint && why.group == nil && candidate.isComplaint && isNear
      }
      guard candidate.service == why.service else { return false }
      if !why.isComplaint { return isNear }
      return candidate.isComplaint && (isNear || why.group == nil)
    }
  }

  mutating func add(_ insight: OpenInsight) {
    guard open.count < settings.openLimit else {
      turnedAway += 1
      return
    }
    let score = insight.insight.score
    candidates.append(score)
    if let leastScore, score < leastScore {
      withheld += 1
      return
    }
    open.append(insight)
    open[open.count - 1].isEarly = isEarly
    events.append(InsightEvent(.opened, insight.insight))
  }

  /// A new group goes on as long as entries of it or of its companions come.
  private mutating func refresh(_ index: Int, _ facts: MinuteFacts) {
    guard case .newGroup = open[index].subject else { return }
    let groups = [open[index].group].compactMap { $0 } + open[index].companions
    let entries = groups.reduce(0) { $0 + facts.entries(of: $1) }
    guard entries > 0 else { return }
    open[index].lastActive = facts.minute
    let worst = facts.groups.reduce(Severity.error) {
      groups.contains($1.group) ? max($0, $1.severity) : $0
    }
    let sum = open[index].book(entries, in: facts.minute)
    raise(index, to: severity(ofNew: sum, worst, isEarly: open[index].isEarly))
  }

  private mutating func raise(_ index: Int, to severity: FindingSeverity) {
    guard severity > open[index].insight.severity else { return }
    open[index].insight.severity = severity
    tellGrowth(index)
  }

  /// Makes the gravest open complaint as grave as a share of errors; false where none is a warning.
  mutating func raise(to share: Double) -> Bool {
    let complaints = open.indices.filter {
      open[$0].isComplaint && open[$0].insight.severity >= .warning
    }
    let gravest = complaints.max {
      let (left, right) = (open[$0], open[$1])
      return left.insight.severity != right.insight.severity
        ? left.insight.severity < right.insight.severity : left.lastActive < right.lastActive
    }
    guard let gravest else { return false }
    raise(gravest, to: Gravity.ofErrorShare(share))
    return true
  }

  /// Tells of an insight's growth, unless its opening in the same minute tells of it already.
  private mutating func tellGrowth(_ index: Int) {
    let insight = open[index].insight
    if let told = events.firstIndex(where: { $0.insight.id == insight.id && $0.change == .opened })
    {
      events[told].insight = insight
    } else {
      events.append(InsightEvent(.grew, insight))
    }
  }

  private mutating func endWhatIsOver(_ facts: MinuteFacts) {
    for index in open.indices.reversed() {
      let lasted = facts.minute.number - open[index].onset.number
      let isOver =
        switch open[index].subject {
        case .spike, .errorShare, .drop: open[index].series.isEmpty
        case .newGroup:
          open[index].series.isEmpty
            && (lasted >= 60
              || facts.minute.number - open[index].lastActive.number >= settings.quietMinutes)
        case .silence: silences.quiet(open[index].service) == 0 || lasted >= 60
        case .crashLoop: open[index].series.isEmpty && open[index].lastActive < facts.minute
        }
      guard isOver else { continue }
      switch open[index].subject {
      case .newGroup, .silence: if lasted >= 60 { open[index].endReason = "new_level" }
      case .spike, .errorShare, .crashLoop, .drop: break
      }
      if case .newGroup = open[index].subject, open[index].isLone {
        loneGroups.book(open[index].service, facts.minute)
      }
      events.append(InsightEvent(.ended, ended(open[index], facts)))
      open.remove(at: index)
    }
  }

  private func ended(_ open: OpenInsight, _ facts: MinuteFacts) -> Insight {
    var insight = open.insight
    insight.status = .ended
    insight.decidedAt = facts.minute.end
    insight.closedByClock = facts.closedByClock
    insight.end = open.lastActive.end
    insight.endReason = open.endReason
    let minutes = max(1, Int(clamping: open.lastActive.number - open.onset.number + 1))
    insight.summary +=
      open.endReason == "new_level"
      ? " It has lasted for an hour and is taken as the new level."
      : " It lasted \(Phrases.count(minutes, "minute", "minutes")), until "
        + "\(Phrases.clock(open.lastActive.end)) UTC."
    if case .spike = open.subject, let reading = insight.detector, open.peak > reading.actual {
      insight.summary += " At its peak it was \(Phrases.number(open.peak)) in a minute."
    }
    return insight
  }
}
