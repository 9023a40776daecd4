internal import Glibc

/// Whole files of a few pages, as those under /proc are.
package enum SmallFile {
  /// Reads the file at `path` into `bytes`; false, and no bytes, where it can't be read.
  ///
  /// - Parameter limit: at most so many bytes are read; the rest of the file is left.
  package static func read(
    _ path: String, into bytes: inout [UInt8], limit: Int = 1 << 20
  ) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    let step = 16 << 10
    while bytes.count < limit {
      let held = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: min(step, limit - held)))
      let got = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
        guard let base = buffer.baseAddress else { return 0 }
        return unsafe Glibc.read(descriptor, base + held, buffer.count - held)
      }
      if got < 0, errno == EINTR {
        bytes.removeLast(bytes.count - held)
        continue
      }
      bytes.removeLast(bytes.count - held - max(got, 0))
      if got < 0 {
        bytes.removeAll(keepingCapacity: true)
        return false
      }
      if got == 0 { break }
    }
    return true
  }
}
