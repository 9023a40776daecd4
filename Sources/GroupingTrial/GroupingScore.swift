/// How well found groups agree with the true ones.
package struct GroupingScore: Sendable {
  /// GA: the share of messages whose group is exactly the set of messages of their true group.
  package let accuracy: Double
  /// FGA: F1 over groups, a found one counting where it is exactly a true one.
  package let groupF1: Double
  package let foundGroups: Int

  /// - Parameters: the true and the found group of each message, of equal count.
  package init(truth: [Int], found: [Int]) {
    var isTrue: [Int: [Int]] = [:]
    var isFound: [Int: [Int]] = [:]
    for index in truth.indices {
      isTrue[truth[index], default: []].append(index)
      isFound[found[index], default: []].append(index)
    }
    let exact = Set(isTrue.values)
    var groups = 0
    var messages = 0
    for members in isFound.values where exact.contains(members) {
      groups += 1
      messages += members.count
    }
    foundGroups = isFound.count
    accuracy = truth.isEmpty ? 1 : Double(messages) / Double(truth.count)
    let all = isTrue.count + foundGroups
    groupF1 = all == 0 ? 1 : Double(2 * groups) / Double(all)
  }
}
