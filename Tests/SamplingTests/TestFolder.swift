import Bytes
import Glibc

/// A folder with a few files in it, gone when nobody holds it any more.
final class TestFolder {
  let path: String
  private let names: [String]

  init(_ files: [(String, String)]) {
    path = "/tmp/taffrail-test-\(getpid())-\(UInt64.random(in: 0 ..< .max))"
    names = files.map(\.0)
    _ = unsafe mkdir(path, 0o755)
    for (name, text) in files {
      if let slash = name.lastIndex(of: "/") {
        _ = unsafe mkdir("\(path)/\(name[..<slash])", 0o755)
      }
      write(name, text)
    }
  }

  func write(_ name: String, _ text: String) {
    _ = FileReplacement.replace("\(path)/\(name)", with: Array(text.utf8).span)
  }

  deinit {
    for name in names {
      _ = unsafe unlink("\(path)/\(name)")
      if let slash = name.lastIndex(of: "/") { _ = unsafe rmdir("\(path)/\(name[..<slash])") }
    }
    _ = unsafe rmdir(path)
  }
}
