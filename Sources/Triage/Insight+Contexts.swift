internal import Flow
internal import Model

extension Insight {
  /// Correlation ids kept of one insight, the first ones.
  private static let contextLimit = 64

  /// Adds the ids of its group's latest entries while it goes on.
  mutating func gatherContexts(_ casebook: some Casebook) {
    guard end == nil, contexts.count < Self.contextLimit, let group else { return }
    addContexts(casebook.contexts(of: group.id))
  }

  mutating func addContexts(_ more: [UInt64]) {
    for context in more where contexts.count < Self.contextLimit && !contexts.contains(context) {
      contexts.append(context)
    }
  }
}
