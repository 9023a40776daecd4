/// A pattern as `MatchScratch` takes it: a plain value, so that matching counts no references.
///
/// Valid as long as the `Pattern` that it comes from; whoever keeps one keeps the other.
@safe
package struct PreparedPattern: @unchecked Sendable {
  let code: OpaquePointer
  /// Whether the JIT took it.
  package let isJIT: Bool
  let isAnchored: Bool

  init(code: OpaquePointer, isJIT: Bool, isAnchored: Bool) {
    unsafe self.code = code
    self.isJIT = isJIT
    self.isAnchored = isAnchored
  }
}
