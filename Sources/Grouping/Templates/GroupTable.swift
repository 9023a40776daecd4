internal import Bytes
internal import Model

/// The number of a group text in the run's table of groups.
package struct GroupIndex: Hashable, Sendable {
  package var index: Int

  package init(index: Int) { self.index = index }
}

/// All group texts that the run has had, each with its id, and where those went that are no more.
///
/// Equal ids are taken for equal texts.
struct GroupTable {
  private var numbers = NumberTable()
  private var texts: [BytePool.Place] = []
  private var pool = BytePool()
  private(set) var ids: [GroupID] = []
  /// The group that a text went into; itself for one in use.
  private var successors: [Int32] = []

  var count: Int { texts.count }

  mutating func number(of text: [UInt8]) -> Int {
    let id = GroupID(template: text.span)
    if let known = number(of: id) { return known }
    let number = texts.count
    texts.appendTightly(pool.keep(text.span))
    ids.appendTightly(id)
    successors.appendTightly(Int32(number))
    numbers.insert(number, under: id.number) { ids[$0].number }
    return number
  }

  func text(_ number: Int) -> [UInt8] { pool.bytes(texts[number]) }

  func number(of id: GroupID) -> Int? { numbers.first(id.number) { ids[$0] == id } }

  /// Notes that a group is in use: it leads nowhere else any more.
  mutating func revive(_ number: Int) { successors[number] = Int32(number) }

  mutating func retire(_ number: Int, into other: Int) {
    guard current(other) != number else { return }
    successors[number] = Int32(other)
  }

  func isRetired(_ number: Int) -> Bool { Int(successors[number]) != number }

  /// The group in use that stands for `number` now.
  func current(_ number: Int) -> Int {
    var at = number
    while Int(successors[at]) != at { at = Int(successors[at]) }
    return at
  }

  var retired: [(from: Int, to: Int)] {
    successors.indices.filter { isRetired($0) }.map { ($0, current($0)) }
  }
}
