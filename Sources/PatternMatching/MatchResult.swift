/// What came of trying a pattern on a text.
package enum MatchResult: Equatable, Sendable {
  case found
  case notFound
  case gaveUp(GiveUpReason)
}

/// Why a match was stopped before it was decided.
package enum GiveUpReason: Equatable, Sendable {
  /// It went through more steps than the match limit allows.
  case matchLimit
  /// It needed more memory than the JIT stack and the interpreter's heap limit give.
  case memory
  /// PCRE2's own number for anything else.
  case failure(Int)
}
