internal import Synchronization

/// What a log has of what rules want: entries of each log source, fields that were there, matches.
///
/// Sums alone, so that the order in which workers tell doesn't show.
package final class SigmaSurvey: Sendable {
  private struct Counts {
    var groups: [Int] = []
    var fields: [Int] = []
    var matches: [Int] = []
  }

  private let counts: Mutex<Counts>

  package init(_ rules: SigmaRules) {
    var counts = Counts()
    counts.groups = Array(repeating: 0, count: rules.plan.groups.count)
    counts.fields = Array(repeating: 0, count: rules.plan.fields.fields.count)
    counts.matches = Array(repeating: 0, count: rules.plan.roots.count)
    self.counts = Mutex(counts)
  }

  func saw(group: Int) { counts.withLock { $0.groups[group] += 1 } }

  func saw(field: Int) { counts.withLock { $0.fields[field] += 1 } }

  func matched(_ rule: UInt16) { counts.withLock { $0.matches[Int(rule)] += 1 } }

  func entries(ofGroup group: Int) -> Int { counts.withLock { $0.groups[group] } }

  func entries(withField field: Int) -> Int { counts.withLock { $0.fields[field] } }

  func matches(ofRule rule: Int) -> Int { counts.withLock { $0.matches[rule] } }
}
