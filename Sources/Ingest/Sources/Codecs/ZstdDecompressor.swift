internal import CCodecs

/// Zstandard (RFC 8878) by libzstd; windows up to its default limit of 128 MiB.
@safe
final class ZstdDecompressor: Decompressor {
  private let stream: OpaquePointer

  init?() {
    guard let made = unsafe ZSTD_createDStream() else { return nil }
    unsafe stream = made
  }

  deinit { unsafe ZSTD_freeDStream(stream) }

  @unsafe func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodeStep {
    var from = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var to = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = unsafe ZSTD_decompressStream(stream, &to, &from)
    let state: DecodeStep.State =
      if ZSTD_isError(result) != 0 {
        .failed(unsafe String(cString: ZSTD_getErrorName(result)))
      } else {
        result == 0 ? .memberEnd : .within
      }
    return unsafe DecodeStep(consumed: from.pos, produced: to.pos, state: state)
  }

  func restart() { unsafe ZSTD_initDStream(stream) }
}
