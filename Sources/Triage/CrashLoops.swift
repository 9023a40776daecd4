internal import Flow
internal import Model

/// Finds services that were restarted four times or more within ten minutes.
enum CrashLoops {
  /// Three restarts happen in a clumsy deployment.
  static let restarts = 4
  static let span: Int64 = 600_000_000_000

  /// The restarts of each looping service, in order of the services' symbols.
  static func find(
    at end: Timestamp, _ casebook: some Casebook
  ) -> [(service: Symbol, restarts: [ChangeMarker])] {
    let recent = casebook.changes(
      from: end.advanced(byNanoseconds: -span), to: end.advanced(byNanoseconds: -1))
    guard recent.count >= restarts else { return [] }
    var byService: [Symbol: [ChangeMarker]] = [:]
    for marker in recent where marker.kind == .restart && !marker.service.isNone {
      byService[marker.service, default: []].append(marker)
    }
    return byService.filter { $0.value.count >= restarts }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}
