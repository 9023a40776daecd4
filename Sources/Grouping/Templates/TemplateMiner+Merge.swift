package import Model

extension TemplateMiner {
  /// One group that went into another since the last settle.
  package struct Merge: Equatable, Sendable {
    package var from: GroupID
    package var to: GroupID

    package init(from: GroupID, to: GroupID) {
      self.from = from
      self.to = to
    }
  }
}
