/// A small number that stands for a name (a service, a host, a program) in one table of names.
///
/// Worker-local until the batch is merged, global afterwards; 0 means no name.
@usableFromInline
package struct Symbol: Hashable, Comparable, Sendable {
  @usableFromInline package var number: UInt32

  @inlinable package static var none: Symbol { Symbol(number: 0) }

  @inlinable
  package init(number: UInt32) { self.number = number }

  @inlinable package var isNone: Bool { number == 0 }
  @inlinable package var index: Int { Int(number) }

  @inlinable
  package static func < (left: Symbol, right: Symbol) -> Bool { left.number < right.number }

  @inlinable
  package static func == (left: Symbol, right: Symbol) -> Bool { left.number == right.number }
}
