internal import Flow
internal import Model

/// Finds services that were restarted four times or more within ten minutes, and not for nothing.
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
    var restarts: [ChangeMarker]
  }

  /// The loops, in order of the services' symbols and names.
  static func find(at end: Timestamp, _ casebook: some Casebook) -> [Loop] {
    let start = end.advanced(byNanoseconds: -span)
    let recent = casebook.changes(from: start, to: end.advanced(byNanoseconds: -1))
    guard recent.count >= restarts else { return [] }
    var loops: [Symbol: [String: [ChangeMarker]]] = [:]
    for marker in recent where marker.kind == .restart && !marker.service.isNone {
      let service = casebook.name(of: marker.service)
      let name = managers.contains(service) ? unit(in: marker.message) ?? service : service
      loops[marker.service, default: [:]][name, default: []].append(marker)
    }
    return loops.sorted { $0.key < $1.key }.flatMap { service, byName in
      byName.sorted { $0.key < $1.key }.compactMap { name, markers in
        guard markers.count >= restarts else { return nil }
        let isRestarted = markers.contains { isForced($0.message) }
        guard
          isRestarted
            || !casebook.errorGroups(
              service: service, from: start.minute, through: end.minute, limit: 1
            ).isEmpty
        else { return nil }
        return Loop(service: service, name: name, restarts: markers)
      }
    }
  }

  private static func isForced(_ message: String) -> Bool {
    message.split(separator: " ").contains { $0.lowercased().hasPrefix("restart") }
  }

  /// `order-service` in `Started order-service.service - Orders.`
  private static func unit(in message: String) -> String? {
    for word in message.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "," }) {
      if word.hasSuffix(".service") { return String(word.dropLast(8)) }
    }
    return nil
  }
}
