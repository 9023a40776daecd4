internal import CScan

/// Where a text's chunks end, and which of its bytes a mask lexer has to look at, as bits.
///
/// Delimiters are white space, control characters and `= , ; ( ) [ ] { } " ' < > | :`. Stops are digits,
/// `/ \ @ ~`, `<`, colons that no white space follows, and white space that is no single blank between
/// other bytes; what lies between stops may be copied as it stands.
/// - Limits: texts of at most `capacity` bytes.
/// - Invariant: behind a text's end both rows have a bit, and their last word is all ones, so that a look
///   for the next bit ends without a count.
@safe
@usableFromInline
package final class TextMarks {
  @inlinable package static var capacity: Int { 1024 }

  @usableFromInline let delimiters: UnsafeMutablePointer<UInt64>
  @usableFromInline let stops: UnsafeMutablePointer<UInt64>
  @usableFromInline let digits: UnsafeMutablePointer<UInt64>

  package init() {
    let words = Self.capacity / 64 + 2
    unsafe delimiters = .allocate(capacity: words)
    unsafe delimiters.initialize(repeating: ~0, count: words)
    unsafe stops = .allocate(capacity: words)
    unsafe stops.initialize(repeating: ~0, count: words)
    unsafe digits = .allocate(capacity: words)
    unsafe digits.initialize(repeating: 0, count: words)
  }

  deinit {
    unsafe delimiters.deallocate()
    unsafe stops.deallocate()
    unsafe digits.deallocate()
  }

  /// Marks the bytes of a text.
  package func scan(_ text: Span<UInt8>, by machine: StructureIndex.Machine = .widest) {
    precondition(text.count <= Self.capacity)
    unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      switch machine {
      case .widest: unsafe scan_marks(base, buffer.count, delimiters, stops, digits)
      case .plain: unsafe scan_marks_plain(base, buffer.count, delimiters, stops, digits)
      }
    }
    let word = text.count >> 6
    let bit = UInt64(1) << UInt64(text.count & 63)
    let isPartOfBlock = bit != 1
    unsafe delimiters[word] = (isPartOfBlock ? delimiters[word] : 0) | bit
    unsafe stops[word] = (isPartOfBlock ? stops[word] : 0) | bit
  }

  /// The first stop at or behind `from`, which is within the text; or the text's end.
  @inlinable @inline(__always)
  package func stop(from: Int) -> Int { unsafe first(in: stops, from: from) }

  /// The first delimiter at or behind `from`, which is within the text; or the text's end.
  @inlinable @inline(__always)
  package func delimiter(from: Int) -> Int { unsafe first(in: delimiters, from: from) }

  /// Whether a delimiter stands at `at`.
  @inlinable @inline(__always)
  package func isDelimiter(_ at: Int) -> Bool {
    precondition(at >= 0 && at <= Self.capacity)
    return unsafe delimiters[at >> 6] &>> UInt64(truncatingIfNeeded: at & 63) & 1 != 0
  }

  /// Where the chunk begins that goes on to `at`: behind the last delimiter before it, not before `from`.
  @inlinable @inline(__always)
  package func chunkStart(of at: Int, from: Int) -> Int {
    precondition(from >= 0 && from <= at && at <= Self.capacity)
    var word = at >> 6
    var bits = unsafe delimiters[word] & ((1 &<< UInt64(truncatingIfNeeded: at & 63)) &- 1)
    while bits == 0 {
      if word &<< 6 <= from { return from }
      word &-= 1
      bits = unsafe delimiters[word]
    }
    return max(from, word &<< 6 &+ 64 &- bits.leadingZeroBitCount)
  }

  /// Which of at most 64 bytes from `start` on are digits, and which are digits or `/ \ @ ~`, the first as
  /// the lowest bit; they must be a chunk, without a delimiter.
  @inlinable @inline(__always)
  package func values(from start: Int, count: Int) -> (digits: UInt64, values: UInt64) {
    precondition(start >= 0 && count > 0 && count <= 64 && start &+ count <= Self.capacity)
    let word = start >> 6
    let shift = UInt64(truncatingIfNeeded: start & 63)
    let valid = ~0 as UInt64 &>> UInt64(truncatingIfNeeded: 64 &- count)
    // Two shifts for the next word, since one by 64 would be one by nothing.
    let digits =
      unsafe self.digits[word] &>> shift | (self.digits[word &+ 1] &<< 1) &<< (63 &- shift)
    let values = unsafe stops[word] &>> shift | (stops[word &+ 1] &<< 1) &<< (63 &- shift)
    return (digits & valid, values & valid)
  }

  @inlinable @inline(__always)
  func first(in words: UnsafeMutablePointer<UInt64>, from: Int) -> Int {
    precondition(from >= 0 && from <= Self.capacity)
    var word = from >> 6
    var bits = unsafe words[word] & (~0 &<< UInt64(truncatingIfNeeded: from & 63))
    while bits == 0 {
      word &+= 1
      bits = unsafe words[word]
    }
    return word &<< 6 &+ bits.trailingZeroBitCount
  }
}

extension MutableSpan<UInt8> {
  /// Puts the first `length` bytes of a word at `at`, and the others behind them where there is room.
  @inlinable @inline(__always)
  package mutating func store(_ word: SIMD16<UInt8>, _ length: Int, at: Int) {
    precondition(at >= 0 && length >= 0 && length <= 16 && at <= count &- length)
    if at <= count &- 16 {
      unsafe withUnsafeMutableBytes {
        unsafe $0.storeBytes(of: word, toByteOffset: at, as: SIMD16<UInt8>.self)
      }
    } else {
      for index in 0..<length { self[at &+ index] = word[index] }
    }
  }

  /// Puts the bytes of `range` of another span at `at`, and whatever behind them where there is room for
  /// 16 bytes, which is what makes it fast.
  @inlinable @inline(__always)
  package mutating func copy(_ range: Range<Int>, of source: Span<UInt8>, at: Int) {
    let length = range.count
    precondition(range.lowerBound >= 0 && range.upperBound <= source.count)
    precondition(at >= 0 && length <= count && at <= count - length)
    let isRoomy =
      length <= 16 && source.count &- range.lowerBound >= 16 && count &- at >= 16
    unsafe withUnsafeMutableBufferPointer { target in
      unsafe source.withUnsafeBufferPointer { bytes in
        guard let to = target.baseAddress, let from = bytes.baseAddress else { return }
        let out = unsafe UnsafeMutableRawPointer(to + at)
        let text = unsafe UnsafeRawPointer(from + range.lowerBound)
        if isRoomy {
          unsafe out.storeBytes(
            of: text.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
        } else if length > 16 {
          // The last 16 bytes overlap those before them.
          var done = 0
          while done < length &- 16 {
            unsafe out.storeBytes(
              of: text.loadUnaligned(fromByteOffset: done, as: SIMD16<UInt8>.self),
              toByteOffset: done, as: SIMD16<UInt8>.self)
            done &+= 16
          }
          unsafe out.storeBytes(
            of: text.loadUnaligned(fromByteOffset: length &- 16, as: SIMD16<UInt8>.self),
            toByteOffset: length &- 16, as: SIMD16<UInt8>.self)
        } else if length > 0 {
          unsafe memmove(to + at, from + range.lowerBound, length)
        }
      }
    }
  }
}
