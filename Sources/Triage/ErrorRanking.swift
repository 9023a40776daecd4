package import Flow
package import Model

/// The run's error groups by number of entries, and which history is lacking to judge them.
package struct ErrorRanking: Sendable {
  package struct Place: Sendable {
    package var group: GroupReference
    package var count: Int
    package var severity: Severity
    package var services: [String]
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    package var exemplar: Exemplar?
  }

  package var places: [Place]
  /// A sentence where the detectors had too little history; nil where they had enough.
  package var lacking: String?

  package init(
    from: Minute, through: Minute, completeMinutes: Int, warmUp: Int = 10, limit: Int = 5,
    casebook: some Casebook
  ) {
    places = casebook.errorGroups(service: nil, from: from, through: through, limit: limit)
      .compactMap { casebook.profile(of: $0) }
      .map { profile in
        Place(
          group: profile.reference, count: profile.count, severity: profile.severity,
          services: profile.services.map { casebook.name(of: $0) }.filter { !$0.isEmpty },
          firstSeen: profile.firstSeen, lastSeen: profile.lastSeen,
          exemplar: profile.exemplars.last)
      }
    lacking = Self.lacking(completeMinutes, warmUp)
  }

  static func lacking(_ minutes: Int, _ warmUp: Int) -> String? {
    guard minutes < warmUp else { return nil }
    let had =
      minutes == 0
      ? "this input has none" : "this input has \(minutes == 1 ? "1 minute" : "\(minutes) minutes")"
    return
      "Spikes and new errors can be told only after \(warmUp) complete minutes of history; \(had)."
  }
}
