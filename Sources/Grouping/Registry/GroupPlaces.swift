internal import Model

/// The group of each shape and the worst severity of each group, as flat arrays: what a minute's counts
/// are summed by.
///
/// Brought up to date at each settle, in time proportional to the shapes.
struct GroupPlaces {
  private var groupOfShape: [Int32] = []
  private var worst: [Severity] = []
  private var sums: [Int] = []

  mutating func settle(_ miner: TemplateMiner, _ records: [ShapeRecord]) {
    for index in worst.indices { worst[index] = .unknown }
    while groupOfShape.count < records.count { groupOfShape.append(0) }
    for shape in records.indices {
      let group = miner.template(of: ShapeNumber(index: shape)).index
      groupOfShape[shape] = Int32(group)
      while worst.count <= group {
        worst.append(.unknown)
        sums.append(0)
      }
      worst[group] = max(worst[group], records[shape].severity)
    }
  }

  /// Entries by group, in order of the groups' ids.
  mutating func counts(
    of shapes: [(shape: ShapeNumber, entries: Int)], _ miner: TemplateMiner,
    _ records: [ShapeRecord]
  ) -> [MinuteFacts.GroupCounts] {
    var touched: [Int] = []
    for (shape, entries) in shapes where shape.index < groupOfShape.count {
      let group = Int(groupOfShape[shape.index])
      if sums[group] == 0 { touched.append(group) }
      sums[group] += entries
      worst[group] = max(worst[group], records[shape.index].severity)
    }
    var counts: [MinuteFacts.GroupCounts] = []
    counts.reserveCapacity(touched.count)
    for group in touched {
      counts.append(
        MinuteFacts.GroupCounts(
          group: miner.id(of: GroupIndex(index: group)), entries: sums[group],
          severity: worst[group]))
      sums[group] = 0
    }
    counts.sort { $0.group.number < $1.group.number }
    return counts
  }
}
