internal import Flow
internal import Model

/// The words of shift insights.
extension InsightWriter {
  /// Nil where there is nothing to name.
  func shift(
    _ finding: ShiftFinding, _ profile: GroupProfile?, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) -> Insight? {
    var insight: Insight?
    switch finding.kind {
    case .lineAbsent: insight = absence(finding, profile, facts, casebook)
    case .groupGone: insight = gone(finding, profile, facts, casebook)
    case .groupRare: insight = rare(finding, profile, facts, casebook)
    case .numeric: insight = numeric(finding, profile, facts, casebook)
    case .token: insight = token(finding, profile, facts, casebook)
    case .status: insight = status(finding, facts, casebook)
    case .level: insight = level(finding, facts, casebook)
    }
    insight?.attribution = finding.attribution
    return insight
  }

  private func absence(
    _ finding: ShiftFinding, _ profile: GroupProfile?, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) -> Insight? {
    guard let profile else { return nil }
    let service = casebook.name(of: finding.service)
    let host = casebook.name(of: finding.host)
    let line = Phrases.quoted(profile.reference.template)
    let every = "every \(ShiftPhrases.span(finding.reading.typical))"
    let quiet = ShiftPhrases.span(finding.reading.actual)
    let title: String
    switch finding.scope {
    case .host: title = "\(host): no entries of this host, its \(line) comes \(every)"
    case .service: title = "\(prefix(service))no entries, its \(line) comes \(every)"
    case .line: title = "\(prefix(service))\(line) has not come for \(quiet), usually \(every)"
    }
    let isWhole = finding.scope != .line
    let severity: FindingSeverity =
      profile.severity >= .warning
      ? .info : isWhole || HeartbeatWords.areIn(profile, service) ? .warning : .info
    var insight = insight(
      .absence, severity, category: profile.category, at: facts.minute.start,
      since: finding.since, facts, title: title,
      summary:
        "Last at \(Phrases.seconds(finding.since)) UTC, \(quiet) ago; "
        + "it came \(every) (\(finding.reading.count) times so far).",
      service: finding.service, subject: finding.scope == .host ? host : nil, profile: profile,
      reading: finding.reading, casebook)
    insight.service = service.isEmpty || finding.scope == .host ? nil : service
    if finding.scope == .host { insight.reproduce = nil }
    if !host.isEmpty { insight.host = host }
    return insight
  }

  private func gone(
    _ finding: ShiftFinding, _ profile: GroupProfile?, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) -> Insight? {
    guard let profile else { return nil }
    let service = casebook.name(of: finding.service)
    let quiet = ShiftPhrases.span((finding.reading.score ?? 0) * 60)
    return insight(
      .goneGroup, .info, category: profile.category, at: facts.minute.start,
      since: finding.since, facts,
      title:
        "\(prefix(service))\(Phrases.quoted(profile.reference.template)) comes no more, "
        + "usually \(Phrases.number(finding.reading.typical)) a minute",
      summary:
        "Last at \(Phrases.seconds(finding.since)) UTC, \(quiet) ago, while its service goes on.",
      service: finding.service, profile: profile, reading: finding.reading, casebook)
  }

  private func rare(
    _ finding: ShiftFinding, _ profile: GroupProfile?, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) -> Insight? {
    guard let profile else { return nil }
    let service = casebook.name(of: finding.service)
    let before = finding.reading.count
    return insight(
      .rareGroup, .info, category: profile.category, at: facts.minute.start,
      since: finding.since, facts,
      title: "\(prefix(service))rare \(Phrases.quoted(profile.reference.template))",
      summary: before == 0
        ? "Never before in this run."
        : "Only \(Phrases.count(before, "time", "times")) before in this run.",
      service: finding.service, profile: profile, reading: finding.reading, casebook)
  }

  private func numeric(
    _ finding: ShiftFinding, _ profile: GroupProfile?, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) -> Insight? {
    guard let profile else { return nil }
    let service = casebook.name(of: finding.service)
    let reading = finding.reading
    let ratio = reading.score ?? 1
    let actual = ShiftPhrases.value(reading.actual, finding.measure)
    let typical = ShiftPhrases.value(reading.typical, finding.measure)
    let place = finding.place.isEmpty ? "a \(finding.measure)" : finding.place
    let severity: FindingSeverity =
      finding.measure == .duration && ratio >= 3 ? .warning : .info
    return insight(
      .numericShift, severity,
      category: finding.measure == .duration ? .performance : profile.category,
      at: facts.minute.start, since: finding.since, facts,
      title:
        "\(prefix(service))\(place) \(actual), usually \(typical), in "
        + Phrases.quoted(profile.reference.template),
      summary:
        "Since \(Phrases.clock(finding.since)) UTC: \(actual) where \(typical) is usual, "
        + "\(Phrases.number(max(ratio, 1 / max(ratio, 1e-9)))) times as "
        + "\(ratio >= 1 ? "much" : "little"), by \(reading.count) samples.",
      service: finding.service, profile: profile, reading: reading, casebook)
  }

