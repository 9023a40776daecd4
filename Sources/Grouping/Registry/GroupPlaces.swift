internal import Bytes
internal import Model

/// The group of each shape, the shapes and the worst severity of each group, as flat arrays: what a
/// minute's counts are summed by.
///
/// Brought up to date at each settle, in time proportional to the groups that changed.
struct GroupPlaces {
  /// -1 where it has none yet.
  private var groupOfShape: [Int32] = []
  /// By group, in ascending order.
  private var shapesOfGroup: [[Int32]] = []
  private var worst: [Severity] = []
  private var categories: [Category] = []
  private var sums: [Int] = []
  /// The first groups that had entries, in order of their ids then, and which groups are among them: a
  /// minute's are found in order so. More would make a minute with few groups long.
  private static let orderLimit = 8192
  private var ordered: [Int32] = []
  private var isOrdered: [Bool] = []

  /// Groups that have shapes, in order of their indices.
  var inUse: [Int] { shapesOfGroup.indices.filter { !shapesOfGroup[$0].isEmpty } }

  func shapes(of group: GroupIndex) -> [Int32] {
    group.index < shapesOfGroup.count ? shapesOfGroup[group.index] : []
  }

  /// Moves the shapes to the groups that they have now.
  mutating func settle(
    _ changed: some Sequence<Int>, _ miner: TemplateMiner, _ records: [ShapeRecord]
  ) {
    while groupOfShape.count < records.count { groupOfShape.append(-1) }
    var touched: Set<Int> = []
    for shape in changed {
      let group = miner.template(of: ShapeNumber(index: shape)).index
      let before = Int(groupOfShape[shape])
      if before == group { continue }
      if before >= 0 { touched.insert(before) }
      while shapesOfGroup.count <= group {
        shapesOfGroup.append([])
        worst.append(.unknown)
        categories.append(.other)
        sums.append(0)
        isOrdered.append(false)
      }
      groupOfShape[shape] = Int32(group)
      shapesOfGroup[group].append(Int32(shape))
      touched.insert(group)
    }
    for group in touched {
      shapesOfGroup[group].removeAll { groupOfShape[Int($0)] != group }
      shapesOfGroup[group].sort()
      worst[group] = shapesOfGroup[group].reduce(.unknown) { max($0, records[Int($1)].severity) }
    }
  }

  /// Entries by group, in order of the groups' ids.
  mutating func counts(
    of shapes: [(shape: ShapeNumber, entries: Int)], _ miner: TemplateMiner,
    _ records: [ShapeRecord]
  ) -> [MinuteFacts.GroupCounts] {
    var count = 0
    var loose: [Int] = []
    for (shape, entries) in shapes where shape.index < groupOfShape.count {
      let group = Int(groupOfShape[shape.index])
      if group < 0 { continue }
      if sums[group] == 0 {
        count += 1
        if !isOrdered[group], !order(group, miner) { loose.append(group) }
      }
      sums[group] += entries
      worst[group] = max(worst[group], records[shape.index].severity)
      if categories[group] == .other { categories[group] = records[shape.index].category }
    }
    var counts: [MinuteFacts.GroupCounts] = []
    counts.reserveCapacity(count)
    for group in ordered where sums[Int(group)] != 0 { take(Int(group), miner, &counts) }
    for group in loose { take(group, miner, &counts) }
    // In order already, save for what had no room, and where an id has changed.
    counts.sort { $0.group.number < $1.group.number }
    return counts
  }

  private mutating func take(
    _ group: Int, _ miner: borrowing TemplateMiner, _ counts: inout [MinuteFacts.GroupCounts]
  ) {
    counts.append(
      MinuteFacts.GroupCounts(
        group: miner.id(of: GroupIndex(index: group)), entries: sums[group],
        severity: worst[group], category: categories[group]))
    sums[group] = 0
  }

  /// Enters a group among those in order; false where there is no room.
  private mutating func order(_ group: Int, _ miner: borrowing TemplateMiner) -> Bool {
    guard ordered.count < Self.orderLimit else { return false }
    let id = miner.id(of: GroupIndex(index: group)).number
    let place = ordered.lowerBound { miner.id(of: GroupIndex(index: Int($0))).number < id }
    ordered.insert(Int32(group), at: place)
    isOrdered[group] = true
    return true
  }
}
