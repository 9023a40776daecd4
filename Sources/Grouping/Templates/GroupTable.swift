internal import Bytes
internal import Model

/// The number of a group text in the run's table of groups.
package struct GroupIndex: Hashable, Sendable {
  package var index: Int

  package init(index: Int) { self.index = index }
}

/// All group texts that the run has had, each with its id, and where those went that are no more.
struct GroupTable {
  private var numbers: [StableHash: Int] = [:]
  private var byID: [GroupID: Int] = [:]
  private var texts: [[UInt8]] = []
  private(set) var ids: [GroupID] = []
  /// The group that a text went into; itself for one in use.
  private var successors: [Int] = []

  var count: Int { texts.count }

  mutating func number(of text: [UInt8]) -> Int {
    let hash = StableHash(text.span)
    if let known = numbers[hash] { return known }
    let number = texts.count
    let id = GroupID(template: text.span)
    numbers[hash] = number
    byID[id] = number
    texts.append(text)
    ids.append(id)
    successors.append(number)
    return number
  }

  func text(_ number: Int) -> [UInt8] { texts[number] }

  func number(of id: GroupID) -> Int? { byID[id] }

  /// Notes that a group is in use: it leads nowhere else any more.
  mutating func revive(_ number: Int) { successors[number] = number }

  mutating func retire(_ number: Int, into other: Int) {
    guard current(other) != number else { return }
    successors[number] = other
  }

  func isRetired(_ number: Int) -> Bool { successors[number] != number }

  /// The group in use that stands for `number` now.
  func current(_ number: Int) -> Int {
    var at = number
    while successors[at] != at { at = successors[at] }
    return at
  }

  var retired: [(from: Int, to: Int)] {
    successors.indices.filter { isRetired($0) }.map { ($0, current($0)) }
  }
}
