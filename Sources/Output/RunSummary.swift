package import Flow
package import Model

/// What a run says of itself at its end.
package struct RunSummary: Sendable {
  package struct ServiceLine: Sendable {
    package var service: String
    package var entries: Int
    package var errors: Int

    package init(service: String, entries: Int, errors: Int) {
      self.service = service
      self.entries = entries
      self.errors = errors
    }
  }

  /// A bounded store that was full, and how often it let something go.
  package struct LimitLine: Sendable {
    package var name: String
    package var count: Int

    package init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// What findings rest on.
  package struct Evidence: Sendable {
    /// Findings a day that chance alone is expected to make.
    package var expectedPerDay: Double?
    /// −log10 of the tail probability that a finding needs at the run's end.
    package var threshold: Double?
    /// The budget as it was asked for, and insights that were not told for it.
    package var budget: String?
    package var withheld = 0

    package init() {}
  }

  /// What the run began with of what earlier ones learned.
  package struct StateLine: Sendable {
    package var folder = ""
    /// The time that had been learned; unknown where there was none.
    package var since = Timestamp.unknown
    package var through = Timestamp.unknown
    /// Series of counts, those of them with a seasonal profile, and groups.
    package var series = 0
    package var profiles = 0
    package var groups = 0
    /// What could not be read, and started anew.
    package var damaged = 0
    /// Minutes of this run that were learned, and those that had been learned before.
    package var learned = 0
    package var repeated = 0

    package init() {}
  }

  /// The first and the last entry's time, where any entry had one.
  package var start = Timestamp.unknown
  package var end = Timestamp.unknown
  /// The watermark at the end.
  package var decidedAt = Timestamp.unknown
  /// Analysed entries by severity and by category; those without are left out of the output.
  package var severities: [Severity: Int] = [:]
  package var categories: [Category: Int] = [:]
  /// Groups of errors, most entries first.
  package var groups: [GroupLine] = []
  /// Most errors first.
  package var services: [ServiceLine] = []
  package var incidents = 0
  package var insights = 0
  package var alerts = 0
  /// Which history is lacking, in a sentence; nil where there was enough.
  package var historyLacking: String?
  package var evidence = Evidence()
  /// Where a state is kept.
  package var state: StateLine?
  package var hints: [String] = []
  package var limits: [LimitLine] = []
  /// Minutes and multi-line entries that the edge's clock closed.
  package var closedByClock = 0
  package var ledger = Ledger()

  package init() {}
}
