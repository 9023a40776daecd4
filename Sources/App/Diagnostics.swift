internal import Bytes
internal import Glibc
internal import Model
internal import Output

/// Words for people: on stderr, and for help and versions on stdout.
enum Diagnostics {
  static func error(_ text: String, hint: String? = nil) {
    write("taffrail: \(text)\n" + (hint.map { "  hint: \($0)\n" } ?? ""), to: STDERR_FILENO)
  }

  static func help(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// A mistake in a file that the user wrote, with the line where it stands.
  static func mistake(_ error: ConfigurationError) {
    // A pipe has been read, and would be waited for.
    let isRegular = (try? FileStatus(FilePath(error.file)))?.kind == .regular
    let source =
      isRegular
      ? (try? WholeFile.read(error.file, limit: 1 << 20)).map {
        String(decoding: $0, as: UTF8.self)
      }
      : nil
    let text = ConfigurationErrorText.text(
      error, source: source, style: TextStyle(isColoured: Terminal.colours(STDERR_FILENO)))
    write(text, to: STDERR_FILENO)
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
