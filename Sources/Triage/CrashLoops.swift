internal import Flow
internal import Model

/// Finds services that were restarted four times or more on one host within ten minutes, and not for
/// nothing.
///
/// Entries of a service manager itself are told apart by the unit that they name. Starts alone are no
/// loop, since timers start their units as often as they like: the manager must say that it restarts,
/// or the service must have logged errors in these minutes.
enum CrashLoops {
  /// Three restarts happen in a clumsy deployment.
  static let restarts = 4
  static let span: Int64 = 600_000_000_000
  private static let managers: Set<String> = ["systemd", "init.scope", "init"]

  struct Loop {
    var service: Symbol
    /// The service's name, or the unit that the manager names.
    var name: String
    /// Restarts on the host with most.
    var count: Int
    var since: Timestamp
  }

  /// The loops, in order of the services' symbols and names.
  static func find(at end: Timestamp, _ casebook: some Casebook) -> [Loop] {
    let start = end.advanced(byNanoseconds: -span)
    let recent = casebook.changes(from: start, to: end.advanced(byNanoseconds: -1))
    guard recent.count >= restarts else { return [] }
    var counts: [Symbol: Int] = [:]
    for marker in recent where marker.kind == .restart && !marker.service.isNone {
      counts[marker.service, default: 0] += 1
    }
    guard counts.contains(where: { $0.value >= restarts }) else { return [] }
    var loops: [Key: [Symbol: [ChangeMarker]]] = [:]
    for marker in recent
    where marker.kind == .restart && counts[marker.service, default: 0] >= restarts {
      let service = casebook.name(of: marker.service)
      let unit = managers.contains(service) ? marker.unit : nil
      let key = Key(service: marker.service, name: unit ?? service, isNamed: unit != nil)
      loops[key, default: [:]][marker.host, default: []].append(marker)
    }
    return loops.sorted { ($0.key.service, $0.key.name) < ($1.key.service, $1.key.name) }
      .compactMap { key, byHost in
        let looping = byHost.values.filter { count($0) >= restarts }
        let markers = looping.flatMap(\.self).sorted { $0.at < $1.at }
        guard let most = looping.map(count).max(),
          markers.contains(where: \.tellsRestart)
            || fails(key, from: start, end, casebook)
        else { return nil }
        return Loop(
          service: key.service, name: key.name, count: most,
          since: markers.first?.at ?? start)
      }
  }

  private struct Key: Hashable {
    var service: Symbol
    var name: String
    /// It is a unit that the manager's words name.
    var isNamed: Bool
  }

  /// A restart may be told of twice, when it is scheduled and when it is done.
  private static func count(_ markers: [ChangeMarker]) -> Int {
    let forced = markers.count { $0.tellsRestart }
    return max(forced, markers.count - forced)
  }

  /// Whether errors of the service, or errors of the manager that name the unit, came in the span.
  private static func fails(
    _ key: Key, from start: Timestamp, _ end: Timestamp, _ casebook: some Casebook
  ) -> Bool {
    casebook.errorGroups(service: key.service, from: start.minute, through: end.minute, limit: 20)
      .contains { id in
        guard key.isNamed else { return true }
        guard let profile = casebook.profile(of: id) else { return false }
        return ([profile.reference.template] + profile.exemplars.map(\.message))
          .contains { ChangeMarker.unit(in: $0) == key.name }
      }
  }
}
