internal import Model

/// The bytes that may stand where the masker writes a wildcard: more than there are, never fewer.
enum MaskedBytes: Int, CaseIterable {
  /// A cut text, bytes that are no text, versions: any.
  case any
  /// URLs, and paths with their query: any but white space.
  case unbroken
  /// What holds none of the masker's delimiters: identifiers, mail addresses.
  case chunk
  /// The same with colons: addresses.
  case colons
  /// Each with a sign, numbers and sizes and durations with their units.
  case number, size, duration, hexadecimal
  /// Dates and times of day, a blank between two parts apart; what is behind that blank: a time of day's
  /// first digit, a zone's first byte.
  case time, clockStart, zoneStart

  init(_ wildcard: Wildcard) {
    switch wildcard {
    case .any: self = .any
    case .url, .path: self = .unbroken
    case .ip: self = .colons
    case .hex, .uuid: self = .hexadecimal
    case .num: self = .number
    case .size: self = .size
    case .duration: self = .duration
    case .time: self = .time
    case .email, .id: self = .chunk
    }
  }

  /// For each case its bytes.
  static let sets = allCases.map(\.set)

  private var set: ByteSet {
    switch self {
    case .any: .all
    case .unbroken: ByteSet.blanks.inverted
    case .chunk: ByteSet((0x21...0xff).filter { !Separators.contains($0) })
    case .colons: .joined(Self.chunk.set, ByteSet([UInt8(ascii: ":")]))
    case .number: Self.signed("xstndrhHzkMGCFVWLbpeE")
    case .size: Self.signed("BKMGTPkibmgytes")
    case .duration: .joined(Self.signed("smunhdiecray"), ByteSet([0xc2, 0xb5, 0xce, 0xbc]))
    case .hexadecimal: Self.signed("abcdefABCDEFxX:")
    case .time: .joined(.digits, .letters, ByteSet("-/.:,_+".utf8))
    case .clockStart: .digits
    case .zoneStart: ByteSet("+-UG".utf8)
    }
  }

  private static func signed(_ more: String) -> ByteSet {
    .joined(.digits, ByteSet(".+-%#$*&!`~@".utf8), ByteSet(more.utf8))
  }
}
