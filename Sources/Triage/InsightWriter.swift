internal import Flow
internal import Model

/// Writes insights: their words, ids and the evidence that the casebook has for them.
struct InsightWriter: Sendable {
  let inputName: String

  func spike(
    _ finding: Finding, _ why: Explanation, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) -> Insight {
    let profile = why.group.flatMap { casebook.profile(of: $0) }
    let service = casebook.name(of: why.service)
    let reading = finding.reading
    let noun = why.isComplaint ? (why.worst == .warning ? "warnings" : "errors") : "entries"
    let type: InsightType =
      switch profile?.category {
      case .performance?: .performance
      case .security?: .security
      default: .spike
      }
    let ofGroup: Bool
    if case .group = finding.series { ofGroup = true } else { ofGroup = false }
    let actual = Phrases.number(reading.actual)
    let usual = Phrases.usual(reading.typical)
    let span = Phrases.span(reading.minutes)
    var title: String
    if let profile {
      title =
        "\(prefix(service))\(Phrases.quoted(profile.reference.template)) "
        + (ofGroup
          ? "\(actual) times \(span), \(usual)" : "among \(actual) \(noun) \(span), \(usual)")
    } else if service.isEmpty {
      title = "\(actual) \(noun) \(span) over all services, \(usual)"
    } else {
      title = "\(service): \(actual) \(noun) \(span), \(usual)"
    }
    let since = finding.since.start
    var summary =
      "Since \(Phrases.clock(since)) UTC: \(actual) \(ofGroup ? "such entries" : noun) "
      + (span == "a minute" ? "in a minute" : span)
    summary +=
      reading.typical < 0.05
      ? ", where there were none in \(Phrases.count(reading.count, "minute", "minutes")) before."
      : ", where \(Phrases.number(reading.typical)) are usual "
        + "(\(Phrases.count(reading.count, "minute", "minutes")) of history)."
    if !ofGroup, profile != nil {
      summary += " One message makes up \(Phrases.percent(why.share)) of them."
    }
    let severity = Gravity.ofSpike(
      reading, isComplaint: why.isComplaint, worst: why.worst)
    return insight(
      type, severity, category: profile?.category, at: finding.minute.start, since: since, facts,
      title: title, summary: summary, service: why.service, profile: profile, reading: reading,
      casebook)
  }

