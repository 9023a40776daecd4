internal import CPCRE2
internal import Synchronization

/// A compiled regular expression over bytes (PCRE2 10.42, JIT where the processor has it).
///
/// It works on bytes, without `PCRE2_UTF`: what is not UTF-8 is an ordinary byte that `.` and `\S` match.
/// `PCRE2_MATCH_INVALID_UTF` was measured and rejected: a match can't cross a bad byte there, so that one
/// bad byte stops a line from matching, and it is 10 to 15 % slower (25 against 22 ns on an sshd line).
/// Classes and counts are therefore of bytes, case folding is ASCII's, and `(*UTF)` in a pattern is refused.
///
/// - Invariant: nothing that a match reads changes after `init`, or after `prepare` where the JIT waits for
///   that; any number of threads may then match with it at once.
/// - Unnamed groups don't capture, as in grok: name what is wanted.
@safe
package final class Pattern: @unchecked Sendable {
  let code: OpaquePointer
  private let jit: Mutex<JITState>
  /// Whether it can only match at the text's start: then a match limit bounds the whole match.
  package let isAnchored: Bool
  /// Capturing groups, the whole match not counted.
  package let groupCount: Int
  /// The groups by name, in the order of their numbers; a name may stand more than once.
  package let groups: [(name: String, number: Int)]

  /// The most capturing groups that a pattern may have.
  package static let groupLimit = MatchScratch.groupLimit

  /// When the JIT compiler runs, which takes two to four times as long as everything before it.
  package enum JITUse: Sendable { case atOnce, whenPrepared, never }

  private enum JITState { case waiting, taken, refused }

  /// Compiles `source`; 3 to 30 µs, with the JIT 10 to 100.
  package init(_ source: String, jit use: JITUse = .atOnce) throws(PatternError) {
    var number: Int32 = 0
    var offset = 0
    let options =
      UInt32(PCRE2_NO_AUTO_CAPTURE) | UInt32(PCRE2_NEVER_UTF) | UInt32(PCRE2_NEVER_UCP)
      | UInt32(PCRE2_DUPNAMES) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    let bytes = Array(source.utf8)
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(
        buffer.baseAddress, buffer.count, options, &number, &offset, Pattern.compileContext.pointer)
    }
    guard let compiled = unsafe compiled else {
      throw PatternError(offset: offset, message: Pattern.message(of: number))
    }
    let groupCount = unsafe Int(Pattern.ask(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT)))
    guard groupCount <= Pattern.groupLimit else {
      unsafe pcre2_code_free_8(compiled)
      throw PatternError(
        offset: 0, message: "\(groupCount) capturing groups are more than \(Pattern.groupLimit)")
    }
    unsafe code = compiled
    self.groupCount = groupCount
    jit = Mutex(use == .never ? .refused : .waiting)
    isAnchored =
      unsafe Pattern.ask(compiled, UInt32(PCRE2_INFO_ALLOPTIONS)) & UInt32(PCRE2_ANCHORED) != 0
    groups = unsafe Pattern.names(of: compiled)
    if use == .atOnce { _ = prepared() }
  }

  /// The pattern for matching, compiled by the JIT if it was not yet and the processor has one.
  ///
  /// The first call takes time, later ones a lock: a thread keeps what it gets.
  package func prepared() -> PreparedPattern {
    let isJIT = jit.withLock { state in
      if state == .waiting {
        let code = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        state = code == 0 ? .taken : .refused
      }
      return state == .taken
    }
    return unsafe PreparedPattern(code: code, isJIT: isJIT, isAnchored: isAnchored)
  }

  /// The pattern for matching by the interpreter, which is about six times slower and needs no more
  /// compiling.
  package func interpreted() -> PreparedPattern {
    unsafe PreparedPattern(code: code, isJIT: false, isAnchored: isAnchored)
  }

  /// The version of PCRE2 that compiles and matches.
  package static let engineVersion: String = {
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), $0.baseAddress)
    }
    return String(decoding: buffer.prefix(max(0, Int(count) - 1)), as: UTF8.self)
  }()

  deinit { unsafe pcre2_code_free_8(code) }

  private static func ask(_ code: OpaquePointer, _ what: UInt32) -> UInt32 {
    var answer: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(code, what, &answer)
    return answer
  }

  private static func names(of code: OpaquePointer) -> [(name: String, number: Int)] {
    let count = unsafe Int(ask(code, UInt32(PCRE2_INFO_NAMECOUNT)))
    let size = unsafe Int(ask(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE)))
    var table: UnsafePointer<UInt8>?
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard count > 0, let table = unsafe table else { return [] }
    var found: [(name: String, number: Int)] = []
    for index in 0..<count {
      let row = unsafe table + index * size
      let number = unsafe Int(row[0]) << 8 | Int(row[1])
      unsafe found.append((String(cString: row + 2), number))
    }
    return found.sorted { $0.number < $1.number }
  }

  private static func message(of number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = unsafe buffer.withUnsafeMutableBufferPointer {
      unsafe pcre2_get_error_message_8(number, $0.baseAddress, $0.count)
    }
    return length < 0
      ? "error \(number)" : String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
  }
}

extension Pattern {
  /// Limits on compiling that hold for every pattern: nesting as deep as 100 parentheses.
  @safe
  private struct CompileContext: @unchecked Sendable {
    let pointer: OpaquePointer?

    init() {
      unsafe pointer = pcre2_compile_context_create_8(nil)
      if let pointer = unsafe pointer {
        _ = unsafe pcre2_set_parens_nest_limit_8(pointer, 100)
        _ = unsafe pcre2_set_max_pattern_length_8(pointer, 64 << 10)
      }
    }
  }

  private static let compileContext = CompileContext()
}

/// A mistake in a regular expression: where, counted in bytes from 0, and PCRE2's words for it.
package struct PatternError: Error, Equatable, Sendable {
  package var offset: Int
  package var message: String

  package init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}
