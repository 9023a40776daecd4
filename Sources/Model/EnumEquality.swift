// Comparisons of small enumerations, written out: what Swift derives from the raw value stays generic over
// module boundaries, 20 to 30 ns each, and entries are compared by these several times each.

extension Category {
  @inlinable
  package static func == (left: Category, right: Category) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension Outcome {
  @inlinable
  package static func == (left: Outcome, right: Outcome) -> Bool { left.rawValue == right.rawValue }
}

extension SecuritySignal {
  @inlinable
  package static func == (left: SecuritySignal, right: SecuritySignal) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension SourceFormat {
  @inlinable
  package static func == (left: SourceFormat, right: SourceFormat) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension SeveritySource {
  @inlinable
  package static func == (left: SeveritySource, right: SeveritySource) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension TimeSource {
  @inlinable
  package static func == (left: TimeSource, right: TimeSource) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension LineRole {
  @inlinable
  package static func == (left: LineRole, right: LineRole) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension GroupKind {
  @inlinable
  package static func == (left: GroupKind, right: GroupKind) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension FieldKind {
  @inlinable
  package static func == (left: FieldKind, right: FieldKind) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension Framing {
  @inlinable
  package static func == (left: Framing, right: Framing) -> Bool { left.rawValue == right.rawValue }
}

extension Wildcard {
  @inlinable
  package static func == (left: Wildcard, right: Wildcard) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension ClassSource {
  @inlinable
  package static func == (left: ClassSource, right: ClassSource) -> Bool {
    left.rawValue == right.rawValue
  }
}
