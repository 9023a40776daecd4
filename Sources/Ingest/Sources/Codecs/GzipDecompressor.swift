internal import CCodecs

/// gzip (RFC 1952) by zlib.
@safe
final class GzipDecompressor: Decompressor {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init?() {
    unsafe stream.initialize(to: z_stream())
    /// A window of 32 KiB, and a gzip header expected.
    let windowBits: Int32 = 15 + 16
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let result = unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, size)
    if result != Z_OK { return nil }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  @unsafe func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodeStep {
    let bytes = unsafe input.bindMemory(to: UInt8.self)
    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    unsafe stream.pointee.avail_in = uInt(clamping: input.count)
    unsafe stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_out = uInt(clamping: output.count)
    let result = unsafe inflate(stream, Z_NO_FLUSH)
    let consumed = unsafe input.count - Int(stream.pointee.avail_in)
    let produced = unsafe output.count - Int(stream.pointee.avail_out)
    let state: DecodeStep.State =
      switch result {
      case Z_OK, Z_BUF_ERROR: .within
      case Z_STREAM_END: .memberEnd
      default:
        .failed(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "gzip error")
      }
    return DecodeStep(consumed: consumed, produced: produced, state: state)
  }

  func restart() { unsafe inflateReset(stream) }
}
