internal import Bytes
internal import Detection
internal import Grouping
internal import Model
internal import Output
internal import Security
internal import Store
internal import Triage

/// What a state holds, in text and as JSON Lines.
struct StateListing {
  private struct Group {
    var id: String
    var template: String
    var count = 0
    var firstSeen = Timestamp.unknown
    var lastSeen = Timestamp.unknown
    var severity = Severity.unknown
  }

  private let path: String
  private let limit: Int
  private var since = Timestamp.unknown
  private var through = Timestamp.unknown
  private var series = 0
  private var profiles = 0
  private var shapes = 0
  /// Rows that can't be read.
  private(set) var damaged = 0
  private var groups: [Group] = []

  init(_ state: KeptState, path: String, limit: Int) {
    self.path = path
    self.limit = limit
    if let learned = state.learned {
      since = Minute(number: learned.lowerBound).start
      through = Minute(number: learned.upperBound).end
    }
    for row in state.baselines {
      guard let kept = SpikeWatch.look(at: row.bytes) else {
        damaged += 1
        continue
      }
      series += 1
      if kept.hasProfile { profiles += 1 }
    }
    for (name, bytes) in state.parts where !Self.isWell(name, bytes) { damaged += 1 }
    read(state.shapes)
  }

  private static func isWell(_ name: String, _ bytes: [UInt8]) -> Bool {
    switch name {
    case "counts": SpikeWatch.isHead(bytes)
    case "error_share": ErrorShare(sealed: bytes, version: StateMaker.partVersion) != nil
    case "gone": GoneWatch(kept: bytes, KeptNames()) != nil
    case "rare": RareWatch(kept: bytes, KeptNames()) != nil
    case "statuses": StatusWatch(kept: bytes, KeptNames()) != nil
    case "absences": AbsenceWatch(kept: bytes, KeptNames()) != nil
    case "levels": LevelWatch(kept: bytes, KeptNames()) != nil
    case "security": SecurityDesk.latest(in: bytes) != nil
    case "lone_groups": LoneGroups(kept: bytes, KeptNames()) != nil
    case "budget": AlertBudget.Past(sealed: bytes, version: StateMaker.partVersion) != nil
    default: false
    }
  }

  private mutating func read(_ rows: [KeptState.Shape]) {
    var places: [String: Int] = [:]
    for row in rows {
      guard
        let figures = KeptShape(text: row.text, kind: row.kind, bytes: row.bytes).figures
      else {
        damaged += 1
        continue
      }
      shapes += 1
      let place = places[row.group] ?? groups.count
      if place == groups.count {
        places[row.group] = place
        groups.append(
          Group(id: row.group, template: String(decoding: row.template, as: UTF8.self)))
      }
      groups[place].count += figures.count
      groups[place].severity = max(groups[place].severity, figures.severity)
      groups[place].lastSeen = max(groups[place].lastSeen, figures.lastSeen)
      let first = groups[place].firstSeen
      groups[place].firstSeen = first.isKnown ? min(first, figures.firstSeen) : figures.firstSeen
    }
    groups.sort { ($1.lastSeen, $0.id) < ($0.lastSeen, $1.id) }
  }

  var json: String {
    var line = JSONLine(kind: "state")
    line.pair("path", path)
    if since.isKnown {
      line.pair("since", since)
      line.pair("through", through)
    }
    line.pair("series", series)
    line.pair("profiles", profiles)
    line.pair("groups", groups.count)
    line.pair("shapes", shapes)
    line.pair("damaged", damaged)
    var text = line.text()
    for group in groups.prefix(limit) {
      var line = JSONLine(kind: "group")
      line.pair("group", group.id)
      line.pair("template", group.template)
      line.pair("severity", group.severity == .unknown ? nil : group.severity.name)
      line.pair("count", group.count)
      line.pair("first_seen", group.firstSeen)
      line.pair("last_seen", group.lastSeen)
      text += line.text()
    }
    return text
  }

  func text(_ zone: TextZone) -> String {
    let n = TextNumber.grouped
    var lines = [path]
    lines.append(
      since.isKnown
        ? "  learned  \(TextTime.stamp(since, zone)) to \(TextTime.stamp(through, zone))"
        : "  learned  nothing yet")
    lines.append("  series   \(n(series)), of them \(n(profiles)) with a seasonal profile")
    lines.append("  groups   \(n(groups.count)) of \(n(shapes)) shapes")
    if damaged > 0 { lines.append("  damaged  \(n(damaged)) rows, which will start anew") }
    for group in groups.prefix(limit) {
      lines.append(
        "  \(group.id)  \(TextTime.stamp(group.lastSeen, zone))  \(n(group.count))  "
          + TerminalText.escaped(group.template))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
