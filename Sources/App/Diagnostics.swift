internal import Glibc

/// Words for people: on stderr, and for help and versions on stdout.
enum Diagnostics {
  static func error(_ text: String, hint: String? = nil) {
    write("taffrail: \(text)\n" + (hint.map { "  hint: \($0)\n" } ?? ""), to: STDERR_FILENO)
  }

  static func note(_ text: String) { write("taffrail: \(text)\n", to: STDERR_FILENO) }

  /// Text as it stands, on stderr.
  static func aside(_ text: String) { write(text, to: STDERR_FILENO) }

  static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }
}
