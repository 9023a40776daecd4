internal import Bytes
internal import Model

/// What a look at a file's first bytes says of it: whether a directory's file is read at all.
enum FileLook {
  case text
  /// Neither compressed nor framed, and full of NUL and control bytes: a database, an image, wtmp.
  case binary
  case unreadable

  private static let size = 1024

  init(_ path: FilePath) {
    let start = Arena(capacity: Self.size)
    do throws(SystemError) {
      let descriptor = try FileDescriptor(reading: path)
      _ = try descriptor.read(into: start, limit: Self.size)
    } catch {
      self = .unreadable
      return
    }
    self = FileLook.isText(start.span) ? .text : .binary
  }

  private static func isText(_ bytes: Span<UInt8>) -> Bool {
    if case .codec = Codec.recognise(bytes) { return true }
    if case .utf16? = FramingSniffer.mark(bytes, atEnd: true) { return true }
    if FramingSniffer.framing(of: bytes, atEnd: true) ?? .lines != .lines { return true }
    var controls = 0
    for index in 0..<bytes.count where isControl(bytes[index]) { controls += 1 }
    return controls * 10 <= bytes.count
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(0x09...0x0d).contains(byte) && byte != 0x1b
  }
}
