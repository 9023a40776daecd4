internal import Model

/// An insight that has not ended, with what keeps it open.
struct OpenInsight: Sendable {
  /// What it is about, from which its type and words follow.
  enum Subject: Sendable {
    case spike, newGroup, errorShare, silence, drop
    /// With the name of what restarts.
    case crashLoop(String)
  }

  /// Groups named beside the first; more are part of the same trouble and need no name.
  static let companionLimit = 16

  var subject: Subject
  var insight: Insight
  var service: Symbol
  var group: GroupID?
  var companions: [GroupID] = []
  /// The series whose spikes it stands for and that go on.
  var series: [SeriesKey] = []
  /// It is about errors or warnings, not about volume.
  var isComplaint: Bool
  var onset: Minute
  /// The last minute in which it was seen to go on.
  var lastActive: Minute
  var peak: Double
  /// Entries of its groups in the last five minutes that had any.
  private(set) var recent: [(minute: Minute, entries: Int)] = []
  /// Entries of its groups so far.
  private(set) var total = 0
  /// It came to a single entry.
  var isLone: Bool { total <= 1 && companions.isEmpty && peak <= 1 }
  var endReason = "quiet"
  /// It opened in the run's first hour, in which much is seen for the first time.
  var isEarly = false

  func concerns(_ id: GroupID) -> Bool { group == id || companions.contains(id) }

  /// Whether `minute` is within two minutes of the onset: one cause may take so long to show all over.
  func began(near minute: Minute) -> Bool { abs(onset.number - minute.number) <= 2 }

  /// Books a minute's entries of its groups; tells those of the last five minutes.
  mutating func book(_ entries: Int, in minute: Minute) -> Int {
    recent.removeAll { $0.minute.number <= minute.number - 5 }
    recent.append((minute, entries))
    total += entries
    return recent.reduce(0) { $0 + $1.entries }
  }

  mutating func adopt(_ id: GroupID) {
    guard !concerns(id), companions.count < Self.companionLimit else { return }
    companions.append(id)
  }
}
