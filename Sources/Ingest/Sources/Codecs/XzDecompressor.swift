internal import CCodecs

/// xz by liblzma, with at most 128 MiB of memory.
@safe
final class XzDecompressor: Decompressor {
  private static let memoryLimit: UInt64 = 128 << 20
  private let stream = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)

  init?() {
    unsafe stream.initialize(to: lzma_stream())
    if unsafe lzma_stream_decoder(stream, Self.memoryLimit, 0) != LZMA_OK { return nil }
  }

  deinit {
    unsafe lzma_end(stream)
    unsafe stream.deallocate()
  }

  @unsafe func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodeStep {
    unsafe stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_in = input.count
    unsafe stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_out = output.count
    let result = unsafe lzma_code(stream, LZMA_RUN)
    let consumed = unsafe input.count - stream.pointee.avail_in
    let produced = unsafe output.count - stream.pointee.avail_out
    let state: DecodeStep.State =
      switch result {
      case LZMA_OK, LZMA_BUF_ERROR: .within
      case LZMA_STREAM_END: .memberEnd
      case LZMA_FORMAT_ERROR: .failed("not in xz format")
      case LZMA_MEMLIMIT_ERROR: .failed("xz would need over 128 MiB of memory")
      case LZMA_OPTIONS_ERROR: .failed("unknown xz options")
      default: .failed("xz data is corrupt")
      }
    return DecodeStep(consumed: consumed, produced: produced, state: state)
  }

  func restart() { _ = unsafe lzma_stream_decoder(stream, Self.memoryLimit, 0) }
}
