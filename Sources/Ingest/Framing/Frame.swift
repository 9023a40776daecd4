/// One frame of a source: where its body stands and where the next frame begins.
package struct Frame: Equatable, Sendable {
  package enum Kind: Sendable {
    case body
    /// Nothing but white space.
    case blank
    /// Bytes that the framing doesn't explain; the walk goes on behind them.
    case broken
    /// Its end is missing: it is over the limit, or the bytes ended within it.
    case cut
  }

  /// Without delimiters, length and trailing line end.
  package var body: Range<Int>
  package var next: Int
  package var kind: Kind

  package init(_ body: Range<Int>, next: Int, kind: Kind = .body) {
    self.body = body
    self.next = next
    self.kind = kind
  }
}
