/// A regular expression as far as its required words need it: what is not understood is `opaque`.
enum RegexNode: Equatable {
  case character(UInt8, folded: Bool)
  /// Bytes that are separators and nothing else; perhaps none where it is optional. Also a group whose
  /// every branch is a separator or an anchor. Blank: white space only.
  case separators(optional: Bool, blank: Bool)
  case start
  case end
  /// Matches without taking a byte.
  case nothing
  /// Takes nothing; a separator or the end comes next.
  case ahead
  /// Takes something unknown, perhaps nothing.
  case opaque
  /// One of the branches, exactly once.
  case group([[RegexNode]])
  /// One of the branches, or nothing, perhaps often.
  case optional([[RegexNode]])
  /// One of the branches, at least once.
  case repeated([[RegexNode]])
}
