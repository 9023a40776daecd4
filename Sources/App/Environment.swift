internal import Glibc

/// The process's environment variables.
enum Environment {
  static func value(_ name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }
}
