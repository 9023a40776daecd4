internal import CPCRE2

/// What one thread needs to match: room for captures, limits, and a JIT stack of its own.
///
/// Public, not package, where it is read for each capture: 6.3.1 inlines only public declarations over
/// module boundaries.
///
/// No allocation per match. Two limits bound a match's time: `matchLimit` steps for each position at which
/// it may start, and, where a pattern is not anchored, fewer on long texts, so that all positions together
/// take at most about `totalLimit` steps (PCRE2 counts anew at each start).
@safe
public struct MatchScratch: ~Copyable {
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?
  @usableFromInline let vector: UnsafeMutablePointer<Int>
  private let matchLimit: UInt32
  private var currentLimit: UInt32

  /// The most capturing groups that a pattern may have; larger would grow every worker's match data.
  @usableFromInline static let groupLimit = 250
  /// Steps per start. `(a+)+$` stops after 0.1 ms; a step may run over the whole text, so that the worst
  /// pattern tried (three lazy stars) took 0.12 s on 16 KiB. Larger would let such a one take longer.
  package static let defaultMatchLimit = 100_000
  /// Steps over all starts; the worst pattern tried took 27 ms on 16 KiB. Smaller would cut honest searches.
  private static let totalLimit = 20_000_000
  /// KiB of heap for the interpreter, which runs what the JIT's stack did not suffice for.
  private static let heapLimit: UInt32 = 16 << 10

  package init(matchLimit: Int = MatchScratch.defaultMatchLimit) {
    let pairs = UInt32(MatchScratch.groupLimit + 1)
    guard let data = unsafe pcre2_match_data_create_8(pairs, nil),
      let context = unsafe pcre2_match_context_create_8(nil),
      let vector = unsafe pcre2_get_ovector_pointer_8(data)
    else { preconditionFailure("no memory for a match") }
    unsafe self.data = data
    unsafe self.context = context
    unsafe self.vector = vector
    self.matchLimit = UInt32(clamping: max(1, matchLimit))
    currentLimit = self.matchLimit
    // 64 KiB at first; 4 MiB at most hold a group repeated at each of 16 KiB's bytes several times over.
    unsafe stack = pcre2_jit_stack_create_8(64 << 10, 4 << 20, nil)
    unsafe pcre2_jit_stack_assign_8(context, nil, stack.map { unsafe UnsafeMutableRawPointer($0) })
    _ = unsafe pcre2_set_match_limit_8(context, currentLimit)
    _ = unsafe pcre2_set_heap_limit_8(context, Self.heapLimit)
  }

  deinit {
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    if let stack = unsafe stack { unsafe pcre2_jit_stack_free_8(stack) }
  }

  /// Looks for `pattern` in `text`; after `.found`, `capture` tells what the groups hold.
  ///
  /// - Parameter endsThere: false where `text` is only the start of something longer: `$` then does not
  ///   match at its end.
  package mutating func match(
    _ pattern: PreparedPattern, _ text: Span<UInt8>, endsThere: Bool = true
  ) -> MatchResult {
    let limit = limitFor(pattern, count: text.count)
    if limit != currentLimit {
      currentLimit = limit
      _ = unsafe pcre2_set_match_limit_8(context, limit)
    }
    let options = endsThere ? 0 : UInt32(PCRE2_NOTEOL)
    let code = unsafe text.withUnsafeBufferPointer { buffer in
      unsafe run(pattern, buffer, options)
    }
    if code > 0 { return .found }
    switch code {
    case PCRE2_ERROR_NOMATCH: return .notFound
    case PCRE2_ERROR_MATCHLIMIT: return .gaveUp(.matchLimit)
    case PCRE2_ERROR_JIT_STACKLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_DEPTHLIMIT,
      PCRE2_ERROR_NOMEMORY:
      return .gaveUp(.memory)
    default: return .gaveUp(.failure(Int(code)))
    }
  }

  private func limitFor(_ pattern: PreparedPattern, count: Int) -> UInt32 {
    if pattern.isAnchored || count <= 200 { return matchLimit }
    return min(matchLimit, UInt32(clamping: Self.totalLimit / count))
  }

  private func run(
    _ pattern: PreparedPattern, _ text: UnsafeBufferPointer<UInt8>, _ options: UInt32
  ) -> Int32 {
    let start = unsafe text.baseAddress ?? UnsafePointer(MatchScratch.nothing.pointer)
    if pattern.isJIT {
      let code = unsafe pcre2_jit_match_8(
        pattern.code, start, text.count, 0, options, data, context)
      if code != PCRE2_ERROR_JIT_STACKLIMIT, code != PCRE2_ERROR_JIT_BADOPTION { return code }
    }
    return unsafe pcre2_match_8(
      pattern.code, start, text.count, 0, options | UInt32(PCRE2_NO_JIT), data, context)
  }

  /// The bytes of `text` that a group holds after `.found`; nil where it took no part. Group 0 is all.
  @inlinable
  public func capture(_ group: Int) -> Range<Int>? {
    guard group >= 0, group <= MatchScratch.groupLimit else { return nil }
    let start = unsafe vector[2 * group]
    let end = unsafe vector[2 * group + 1]
    // `\K` in a lookahead can put the start behind the end.
    guard start >= 0, end >= start else { return nil }
    return start..<end
  }

  /// Where an empty text stands.
  @safe
  private struct Nothing: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<UInt8>

    init() {
      unsafe pointer = .allocate(capacity: 1)
      unsafe pointer.initialize(to: 0)
    }
  }

  private static let nothing = Nothing()
}
