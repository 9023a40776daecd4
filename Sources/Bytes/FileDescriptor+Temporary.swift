internal import Glibc

extension FileDescriptor {
  /// A temporary file for reading and writing that has no name and goes with its last descriptor.
  ///
  /// open(2) with `O_TMPFILE`; where the file system has none, mkstemp(3) and unlink(2).
  package init(unnamedIn folder: FilePath) throws(SystemError) {
    let temporaryFile: Int32 = 0o20_200_000
    let opened = unsafe folder.withCString {
      unsafe open($0, O_RDWR | O_CLOEXEC | temporaryFile, 0o600)
    }
    if opened >= 0 {
      self.init(owning: opened)
      return
    }
    var template = Array((folder.text + "/taffrail-XXXXXX").utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return -1 }
      let made = unsafe mkstemp(base)
      if made >= 0 { unsafe unlink(base) }
      return made
    }
    guard made >= 0 else { throw .last }
    self.init(owning: made)
  }

  /// Writes all bytes at the descriptor's position.
  package func write(_ bytes: Span<UInt8>) -> WriteOutcome {
    DescriptorOutput.write(bytes, to: number)
  }
}
