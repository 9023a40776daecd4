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
    /// The manager told of it, not the service.
    var isManager: Bool
    /// Restarts on the host with most.
    var count: Int
    var since: Timestamp
  }

  /// The loops, in order of the services' symbols and names.
  static func find(at end: Timestamp, _ casebook: some Casebook) -> [Loop] {
    let start = end.advanced(byNanoseconds: -span)
    let recent = casebook.changes(from: start, to: end.advanced(byNanoseconds: -1))
    guard recent.count >= restarts else { return [] }
    var byService: [Symbol: [Int]] = [:]
    for place in recent.indices
    where recent[place].kind == .restart && !recent[place].service.isNone {
      byService[recent[place].service, default: []].append(place)
    }
    let loops = byService.filter { $0.value.count >= restarts }
      .sorted { $0.key < $1.key }
      .flatMap { service, places -> [Loop] in
        let name = casebook.name(of: service)
        let isManager = managers.contains(name)
        var byKey: [Key: [Symbol: [Int]]] = [:]
        for place in places {
          let unit = isManager ? recent[place].unit : nil
          // What a manager starts beside units is no service that restarts.
          if isManager, unit == nil { continue }
          let key = Key(service: service, name: unit ?? name, isNamed: unit != nil)
          byKey[key, default: [:]][recent[place].host, default: []].append(place)
        }
        return byKey.sorted { $0.key.name < $1.key.name }.compactMap { key, byHost in
          let looping = byHost.values.filter { count($0, recent) >= restarts }
          guard let most = looping.map({ count($0, recent) }).max(),
            looping.contains(where: { $0.contains { recent[$0].tellsRestart } })
              || fails(key, from: start, end, casebook)
          else { return nil }
          let since = looping.compactMap { $0.map { recent[$0].at }.min() }.min()
          return Loop(
            service: service, name: key.name, isManager: isManager, count: most,
            since: since ?? start)
        }
      }
    // A service's own words and its manager's are one loop.
    return loops.filter { loop in
      !loop.isManager || !loops.contains { !$0.isManager && $0.name == loop.name }
    }
  }

  private struct Key: Hashable {
    var service: Symbol
    var name: String
    /// It is a unit that the manager's words name.
    var isNamed: Bool
  }

  /// A restart may be told of twice, when it is scheduled and when it is done.
  private static func count(_ places: [Int], _ markers: [ChangeMarker]) -> Int {
    let forced = places.count { markers[$0].tellsRestart }
    return max(forced, places.count - forced)
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
