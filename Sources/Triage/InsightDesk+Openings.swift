internal import Flow
internal import Model

/// Openings that need no spike: new groups, the share of errors, crash loops, silences.
extension InsightDesk {
  struct FreshGroup {
    var profile: GroupProfile
    var entries: Int
    var id: GroupID { profile.reference.id }
  }

  /// Error groups never seen before that vary no known one, those with most entries first; none before
  /// the warm-up is over, on the run's first day those that come often at once. A variation joins what is open in its service.
  mutating func newGroups(
    _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> [FreshGroup] {
    recentNew.removeAll { $0.number <= facts.minute.number - 60 }
    var fresh: [FreshGroup] = []
    for group in facts.groups where group.severity.isError && loneGroups.isWaiting(group.group) {
      guard loneGroups.comesAgain(group.group, facts.minute),
        let profile = casebook.profile(of: group.group)
      else { continue }
      fresh.append(FreshGroup(profile: profile, entries: group.entries + 1))
    }
    for group in facts.groups where young.isWaiting(group.group) {
      guard let entries = young.comesAgain(group.group, group.entries, after: completeMinutes),
        let profile = casebook.profile(of: group.group)
      else { continue }
      fresh.append(FreshGroup(profile: profile, entries: entries))
    }
    for group in facts.groups where group.severity.isError && !known.contains(group.group) {
      if known.count < Self.knownLimit { known.insert(group.group) }
      guard let profile = casebook.profile(of: group.group) else { continue }
      let service = profile.services.first ?? .none
      let isVariation = templates.note(profile.reference.template, of: service)
      guard completeMinutes >= settings.warmUp, profile.firstSeen >= facts.minute.start
      else { continue }
      if isVariation {
        variations += 1
        if let index = open.firstIndex(where: { $0.isComplaint && $0.service == service }) {
          open[index].adopt(group.group)
        }
        continue
      }
      if completeMinutes < YoungGroups.day, group.severity <= .critical,
        !young.begins(group.group, of: service, group.entries, after: completeMinutes)
      {
        continue
      }
      if group.entries == 1, group.severity == .error,
        loneGroups.holdsBack(group.group, of: service, facts.minute)
      {
        continue
      }
      fresh.append(FreshGroup(profile: profile, entries: group.entries))
    }
    return fresh.sorted { ($1.entries, $0.id.number) < ($0.entries, $1.id.number) }
  }

  /// New errors that wait for more and began beside errors that are a warning at least, within two minutes.
  mutating func company(_ facts: MinuteFacts, _ casebook: some Casebook) -> [FreshGroup] {
    guard young.hasWaiting,
      open.contains(where: {
        $0.isComplaint && $0.insight.type != .performance && $0.insight.severity >= .warning
          && $0.began(near: facts.minute)
      })
    else { return [] }
    return young.releaseLatest(after: completeMinutes).compactMap { group, entries in
      casebook.profile(of: group).map { FreshGroup(profile: $0, entries: entries) }
    }
  }

  mutating func open(
    _ fresh: [FreshGroup], _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    for group in fresh where !open.contains(where: { $0.concerns(group.id) }) {
      let service = group.profile.services.first ?? .none
      if let index = open.firstIndex(where: {
        $0.isComplaint && !service.isNone && $0.service == service && $0.began(near: facts.minute)
      }) {
        open[index].adopt(group.id)
        open[index].lastActive = facts.minute
        continue
      }
      if recentNew.count >= settings.newGroupsPerHour, group.entries < 5 { continue }
      recentNew.append(facts.minute)
      var insight = writer.newGroup(
        group.profile, entries: group.entries, after: completeMinutes, facts, casebook)
      insight.severity = severity(
        ofNew: group.entries, group.profile.severity, isEarly: isEarly)
      add(
        OpenInsight(
          subject: .newGroup, insight: insight, service: service, group: group.id,
          isComplaint: true, onset: facts.minute, lastActive: facts.minute,
          peak: Double(group.entries)))
    }
  }

  /// In the run's first hour much is seen for the first time.
  var isEarly: Bool { completeMinutes < 60 }

  /// How grave a new group is by its entries of the last five minutes. For what came in the run's first
  /// hour ten entries make a warning, not three.
  func severity(ofNew entries: Int, _ worst: Severity, isEarly: Bool) -> FindingSeverity {
    if isEarly, entries < 10, worst < .critical { return .info }
    return Gravity.ofNewGroup(entries: entries, worst: worst)
  }

  /// Tells of a large share of errors, or raises what explains it.
  mutating func openErrorShare(
    _ finding: Finding, _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    if raise(to: finding.reading.actual) { return }
    add(
      OpenInsight(
        subject: .errorShare, insight: writer.errorShare(finding, facts, casebook), service: .none,
        group: nil, series: [finding.series], isComplaint: true, onset: finding.since,
        lastActive: finding.minute, peak: finding.reading.actual))
  }

  /// Tells who has fallen silent, and books for how long those told are.
  mutating func openSilences(_ facts: MinuteFacts, _ casebook: some Casebook) {
    for silence in silences.close(facts) { tell(silence, facts, casebook) }
    for index in open.indices {
      guard case .silence = open[index].subject, silences.quiet(open[index].service) > 0
      else { continue }
      open[index].lastActive = facts.minute
    }
  }

  /// Tells of a silence that a service's seasonal profile found.
  mutating func openSilence(
    _ finding: Finding, _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    guard case .service(let service) = finding.series else { return }
    let reading = finding.reading
    tell(
      SilenceWatch.Silence(
        service: service, since: finding.since,
        rate: reading.typical / Double(max(1, reading.minutes)),
        probability: reading.probability ?? 0),
      facts, casebook)
  }

  private mutating func tell(
    _ silence: SilenceWatch.Silence, _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    let isTold = open.contains {
      if case .silence = $0.subject { return $0.service == silence.service }
      return false
    }
    if isTold { return }
    add(
      OpenInsight(
        subject: .silence, insight: writer.silence(silence, facts, casebook),
        service: silence.service, group: nil, isComplaint: false, onset: silence.since,
        lastActive: facts.minute, peak: 0))
  }

  /// Tells of a service's entries that fell to a third or less, unless it is silent.
  mutating func openDrop(
    _ finding: Finding, _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    guard case .service(let service) = finding.series else { return }
    if open.contains(where: { $0.service == service && !$0.isComplaint }) { return }
    add(
      OpenInsight(
        subject: .drop, insight: writer.drop(finding, service, facts, casebook),
        service: service, group: nil, series: [finding.series], isComplaint: false,
        onset: finding.since, lastActive: facts.minute, peak: 0))
  }

  mutating func openCrashLoops(
    _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    for loop in CrashLoops.find(at: facts.minute.end, casebook) {
      let same = open.firstIndex {
        if case .crashLoop(let name) = $0.subject {
          return $0.service == loop.service && name == loop.name
        }
        return false
      }
      if let same {
        open[same].lastActive = facts.minute
        continue
      }
      add(
        OpenInsight(
          subject: .crashLoop(loop.name), insight: writer.crashLoop(loop, facts, casebook),
          service: loop.service, group: nil, isComplaint: true,
          onset: loop.since.minute, lastActive: facts.minute,
          peak: Double(loop.count)))
    }
  }
}