  private func token(
    _ finding: ShiftFinding, _ profile: GroupProfile?, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) -> Insight? {
    guard let profile, let most = finding.attribution.first else { return nil }
    let service = casebook.name(of: finding.service)
    let share = Phrases.percent(finding.reading.actual)
    let usual =
      finding.reading.typical < 0.005
      ? "usually none" : "usually \(Phrases.percent(finding.reading.typical))"
    let place = finding.place.isEmpty ? "value" : finding.place
    return insight(
      .tokenShift, .info, category: profile.category, at: facts.minute.start,
      since: finding.since, facts,
      title:
        "\(prefix(service))\(place) \(Phrases.quoted(most.value)) in \(share), \(usual), of "
        + Phrases.quoted(profile.reference.template),
      summary:
        "Since \(Phrases.clock(finding.since)) UTC \(share) of \(finding.reading.count) sampled "
        + "entries have \(Phrases.quoted(most.value)) there, \(usual).",
      service: finding.service, profile: profile, reading: finding.reading, casebook)
  }

  private func status(
    _ finding: ShiftFinding, _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> Insight? {
    let service = casebook.name(of: finding.service)
    let reading = finding.reading
    let share = Phrases.percent(reading.actual)
    let usual = Phrases.percent(reading.typical)
    let isServer = finding.place == "5xx"
    let severity: FindingSeverity =
      isServer ? (reading.actual >= 0.25 ? .error : .warning) : .info
    return insight(
      .statusShift, severity, category: .application, at: facts.minute.start,
      since: finding.since, facts,
      title: "\(prefix(service))\(share) of HTTP answers are \(finding.place), usually \(usual)",
      summary:
        "Since \(Phrases.clock(finding.since)) UTC \(share) of \(reading.count) answers are "
        + "\(finding.place), where \(usual) are usual.",
      service: finding.service, profile: nil, reading: reading, casebook)
  }

  private func level(
    _ finding: ShiftFinding, _ facts: MinuteFacts, _ casebook: some Casebook
  ) -> Insight? {
    let service = casebook.name(of: finding.service)
    let reading = finding.reading
    let hours = max(1, (facts.minute.number - finding.since.minute.number) / 60)
    let (actual, usual) = (Phrases.number(reading.actual), Phrases.number(reading.typical))
    return insight(
      .changePoint, .warning, category: .application, at: facts.minute.start,
      since: finding.since, facts,
      title: "\(prefix(service))errors have come to \(actual) an hour, usually \(usual)",
      summary:
        "Since \(ShiftPhrases.moment(finding.since, since: facts.minute.start)) UTC: \(actual) an hour over "
        + "\(Phrases.count(Int(clamping: hours), "hour", "hours")), where \(usual) are usual at this time and for this traffic.",
      service: finding.service, profile: nil, reading: reading, casebook)
  }
}

/// Spans and measures as a person writes them.
enum ShiftPhrases {
  /// `45 s`, `5 min`, `2.5 h`.
  static func span(_ seconds: Double) -> String {
    if seconds < 120 { return "\(Phrases.number(seconds)) s" }
    if seconds < 7200 { return "\(Phrases.number(seconds / 60)) min" }
    return "\(Phrases.number(seconds / 3600)) h"
  }

  /// `45 minutes`, `18 hours`, `3 days`.
  static func length(from start: Timestamp, to end: Timestamp) -> String {
    let minutes = max(1, Int(clamping: end.minute.number - start.minute.number))
    if minutes < 120 { return Phrases.count(minutes, "minute", "minutes") }
    if minutes < 2880 { return "\(Phrases.number(Double(minutes) / 60)) hours" }
    return "\(Phrases.number(Double(minutes) / 1440)) days"
  }

  /// A minute of a day, with its date where it is half a day and more from `start`.
  static func moment(_ time: Timestamp, since start: Timestamp) -> String {
    guard abs(time.minute.number - start.minute.number) >= 720 else { return Phrases.clock(time) }
    return "\(Phrases.stamp(time).prefix(10)) \(Phrases.clock(time))"
  }

  static func value(_ value: Double, _ measure: Measure) -> String {
    switch measure {
    case .number: return significant(value)
    case .duration:
      if value >= 120 { return span(value) }
      if value >= 1 { return "\(significant(value)) s" }
      return value >= 1e-3 ? "\(significant(value * 1e3)) ms" : "\(significant(value * 1e6)) µs"
    case .size:
      if value >= 1e9 { return "\(significant(value / 1e9)) GB" }
      if value >= 1e6 { return "\(significant(value / 1e6)) MB" }
      return value >= 1e3 ? "\(significant(value / 1e3)) kB" : "\(significant(value)) bytes"
    }
  }

  private static func significant(_ value: Double) -> String {
    if value > 0, value < 0.095 { return "0.0\(max(1, Int((value * 100).rounded())))" }
    return Phrases.number(value)
  }
}

/// Words of lines that somebody waits for.
enum HeartbeatWords {
  private static let words = [
    "heartbeat", "heart beat", "keepalive", "keep-alive", "keep alive", "alive", "watchdog", "ping",
    "health", "backup", "cron", "cmd", "schedul", "replicat", "sync", "snapshot", "scrape", "poll",
    "lease", "renew", "checkpoint", "rotate", "timer", "report",
  ]

  static func areIn(_ profile: GroupProfile, _ service: String) -> Bool {
    let text = (profile.reference.template + " " + service).lowercased()
    return words.contains { text.contains($0) }
  }
}
