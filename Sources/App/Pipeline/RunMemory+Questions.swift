internal import Flow
internal import Grouping
internal import Model

/// What a casebook asks of the run; asked of the memory itself, which lends its registry and names where an
/// access from outside would copy them.
extension RunMemory {
  func name(of symbol: Symbol) -> String { names.name(of: symbol) }

  func profile(of group: GroupID, reference: (EntryPlace) -> String) -> GroupProfile? {
    registry.profile(of: group, reference: reference)
  }

  func brief(of group: GroupID, limit: Int) -> GroupBrief {
    registry.brief(of: group, limit: limit)
  }

  func services(of group: GroupID) -> [Symbol] { registry.services(of: group) }

  func hosts(of group: GroupID) -> [Symbol] { registry.hosts(of: group) }

  func contexts(of group: GroupID) -> [UInt64] { registry.contexts(of: group) }

  /// Shapes that no run of the templates' phases has seen, and all.
  var waiting: (count: Int, of: Int) { (registry.waitingCount, registry.shapeCount) }

  func count(of shape: ShapeNumber) -> Int { registry.count(of: shape) }

  func group(of shape: ShapeNumber) -> GroupID { registry.group(of: shape) }

  func template(of group: GroupID) -> String { registry.template(of: group) }

  /// The text of the template that a shape has now.
  func template(of shape: ShapeNumber) -> [UInt8] {
    registry.miner.bytes(of: registry.miner.template(of: shape))
  }
}
