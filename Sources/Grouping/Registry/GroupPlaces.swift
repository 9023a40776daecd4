internal import Bytes
internal import Model

/// The group of each shape, the shapes and the worst severity of each group, as flat arrays: what a
/// minute's counts are summed by.
///
/// Brought up to date at each settle, in time proportional to the groups that changed.
struct GroupPlaces {
  /// -1 where it has none yet.
  private var groupOfShape: [Int32] = []
  /// The first shape of a group and of each shape the next of its group, in ascending order; -1 for none.
  private var firstOfGroup: [Int32] = []
  private var nextOfShape: [Int32] = []
  private var worst: [Severity] = []
  private var categories: [Category] = []
  private var sums: [Int] = []
  /// The first groups that had entries, in order of their ids then, and which groups are among them: a
  /// minute's are found in order so. More would make a minute with few groups long.
  private static let orderLimit = 8192
  private var ordered: [Int32] = []
  private var isOrdered: [Bool] = []

  /// Groups that have shapes, in order of their indices.
  var inUse: [Int] { firstOfGroup.indices.filter { firstOfGroup[$0] >= 0 } }

  /// The shapes of a group, in ascending order.
  func shapes(of group: GroupIndex) -> [Int] {
    var shapes: [Int] = []
    forEachShape(of: group) { shape in
      shapes.append(shape)
      return true
    }
    return shapes
  }

  /// Visits the shapes of a group in ascending order, for as long as `body` says so.
  func forEachShape(of group: GroupIndex, _ body: (Int) -> Bool) {
    var shape = group.index < firstOfGroup.count ? Int(firstOfGroup[group.index]) : -1
    while shape >= 0, body(shape) { shape = Int(nextOfShape[shape]) }
  }

  /// Moves the shapes to the groups that they have now.
  mutating func settle(
    _ changed: some Sequence<Int>, _ miner: TemplateMiner, _ records: [ShapeRecord]
  ) {
    while groupOfShape.count < records.count {
      groupOfShape.appendTightly(-1)
      nextOfShape.appendTightly(-1)
    }
    var touched: [Int] = []
    var moved: [(group: Int, shape: Int)] = []
    for shape in changed {
      let group = miner.template(of: ShapeNumber(index: shape)).index
      let before = Int(groupOfShape[shape])
      if before == group { continue }
      if before >= 0 { touched.append(before) }
      while firstOfGroup.count <= group {
        firstOfGroup.appendTightly(-1)
        worst.appendTightly(.unknown)
        categories.appendTightly(.other)
        sums.appendTightly(0)
        isOrdered.appendTightly(false)
      }
      groupOfShape[shape] = Int32(group)
      moved.append((group, shape))
    }
    moved.sort { $0.group != $1.group ? $0.group < $1.group : $0.shape < $1.shape }
    touched.sort()
    // What has left a group first: a shape has one place in one chain.
    for (order, group) in touched.enumerated() where order == 0 || touched[order - 1] != group {
      let left = shapes(of: GroupIndex(index: group)).filter { groupOfShape[$0] == group }
      chain(left, group, records)
    }
    var start = 0
    while start < moved.count {
      let group = moved[start].group
      var end = start
      while end < moved.count, moved[end].group == group { end += 1 }
      var own = shapes(of: GroupIndex(index: group))
      let isSorted = own.isEmpty
      for each in moved[start..<end] { own.append(each.shape) }
      if !isSorted { own.sort() }
      chain(own, group, records)
      start = end
    }
  }

  private mutating func chain(_ shapes: [Int], _ group: Int, _ records: [ShapeRecord]) {
    var worst = Severity.unknown
    firstOfGroup[group] = -1
    for shape in shapes.reversed() {
      nextOfShape[shape] = firstOfGroup[group]
      firstOfGroup[group] = Int32(shape)
      worst = max(worst, records[shape].severity)
    }
    self.worst[group] = worst
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
