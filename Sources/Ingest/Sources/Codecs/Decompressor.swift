/// One compressed member in the making of its bytes; a thin cover of a codec's own library.
protocol Decompressor: AnyObject {
  /// Decodes as much of `input` as is there and has room in `output`, both not empty.
  @unsafe func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodeStep

  /// Makes ready for the next member.
  func restart()

  /// What can be told of a member that breaks off, beyond what was given.
  func remainder() -> [UInt8]
}

extension Decompressor {
  func remainder() -> [UInt8] { [] }
}

/// What one call of a codec did.
struct DecodeStep {
  enum State {
    case within
    /// The member is complete; another one may follow.
    case memberEnd
    case failed(String)
  }

  var consumed: Int
  var produced: Int
  var state: State
}
