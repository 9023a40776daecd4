package import Model

/// A change in an insight's life; only `opened` and `ended` are written without `--updates`.
package struct InsightEvent: Sendable {
  package enum Change: Sendable { case opened, grew, ended }

  package var change: Change
  package var insight: Insight

  package init(_ change: Change, _ insight: Insight) {
    self.change = change
    self.insight = insight
  }
}

/// What the desk is told at the start.
package struct InsightSettings: Sendable {
  /// How `reproduce` names the input.
  package var inputName = "INPUT"
  /// Complete minutes before a group can be new: until then, every group is.
  package var warmUp = 10
  /// Insights open at a time; what would open beyond is counted.
  package var openLimit = 1000
  /// New error groups an hour beyond which one needs five entries in its first minute.
  package var newGroupsPerHour = 10
  /// Minutes without an entry after which a new group has gone quiet.
  package var quietMinutes: Int64 = 10

  package init() {}
}
