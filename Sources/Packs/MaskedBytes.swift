internal import Model

/// The bytes that may stand where the masker writes a wildcard: more than there are, never fewer.
enum MaskedBytes: Int, CaseIterable {
  /// A cut text, bytes that are no text, versions: any.
  case any
  /// URLs, and paths with their query: any but white space.
  case unbroken
  /// What holds none of the masker's delimiters.
  case chunk
  /// The same with colons: addresses, fingerprints.
  case colons
  /// Numbers with a sign and a unit.
  case number
  /// Dates and times of day, a blank between two parts apart; what is behind that blank: a time of day's
  /// first digit, a zone's first byte.
  case time, clockStart, zoneStart

  init(_ wildcard: Wildcard) {
    switch wildcard {
    case .any: self = .any
    case .url, .path: self = .unbroken
    case .ip, .hex: self = .colons
    case .num: self = .number
    case .time: self = .time
    case .uuid, .duration, .size, .email, .id: self = .chunk
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
    case .number:
      .joined(.digits, ByteSet(".+-%#$*&!`~@".utf8), ByteSet("xstndrhHzkMGCFVWLbpeE".utf8))
    case .time: .joined(.digits, .letters, ByteSet("-/.:,_+".utf8))
    case .clockStart: .digits
    case .zoneStart: ByteSet("+-UG".utf8)
    }
  }
}
