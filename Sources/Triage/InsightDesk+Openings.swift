internal import Flow
internal import Model

/// Openings that need no spike: new groups, the share of errors, crash loops.
extension InsightDesk {
  struct FreshGroup {
    var profile: GroupProfile
    var entries: Int
    var id: GroupID { profile.reference.id }
  }

  /// Error groups never seen before, those with most entries first; none before the warm-up is over.
  mutating func newGroups(
    _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> [FreshGroup] {
    recentNew.removeAll { $0.number <= facts.minute.number - 60 }
    var fresh: [FreshGroup] = []
    for group in facts.groups where group.severity.isError && !known.contains(group.group) {
      if known.count < Self.knownLimit { known.insert(group.group) }
      guard completeMinutes >= settings.warmUp, let profile = casebook.profile(of: group.group),
        profile.firstSeen >= facts.minute.start
      else { continue }
      fresh.append(FreshGroup(profile: profile, entries: group.entries))
    }
    return fresh.sorted { ($1.entries, $0.id.number) < ($0.entries, $1.id.number) }
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
      add(
        OpenInsight(
          subject: .newGroup,
          insight: writer.newGroup(group.profile, entries: group.entries, facts, casebook),
          service: service, group: group.id, isComplaint: true, onset: facts.minute,
          lastActive: facts.minute, peak: Double(group.entries)))
    }
  }

  mutating func openErrorShare(
    _ finding: Finding, _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    let isExplained = open.contains { $0.isComplaint && $0.insight.severity >= .warning }
    guard !isExplained else { return }
    add(
      OpenInsight(
        subject: .errorShare, insight: writer.errorShare(finding, facts, casebook), service: .none,
        group: nil, series: [finding.series], isComplaint: true, onset: finding.since,
        lastActive: finding.minute, peak: finding.reading.actual))
  }

  mutating func openCrashLoops(
    _ facts: MinuteFacts, _ casebook: some Casebook
  ) {
    for (service, restarts) in CrashLoops.find(at: facts.minute.end, casebook) {
      let same = open.firstIndex {
        if case .crashLoop = $0.subject { return $0.service == service }
        return false
      }
      if let same {
        open[same].lastActive = facts.minute
        continue
      }
      add(
        OpenInsight(
          subject: .crashLoop,
          insight: writer.crashLoop(service, restarts: restarts, facts, casebook),
          service: service, group: nil, isComplaint: true,
          onset: (restarts.map(\.at).min() ?? facts.minute.start).minute, lastActive: facts.minute,
          peak: Double(restarts.count)))
    }
  }
}
