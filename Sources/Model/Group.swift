internal import Bytes

@usableFromInline
package enum GroupKind: UInt8, Sendable { case message, exception }

/// A group's id: 16 hexadecimal digits that depend on the template's text alone.
@usableFromInline
package struct GroupID: Hashable, Sendable, CustomStringConvertible {
  @usableFromInline package var number: UInt64

  package init(number: UInt64) { self.number = number }

  package init(template: Span<UInt8>) { number = StableHash(template).high }

  @usableFromInline package var description: String { StableHash(high: number, low: 0).hex }
}

/// The number of a shape in the run's table of shapes, in order of first appearance.
@usableFromInline
package struct ShapeNumber: Hashable, Sendable {
  @usableFromInline package var index: Int

  @inlinable
  package init(index: Int) { self.index = index }
}
