public import Bytes

/// The name of a field as a number: a well-known one (see `FieldNames`), one that a pack declared,
/// or `.spelled`, whose bytes stand in the batch.
@usableFromInline
package struct FieldName: Hashable, Sendable {
  @usableFromInline package var number: UInt16

  @usableFromInline package static let spelled = FieldName(number: 0)

  @inlinable
  package init(number: UInt16) { self.number = number }
}

/// What a field's bytes are.
@usableFromInline
package enum FieldKind: UInt8, Sendable {
  /// Text; written as a JSON string.
  case text
  /// The digits of a JSON number, written as they stand.
  case number
  case bool
  case null
  /// A JSON array of scalars as it stands in the bytes.
  case array
}

/// One field of an entry: a name and where its value stands. 24 bytes.
@usableFromInline
package struct Field: Sendable {
  @usableFromInline package var name: FieldName
  @usableFromInline package var kind: FieldKind
  @usableFromInline package var spelling: ByteRange
  @usableFromInline package var value: ByteRange

  @inlinable
  package init(_ name: FieldName, _ value: ByteRange, kind: FieldKind = .text) {
    self.name = name
    self.kind = kind
    self.spelling = .empty
    self.value = value
  }

  @inlinable
  package init(spelled spelling: ByteRange, _ value: ByteRange, kind: FieldKind = .text) {
    self.name = .spelled
    self.kind = kind
    self.spelling = spelling
    self.value = value
  }
}
