/// What an entry or an insight is about.
@usableFromInline
package enum Category: UInt8, CaseIterable, Sendable {
  case other, application, database, network, storage, security, performance, system, trading,
    deployment

  package var name: String { String(describing: self) }

  package init?(name: String) {
    guard let found = Category.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

/// How what an entry tells of went (ECS `event.outcome`).
@usableFromInline
package enum Outcome: UInt8, CaseIterable, Sendable {
  case none, success, failure, unknown

  package var name: String { String(describing: self) }
}