  func newGroup(
    _ profile: GroupProfile, entries: Int, reading given: DetectorReading? = nil,
    after minutes: Int, _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> Insight {
    let service = profile.services.first ?? .none
    let reading =
      given
      ?? DetectorReading(
        name: "new_group", actual: Double(entries), typical: 0,
        probability: Insight.chance(ofNew: entries, after: minutes), count: minutes,
        unit: "entries/min")
    let first = profile.firstSeen.isKnown ? profile.firstSeen : facts.minute.start
    return insight(
      .newGroup, Gravity.ofNewGroup(entries: entries, worst: profile.severity),
      category: profile.category, at: first, since: first, facts,
      title:
        "\(prefix(casebook.name(of: service)))new error \(Phrases.quoted(profile.reference.template))",
      summary:
        "First seen at \(Phrases.seconds(first)) UTC, "
        + "\(Phrases.count(entries, "entry", "entries")) in that minute; never before in this run.",
      service: service, profile: profile, reading: reading, casebook)
  }

  func errorShare(
    _ finding: Finding, _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> Insight {
    let reading = finding.reading
    return insight(
      .spike, Gravity.ofErrorShare(reading.actual), category: nil, at: finding.minute.start,
      since: finding.since.start, facts,
      title:
        "\(Phrases.percent(reading.actual)) of all entries are errors, usually "
        + Phrases.percent(reading.typical),
      summary:
        "Over the five minutes to \(Phrases.clock(finding.minute.end)) UTC, "
        + "\(Phrases.percent(reading.actual)) of \(reading.count) entries are errors.",
      service: .none, profile: nil, reading: reading, casebook)
  }

  func silence(
    _ silence: SilenceWatch.Silence, _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> Insight {
    let name = casebook.name(of: silence.service)
    let since = silence.since.start
    let reading = DetectorReading(
      name: "silence", actual: 0, typical: silence.rate, probability: silence.probability,
      count: SilenceWatch.minutes, unit: "entries/min")
    return insight(
      .absence, .warning, category: nil, at: facts.minute.start, since: since, facts,
      title: "\(name): no entries, usually \(Phrases.number(silence.rate)) a minute",
      summary:
        "Since \(Phrases.clock(since)) UTC \(name) has said nothing, where "
        + "\(Phrases.number(silence.rate)) entries a minute are usual.",
      service: silence.service, profile: nil, reading: reading, casebook)
  }

  func drop(
    _ finding: Finding, _ service: Symbol, _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> Insight {
    let name = casebook.name(of: service)
    let reading = finding.reading
    let (actual, usual) = (Phrases.number(reading.actual), Phrases.number(reading.typical))
    let span = Phrases.span(reading.minutes)
    return insight(
      .drop, .info, category: nil, at: finding.minute.start, since: finding.since.start, facts,
      title: "\(name): \(actual) entries \(span), usually \(usual)",
      summary:
        "Since \(Phrases.clock(finding.since.start)) UTC \(name) has written \(actual) entries "
        + "\(span), where \(usual) are usual.",
      service: service, profile: nil, reading: reading, casebook)
  }

  func crashLoop(
    _ loop: CrashLoops.Loop, _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> Insight {
    let first = loop.since
    let name = loop.name
    let reading = DetectorReading(
      name: "restarts", actual: Double(loop.count), typical: 0,
      upper: Double(CrashLoops.restarts), count: loop.count, unit: "restarts/10min")
    return insight(
      .crashLoop, .error, category: .system, at: facts.minute.start, since: first, facts,
      title: "\(name) restarted \(loop.count) times in 10 minutes",
      summary:
        "\(name) has been restarted \(loop.count) times since \(Phrases.seconds(first)) UTC.",
      service: loop.service, subject: name, profile: nil, reading: reading, casebook)
  }

  func insight(
    _ type: InsightType, _ severity: FindingSeverity, category: Category?, at: Timestamp,
    since: Timestamp, _ facts: MinuteFacts, title: String, summary: String, service: Symbol,
    subject: String? = nil, profile: GroupProfile?, reading: DetectorReading,
    _ casebook: some Casebook
  ) -> Insight {
    let name = subject ?? casebook.name(of: service)
    let id = Insight.id(type, subject: name, group: profile?.reference.id, since)
    var insight = Insight(
      id: id, type: type, category: category ?? .application, severity: severity, at: at,
      decidedAt: facts.minute.end, start: since, title: title, summary: summary)
    insight.closedByClock = facts.closedByClock
    insight.service = name.isEmpty ? nil : name
    insight.group = profile?.reference
    insight.detector = reading
    if let profile {
      let group = profile.reference.id
      let during = profile.exemplars.filter { $0.at >= since }
      insight.exemplars = Array((during.isEmpty ? profile.exemplars : during).prefix(2))
      insight.precededBy = casebook.preceding(group: group, before: since.minute.end, limit: 3)
      insight.contexts = casebook.contexts(of: group)
      let hosts = casebook.hosts(of: group)
      if let host = hosts.first {
        let name = casebook.name(of: host)
        insight.host = name.isEmpty ? nil : name
      }
    }
    insight.summary += changes(before: since, service, casebook)
    if let before = insight.precededBy.first {
      insight.summary +=
        " Just before\(before.service.map { ", in \($0)" } ?? ""): "
        + Phrases.quoted(before.group.template) + "."
    }
    insight.reproduce = reproduce(service: name, from: since, facts.minute.end)
    return insight
  }

  /// What was deployed, restarted or booted in the ten minutes before, the service's own first.
  private func changes(
    before time: Timestamp, _ service: Symbol, _ casebook: some Casebook
  ) -> String {
    let span: Int64 = 600_000_000_000
    let changes = casebook.changes(
      from: time.advanced(byNanoseconds: -span), to: time.advanced(byNanoseconds: 60_000_000_000))
    let own = changes.first { $0.service == service && !service.isNone }
    guard let change = own ?? changes.first(where: { $0.kind != .restart }) else { return "" }
    let what = casebook.name(of: change.service)
    let verb =
      switch change.kind {
      case .deployment: "deployed"
      case .restart: "restarted"
      case .boot: "booted"
      }
    let subject = change.kind == .boot ? casebook.name(of: change.host) : what
    return
      " \(subject.isEmpty ? "Something" : subject) was \(verb) at \(Phrases.seconds(change.at)) UTC."
  }

  private func reproduce(service: String, from: Timestamp, _ to: Timestamp) -> String {
    let unit = service.isEmpty ? "" : " -u \(Phrases.shell(service))"
    return
      "taffrail groups\(unit) -S \(Phrases.stamp(from.minute.start)) -U \(Phrases.stamp(to)) "
      + Phrases.shell(inputName)
  }

  func prefix(_ service: String) -> String { service.isEmpty ? "" : "\(service): " }
}
