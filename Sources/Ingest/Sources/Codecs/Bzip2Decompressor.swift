internal import CCodecs

/// bzip2 by libbz2.
@safe
final class Bzip2Decompressor: Decompressor {
  private let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)

  init?() {
    unsafe stream.initialize(to: bz_stream())
    if unsafe BZ2_bzDecompressInit(stream, 0, 0) != BZ_OK { return nil }
  }

  deinit {
    unsafe BZ2_bzDecompressEnd(stream)
    unsafe stream.deallocate()
  }

  @unsafe func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodeStep {
    let bytes = unsafe input.bindMemory(to: CChar.self)
    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
    unsafe stream.pointee.next_out = output.bindMemory(to: CChar.self).baseAddress
    unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
    let result = unsafe BZ2_bzDecompress(stream)
    let consumed = unsafe input.count - Int(stream.pointee.avail_in)
    let produced = unsafe output.count - Int(stream.pointee.avail_out)
    let state: DecodeStep.State =
      switch result {
      case BZ_OK: .within
      case BZ_STREAM_END: .memberEnd
      default: .failed("bzip2 data is corrupt")
      }
    return DecodeStep(consumed: consumed, produced: produced, state: state)
  }

  func restart() {
    unsafe BZ2_bzDecompressEnd(stream)
    unsafe stream.pointee = bz_stream()
    unsafe BZ2_bzDecompressInit(stream, 0, 0)
  }
}
