import Foundation
import Testing

/// Real input that nobody here wrote, where a folder of it is given by `TAFFRAIL_CORPUS`.
@Suite("The corpus")
struct CorpusTests {
  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["TAFFRAIL_CORPUS"]
    let beside = Shell.root.deletingLastPathComponent().appending(path: "shared/corpus")
    let folder = named.map { URL(filePath: $0) } ?? beside
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static let files: [String] = {
    guard let folder else { return [] }
    var files: [String] = []
    let rooms = ["groups", "unlabelled", "weblog", "incidents", "journald", "multiline"]
    for room in rooms {
      let walk = FileManager.default.enumerator(atPath: folder.appending(path: room).path)
      for case let name as String in walk ?? .init() {
        let isLog = ["log", "gz", "json", "export", "json-seq"].contains {
          name.hasSuffix(".\($0)") && !name.hasSuffix("truth.json")
        }
        if room == "groups" ? name.hasSuffix("raw.log") : isLog { files.append("\(room)/\(name)") }
      }
    }
    return files.sorted()
  }()

  @Test(
    "goes through with a balanced ledger",
    .enabled(if: folder != nil, "no corpus: set TAFFRAIL_CORPUS to its folder"))
  func balances() throws {
    let folder = try #require(Self.folder)
    #expect(!Self.files.isEmpty)
    let shell = try Shell()
    for file in Self.files {
      let path = folder.appending(path: file).path
      try LedgerTests.check(shell, path, file)
      let outcome = try shell.run("taffrail -c - -o json '\(path)'")
      #expect(outcome.status == 0, "\(file): \(outcome.error)")
    }
  }
}
