/// The name of a file as the system keeps it: bytes without NUL, not always UTF-8.
package struct FilePath: Hashable, Comparable, Sendable {
  package private(set) var bytes: [UInt8]

  package init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  /// Bytes from the first NUL on are left out.
  package init(bytes: [UInt8]) {
    self.bytes = bytes.firstIndex(of: 0).map { Array(bytes[..<$0]) } ?? bytes
  }

  /// For people; what is not UTF-8 becomes U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What stands behind the last slash.
  package var name: [UInt8] {
    guard let slash = bytes.lastIndex(of: 0x2f) else { return bytes }
    return Array(bytes[(slash + 1)...])
  }

  /// The directory that holds it; `.` where it names none.
  package var parent: FilePath {
    guard let slash = bytes.lastIndex(of: 0x2f) else { return FilePath(".") }
    return FilePath(bytes: slash == 0 ? [0x2f] : Array(bytes[..<slash]))
  }

  package func appending(_ name: [UInt8]) -> FilePath {
    FilePath(bytes: bytes.last == 0x2f ? bytes + name : bytes + [0x2f] + name)
  }

  package var isEmpty: Bool { bytes.isEmpty }

  package static func < (left: FilePath, right: FilePath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Lends the path as a C string.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
    return unsafe terminated.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("BUG: no terminator") }
      return unsafe body(base)
    }
  }
}

extension FilePath {
  /// Lends the path as a C string, to the wrappers of C libraries.
  @unsafe
  package func lendCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe withCString(body)
  }

  /// Lends paths as a list of C strings that ends with a null pointer.
  @unsafe
  package static func lendCStrings<Result>(
    _ paths: [FilePath], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var store: [CChar] = []
    var starts: [Int] = []
    for path in paths {
      starts.append(store.count)
      store += path.bytes.map { CChar(bitPattern: $0) } + [0]
    }
    return unsafe store.withUnsafeBufferPointer { bytes in
      var pointers = unsafe starts.map { start in unsafe bytes.baseAddress.map { unsafe $0 + start }
      }
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeMutableBufferPointer { list in
        guard let base = list.baseAddress else { preconditionFailure("BUG: no terminator") }
        return unsafe body(base)
      }
    }
  }
}
