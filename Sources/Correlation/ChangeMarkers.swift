internal import Bytes
package import Model

/// Deployments, restarts and boots, the latest of them: where people look first.
///
/// From entries that packs flag as a change, by their `event.action`, and from boot ids that change on
/// a host. A host's first boot id is no change; one seen just before it neither.
/// - Limits: 1,024 markers (the oldest goes, counted) and 65,536 hosts.
package struct ChangeMarkers: ~Copyable {
  private struct Boots {
    var current: UInt32
    var previous: UInt32
  }

  private let limit: Int
  private var markers: [ChangeMarker] = []
  private var start = 0
  private var boots: [Boots] = []
  package private(set) var evicted = 0

  private static let hostLimit = 65_536
  /// Bytes of an entry's text that a marker keeps.
  private static let messageLimit = 240

  package init(limit: Int = 1024) { self.limit = max(limit, 1) }

  /// Notes what an entry tells of a change; a compare or two where it tells nothing.
  ///
  /// - Parameter entry: one of the batch, with the run's symbols.
  package mutating func record(_ entry: Entry, of batch: Batch) {
    if entry.boot != 0 { noteBoot(entry) }
    if entry.flags.contains(.change), entry.time.isKnown {
      let arenas = batch.arenas
      let text = arenas.bytes(entry.message)
      var end = min(text.count, Self.messageLimit)
      while end > 0, end < text.count, text[end] & 0xc0 == 0x80 { end -= 1 }
      add(
        ChangeMarker(
          at: entry.time, kind: kind(entry, of: batch), service: entry.service, host: entry.host,
          message: String(text.extracting(0..<end))))
    }
  }

  /// Markers from `from` through `to`, latest first; of the same moment, the later noted first.
  package func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker] {
    // By the order in which they were noted, so that nearly nothing is left to sort.
    var found: [(order: Int, at: Timestamp)] = []
    for order in markers.indices.reversed() {
      let at = markers[place(of: order)].at
      if at >= from, at <= to { found.append((order, at)) }
    }
    found.sort { $0.at != $1.at ? $0.at > $1.at : $0.order > $1.order }
    return found.map { markers[place(of: $0.order)] }
  }

  private func place(of order: Int) -> Int {
    start + order < markers.count ? start + order : start + order - markers.count
  }

  private mutating func noteBoot(_ entry: Entry) {
    let host = entry.host.index
    guard host < Self.hostLimit else { return }
    if boots.count <= host {
      let more = host + 1 - boots.count
      boots.append(contentsOf: repeatElement(Boots(current: 0, previous: 0), count: more))
    }
    let known = boots[host]
    if known.current == entry.boot || known.previous == entry.boot { return }
    boots[host] = Boots(current: entry.boot, previous: known.current)
    guard known.current != 0, entry.time.isKnown else { return }
    add(
      ChangeMarker(
        at: entry.time, kind: .boot, service: .none, host: entry.host, message: "new boot id"))
  }

  private mutating func add(_ marker: ChangeMarker) {
    if markers.count < limit {
      markers.append(marker)
      return
    }
    markers[start] = marker
    start = start + 1 == limit ? 0 : start + 1
    evicted += 1
  }

  private func kind(_ entry: Entry, of batch: Batch) -> ChangeMarker.Kind {
    if entry.category == .deployment { return .deployment }
    let arenas = batch.arenas
    for range in [entry.captureRange, entry.fieldRange] {
      for index in range.clamped(to: 0..<batch.fields.count)
      where batch.fields[index].name == WellKnownField.eventAction.name {
        return Self.kind(action: arenas.bytes(batch.fields[index].value))
      }
    }
    return .restart
  }

  /// By the words that an action's name holds: `deploy`, `release`, `upgrade`, `boot`; else a restart.
  private static func kind(action: Span<UInt8>) -> ChangeMarker.Kind {
    for at in 0..<action.count {
      if action.has("deploy", at: at) || action.has("release", at: at)
        || action.has("upgrade", at: at) || action.has("rollout", at: at)
      {
        return .deployment
      }
      if action.has("boot", at: at) { return .boot }
    }
    return .restart
  }
}
