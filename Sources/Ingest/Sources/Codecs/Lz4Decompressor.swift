internal import CCodecs

/// LZ4 frames (lz4 Frame Format 1.6) by liblz4; blocks of 4 MiB at most.
@safe
final class Lz4Decompressor: Decompressor {
  private let context: OpaquePointer
  private var tail = Lz4Tail()

  init?() {
    var made: OpaquePointer?
    let code = unsafe LZ4F_createDecompressionContext(&made, UInt32(LZ4F_VERSION))
    guard LZ4F_isError(code) == 0, let made = unsafe made else { return nil }
    unsafe context = made
  }

  deinit { _ = unsafe LZ4F_freeDecompressionContext(context) }

  @unsafe func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodeStep {
    var consumed = input.count
    var produced = output.count
    let result = unsafe LZ4F_decompress(
      context, output.baseAddress, &produced, input.baseAddress, &consumed, nil)
    unsafe tail.consume(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: input[..<consumed])))
    unsafe tail.produce(
      Span(
        _unsafeBytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<produced]))
    )
    let state: DecodeStep.State =
      if LZ4F_isError(result) != 0 {
        .failed(unsafe String(cString: LZ4F_getErrorName(result)))
      } else {
        result == 0 ? .memberEnd : .within
      }
    return DecodeStep(consumed: consumed, produced: produced, state: state)
  }

  func restart() {
    unsafe LZ4F_resetDecompressionContext(context)
    tail = Lz4Tail()
  }

  func remainder() -> [UInt8] { tail.decoded() }
}
