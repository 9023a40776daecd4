package import Model

/// Incidents, insights and alerts as text for a terminal: a block an incident, a line an alert.
///
/// All texts that came from logs are escaped; lines are cut to the style's width. Redaction comes
/// before.
package struct EventText: Sendable {
  package let style: TextStyle

  package init(style: TextStyle) { self.style = style }

  /// An incident with what is known of it: one block when it opens, a line when it closes.
  ///
  /// - Parameter insights: those that belong to it, the leading one first.
  package func text(_ incident: Incident, insights: [Insight]) -> String {
    guard incident.status == .open else {
      let end = incident.endsAt ?? incident.decidedAt
      return over("incident \(incident.id)", incident.title, incident.startsAt, end, nil)
    }
    var lines = [head(incident.severity, incident.title, "incident \(incident.id)")]
    lines += row("since", since(incident.startsAt, decided: incident.decidedAt))
    if !incident.services.isEmpty, insights.first?.host == nil || incident.services.count > 1 {
      lines += row("where", incident.services.joined(separator: ", "))
    } else if let leading = insights.first, let place = place(leading) {
      lines += row("where", place)
    }
    if let leading = insights.first { lines += evidence(leading) }
    for insight in insights.dropFirst() { lines += row("also", insight.title) }
    for suspect in incident.suspects.prefix(3) {
      let parts = [suspect.service, suspect.why, suspect.group?.template].compactMap(\.self)
      lines += row("suspect", parts.joined(separator: ": "))
    }
    if let look = insights.first?.reproduce { lines += row("look", look) }
    return block(lines)
  }

  /// An insight by itself: a block when it opens, a line when it ends.
  package func text(_ insight: Insight) -> String {
    guard insight.status == .open else {
      let end = insight.end ?? insight.decidedAt
      return over(
        insight.type.rawValue.replacing("_", with: " "), insight.title, insight.start, end,
        insight.endReason)
    }
    var lines = [head(insight.severity, insight.title, "insight \(insight.id)")]
    lines += row("since", since(insight.start, decided: insight.decidedAt))
    if let place = place(insight) { lines += row("where", place) }
    lines += evidence(insight)
    if let look = insight.reproduce { lines += row("look", look) }
    return block(lines)
  }

  package func text(_ alert: Alert) -> String {
    let isFiring = alert.status == .firing
    let time = isFiring ? alert.startsAt : alert.endsAt ?? alert.decidedAt
    let severity = alert.labels["severity"] ?? ""
    let name = alert.labels["alertname"] ?? ""
    let labels = alert.labels.filter { $0.key != "severity" && $0.key != "alertname" }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let words = [name, severity] + labels + [alert.annotations["summary"] ?? ""]
    let rest = TerminalText.escaped(words.filter { !$0.isEmpty }.joined(separator: "  "))
    let stamp = TextTime.stamp(time, style.zone)
    let state = isFiring ? "alert" : "resolved"
    let used = TerminalText.columns(stamp) + state.count + 2
    return style.paint(stamp, .faint) + " "
      + style.paint(state, isFiring ? .yellow : .green) + " "
      + TerminalText.cut(rest, to: style.columns.map { $0 - used }) + "\n"
  }

  // MARK: Parts

  private func head(_ severity: FindingSeverity, _ title: String, _ name: String) -> String {
    let word = severity.name.uppercased()
    let tail = "  \(name)"
    let limit = style.columns.map { $0 - word.count - 2 - tail.count }
    let shown = TerminalText.cut(TerminalText.escaped(title), to: limit)
    return style.paint(word, style.colour(of: severity)) + "  " + style.paint(shown, .bold)
      + style.paint(tail, .faint)
  }

  private func over(
    _ name: String, _ title: String, _ start: Timestamp, _ end: Timestamp, _ reason: String?
  ) -> String {
    let seconds = Double(end.nanoseconds &- start.nanoseconds) / 1e9
    let lasted = TextTime.duration(seconds: seconds)
    let why = reason.map { "; \($0.replacing("_", with: " "))" } ?? ""
    let times = "\(TextTime.span(start, end, style.zone)) (\(lasted)\(why))"
    let word = "OVER"
    let used = word.count + 4 + TerminalText.columns(times)
    let shown = TerminalText.escaped("\(name): \(title)")
    return style.paint(word, .green) + "  "
      + TerminalText.cut(shown, to: style.columns.map { $0 - used }) + "  "
      + style.paint(times, .faint) + "\n"
  }

  private func evidence(_ insight: Insight) -> [String] {
    var lines: [String] = []
    if let reading = insight.detector { lines += row("count", count(reading)) }
    if let group = insight.group {
      lines += row("group", "\(group.template)  \(group.id)")
    }
    if let exemplar = insight.exemplars.first {
      lines += row("example", exemplar.message)
      if !exemplar.reference.isEmpty { lines += row("", exemplar.reference) }
    }
    for (index, entry) in insight.precededBy.prefix(5).enumerated() {
      let lag = TextTime.duration(seconds: entry.lagSeconds)
      let service = entry.service.map { "\($0): " } ?? ""
      lines += row(index == 0 ? "before" : "", "\(lag) earlier  \(service)\(entry.group.template)")
    }
    return lines
  }

  private func count(_ reading: DetectorReading) -> String {
    let unit = reading.unit.isEmpty ? "" : " \(reading.unit)"
    var text = "\(TextNumber.short(reading.actual))\(unit)"
    if reading.typical.isFinite { text += ", usually \(TextNumber.short(reading.typical))" }
    let name = reading.name.replacing("_", with: " ")
    if let score = reading.score {
      text += "  (\(name) \(TextNumber.short(score)) over \(reading.count))"
    } else {
      text += "  (\(name))"
    }
    return text
  }

  private func place(_ insight: Insight) -> String? {
    switch (insight.service, insight.host) {
    case (let service?, let host?): "\(service) on \(host)"
    case (let service?, nil): service
    case (nil, let host?): host
    case (nil, nil): nil
    }
  }

  private func since(_ start: Timestamp, decided: Timestamp) -> String {
    let stamp = "\(TextTime.stamp(start, style.zone)) \(style.zone.offset(start).name)"
    guard decided > start else { return stamp }
    let seconds = Double(decided.nanoseconds &- start.nanoseconds) / 1e9
    return "\(stamp)  (seen \(TextTime.duration(seconds: seconds)) later)"
  }

  /// A label and its text, cut to the width.
  private func row(_ label: String, _ text: String) -> [String] {
    let width = 9
    let shown = TerminalText.cut(
      TerminalText.firstLine(text), to: style.columns.map { $0 - width - 2 })
    return ["  " + style.paint(TerminalText.padded(label, to: width), .faint) + shown]
  }

  private func block(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n\n" }
}
