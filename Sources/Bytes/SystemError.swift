internal import Glibc

/// Why the operating system refused a call: its error number (errno).
package struct SystemError: Error, Equatable, Sendable {
  package let number: Int32

  package init(number: Int32) { self.number = number }

  /// The error of the call that has just failed.
  package static var last: SystemError { SystemError(number: errno) }

  package static let notFound = SystemError(number: ENOENT)
  package static let isDirectory = SystemError(number: EISDIR)
  package static let invalid = SystemError(number: EINVAL)

  package var isMissing: Bool { number == ENOENT || number == ENOTDIR }

  /// The system's text for it: `Permission denied`.
  package var text: String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
  }
}
