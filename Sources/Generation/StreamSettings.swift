package import Model

/// The shapes in which a stream can be written.
package enum StreamFormat: String, CaseIterable, Sendable {
  case journald, rfc3164, rfc5424, json, logfmt
}

/// What a stream is made from; equal settings give equal bytes on every machine.
package struct StreamSettings: Sendable {
  package var seed: UInt64
  package var start: Timestamp
  /// In seconds, 1 to 400 days.
  package var durationSeconds: Int
  /// Entries a minute, averaged over a weekday; 1 to 20 million.
  package var entriesPerMinute: Double
  package var format: StreamFormat
  /// The first so many programs of the catalogue take part.
  package var serviceCount: Int
  /// 1 to 60.
  package var hostCount: Int
  package var incidents: [IncidentRequest]
  /// So many incidents more, their kinds, services, times and ratios drawn from the seed.
  package var randomIncidentCount: Int
  /// The share of the entries of traced templates that carry their stack trace, 0 to 1.
  package var stackTraceShare: Double
  /// Benign deployments, restarts and lasting steps of traffic.
  package var hasChanges: Bool
  /// The stream ends with the first entry at which it is as long as this.
  package var byteLimit: Int?
  package var entryLimit: Int?

  package init(
    seed: UInt64 = 1, start: Timestamp = Timestamp(seconds: 1_772_409_600),
    durationSeconds: Int = 86_400, entriesPerMinute: Double = 600,
    format: StreamFormat = .journald, serviceCount: Int = Catalogue.programs.count,
    hostCount: Int = 8, incidents: [IncidentRequest] = [], randomIncidentCount: Int = 0,
    stackTraceShare: Double = 0.7, hasChanges: Bool = true, byteLimit: Int? = nil,
    entryLimit: Int? = nil
  ) {
    self.seed = seed
    self.start = start
    self.durationSeconds = durationSeconds
    self.entriesPerMinute = entriesPerMinute
    self.format = format
    self.serviceCount = serviceCount
    self.hostCount = hostCount
    self.incidents = incidents
    self.randomIncidentCount = randomIncidentCount
    self.stackTraceShare = stackTraceShare
    self.hasChanges = hasChanges
    self.byteLimit = byteLimit
    self.entryLimit = entryLimit
  }

  /// Throws for the first setting that is out of its range.
  func check() throws(ConfigurationError) {
    try check("seconds of duration", durationSeconds, 1...34_560_000)
    try check("services", serviceCount, 1...Catalogue.programs.count)
    try check("hosts", hostCount, 1...60)
    try check("incidents", randomIncidentCount, 0...1000)
    if let byteLimit { try check("bytes", byteLimit, 1...(1 << 50)) }
    if let entryLimit { try check("entries", entryLimit, 1...(1 << 50)) }
    if !(1...20_000_000).contains(entriesPerMinute) {
      throw refusal("entries a minute", "\(entriesPerMinute)", "1 to 20000000")
    }
    if !(0...1).contains(stackTraceShare) {
      throw refusal("share of stack traces", "\(stackTraceShare)", "0 to 1")
    }
    let year = CivilTime(start).year
    if !start.isKnown || !(1970...2200).contains(year) {
      throw refusal("start", "\(start)", "a moment from 1970 to 2200")
    }
  }

  private func check(
    _ what: String, _ value: Int, _ allowed: ClosedRange<Int>
  ) throws(ConfigurationError) {
    guard allowed.contains(value) else {
      throw refusal(what, "\(value)", "\(allowed.lowerBound) to \(allowed.upperBound)")
    }
  }

  private func refusal(_ what: String, _ found: String, _ allowed: String) -> ConfigurationError {
    ConfigurationError(
      file: "", problem: "\(what) out of range", found: found, allowed: [allowed])
  }
}
