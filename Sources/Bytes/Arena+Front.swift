extension Arena {
  /// Takes the first `dropped` bytes away; the rest moves to the front, so that spans of it end.
  package func dropFirst(_ dropped: Int) {
    guard dropped > 0 else { return }
    let rest = bytes(dropped, count: max(0, count - dropped))
    truncate(to: 0)
    append(rest)
  }

  /// Where the content begins, for C functions that keep it for a while; valid while the arena lives.
  @unsafe package var start: UnsafeRawPointer { unsafe UnsafeRawPointer(base) }
}
