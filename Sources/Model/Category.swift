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

/// Where an entry's category or outcome came from.
@usableFromInline
package enum ClassSource: UInt8, Sendable {
  /// Nothing told it: `other`, or `application` for what has a name.
  case none
  /// The source stated it.
  case field
  /// A pack's pattern or line format.
  case pattern
  /// The web request or access that it tells of.
  case signal
  /// The program's or service's name.
  case program
  /// The text model, with a confidence.
  case model
  /// The text's words.
  case text
}
