internal import Flow
internal import Model

/// Counts stamps that are far from all others, by the source and host that they came from.
///
/// - Limits: 64 places are told apart; stamps of others count without one.
struct StrayStamps: Sendable {
  private struct Place: Hashable, Sendable {
    var source: Int
    var host: Symbol
  }

  private static let limit = 64
  /// Places that a hint names.
  private static let named = 3

  private(set) var ahead = 0
  private(set) var behind = 0
  private var places: [(place: Place, count: Int)] = []
  /// Where stamps came from that were far from what had come before, until the whole shows which are doubted.
  private var remote: [EventClock.Stray] = []
  private var earliest = Int64.max
  private var latest = Int64.min

  mutating func noteAhead(_ strays: [EventClock.Stray]) {
    ahead += strays.count
    for stray in strays { note(stray.source, stray.host, 1) }
  }

  mutating func noteBehind(source: Int, host: Symbol) {
    behind += 1
    note(source, host, 1)
  }

  /// Takes note of a stamp of an archive in any order.
  mutating func see(_ minute: Minute, source: Int, host: Symbol) {
    if minute.number >= earliest, minute.number <= latest { return }
    if remote.count < Self.limit {
      remote.append(EventClock.Stray(minute: minute, source: source, host: host))
    }
    earliest = min(earliest, minute.number)
    latest = max(latest, minute.number)
  }

  /// The whole of an archive shows which stamps are doubted.
  mutating func settle(_ spans: TimeSpans) {
    guard let (_, last) = spans.believed else { return }
    for span in spans.spans where !spans.believes(span) {
      if span.first > last { ahead += span.entries } else { behind += span.entries }
      let found = remote.filter { $0.minute >= span.first && $0.minute <= span.last }
      for stray in found.prefix(span.entries) { note(stray.source, stray.host, 1) }
    }
  }

  private mutating func note(_ source: Int, _ host: Symbol, _ count: Int) {
    let place = Place(source: source, host: host)
    if let known = places.firstIndex(where: { $0.place == place }) {
      places[known].count += count
    } else if places.count < Self.limit {
      places.append((place, count))
    }
  }

  /// What is to be said of them; nothing where there are none.
  func hints(source: (Int) -> String, host: (Symbol) -> String) -> [String] {
    guard ahead + behind > 0 else { return [] }
    let order = places.indices.sorted {
      places[$0].count != places[$1].count ? places[$0].count > places[$1].count : $0 < $1
    }
    var names = order.prefix(Self.named).map { index in
      let place = places[index].place
      let name = host(place.host)
      return source(place.source) + (name.isEmpty ? "" : " (host \(name))")
    }
    if places.count > Self.named { names.append("others") }
    let whence = names.isEmpty ? "" : ": " + names.joined(separator: ", ")
    var parts: [String] = []
    if ahead > 0 { parts.append("\(ahead) far ahead") }
    if behind > 0 { parts.append("\(behind) far behind") }
    let count = ahead + behind
    return [
      (count == 1 ? "1 stamp is" : "\(count) stamps are") + " not believed ("
        + parts.joined(separator: ", ") + " of all others)" + whence
    ]
  }
}
