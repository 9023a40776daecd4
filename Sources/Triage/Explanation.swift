internal import Flow
internal import Model

/// What a series' excess comes from: the service and the group that make up most of it.
struct Explanation: Sendable {
  /// The part of an excess that a service or a group must make up to be named as its cause.
  static let majority = 0.5

  var service = Symbol.none
  var group: GroupID?
  /// The group's share of the counts that exceed; 1 for a group's own series.
  var share = 0.0
  var isComplaint = true
  var worst = Severity.unknown

  /// The most specific explanation of a finding that the minute's facts bear out.
  init(_ finding: Finding, _ facts: MinuteFacts, _ casebook: some Casebook) {
    let excess = max(1, finding.reading.actual - finding.reading.typical) / Self.minutes(finding)
    switch finding.series {
    case .group(let id):
      group = id
      share = 1
      let profile = casebook.profile(of: id)
      service = profile?.services.first ?? .none
      worst = profile?.severity ?? .unknown
      // What is slow is a complaint at whatever level it is logged.
      if profile?.category == .performance { worst = max(worst, .warning) }
      isComplaint = worst >= .warning
    case .serviceErrors(let symbol):
      service = symbol
      nameGroup(excess, finding, facts, casebook)
    case .allErrors:
      if let most = facts.services.max(by: {
        ($0.errors, $1.service) < ($1.errors, $0.service)
      }), Double(most.errors) >= excess * Self.majority {
        service = most.service
      }
      nameGroup(excess, finding, facts, casebook)
    case .service(let symbol):
      service = symbol
      isComplaint = false
    }
  }

  /// How many minutes the finding's counts span: the minute's facts are set against one of them.
  private static func minutes(_ finding: Finding) -> Double {
    Double(finding.reading.minutes)
  }

  private mutating func nameGroup(
    _ excess: Double, _ finding: Finding, _ facts: MinuteFacts,
    _ casebook: some Casebook
  ) {
    worst = .error
    let candidates = casebook.errorGroups(
      service: service.isNone ? nil : service, from: finding.minute, through: finding.minute,
      limit: 5)
    for id in candidates {
      let entries = Double(facts.entries(of: id))
      guard entries >= excess * Self.majority else { continue }
      group = id
      share = min(1, entries * Self.minutes(finding) / max(1, finding.reading.actual))
      let profile = casebook.profile(of: id)
      worst = max(.error, profile?.severity ?? .error)
      if service.isNone, profile?.services.count == 1 {
        service = profile?.services.first ?? .none
      }
      return
    }
  }
}
