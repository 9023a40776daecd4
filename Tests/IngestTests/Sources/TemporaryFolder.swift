import Bytes
import Foundation
import Ingest

/// A folder that goes with its test.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "sources-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> FilePath { FilePath(url.appending(path: name).path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return path(name)
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> FilePath { try write(name, bytes(text)) }

  func append(_ name: String, _ text: String) throws {
    let handle = try FileHandle(forWritingTo: url.appending(path: name))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appending(path: name)))
  }

  func rename(_ name: String, to other: String) throws {
    try FileManager.default.moveItem(
      at: url.appending(path: name), to: url.appending(path: other))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: url.appending(path: name))
  }

  /// Paths relative to the folder.
  func relative(_ files: [InputFile]) -> [String] {
    files.map { String($0.path.text.dropFirst(url.path.count + 1)) }
  }

  /// Runs a program of the system in the folder; false where there is none.
  func run(_ program: String, _ arguments: [String]) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/\(program)")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)") else { return false }
    process.arguments = arguments
    process.currentDirectoryURL = url
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
