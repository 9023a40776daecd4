import Foundation
import Testing

/// Shell commands run in a folder of their own, with the built tool on the path.
///
/// Nobody's configuration is read, and no command lasts longer than `timeout` seconds.
final class Shell {
  /// What a command left behind.
  struct Outcome {
    /// As a shell tells it: 128 and the signal's number where a signal ended it.
    var status: Int32
    var out: String
    var error: String

    var lines: [Substring] { out.split(separator: "\n") }

    /// Its lines as JSON objects; a line that is none fails the test.
    var objects: [[String: Any]] {
      get throws { try lines.map { try Shell.object(String($0)) } }
    }

    /// The summary that ends an analysis.
    var summary: [String: Any] {
      get throws {
        let last = try #require(try objects.last)
        try #require(last["kind"] as? String == "summary")
        return last
      }
    }

    /// The run's book: of the summary, or what `--stats` says of it.
    var ledger: Ledger {
      get throws {
        if let line = error.split(separator: "\n").last(where: { $0.contains("ledger {") }),
          let start = line.firstIndex(of: "{")
        {
          return Ledger(try Shell.object(String(line[start...])))
        }
        return Ledger(try #require(try summary["ledger"] as? [String: Any]))
      }
    }
  }

  /// The lines of a run's book.
  struct Ledger {
    private let lines: [String: Any]

    init(_ lines: [String: Any]) { self.lines = lines }

    subscript(_ name: String) -> Int { lines[name] as? Int ?? -1 }

    var dropped: Int {
      (lines["dropped"] as? [String: Int] ?? [:]).values.reduce(0, +)
    }

    /// Law 2, reckoned from the printed figures, not taken from what the tool says of them.
    var isBalanced: Bool {
      self["read"] + self["expanded"]
        == self["entries"] + self["continuations"] + self["unparsed"] + self["blank"]
        && self["entries"] == self["analysed"] + self["filtered"] + self["late"] + dropped
    }
  }

  static let timeout = 25
  static let root = RoomsTests.root
  static let formats = root.appending(path: "fixtures/formats")

  /// The folder of the built binary: beside the test bundle.
  static let binaries: String = {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") }
    let places = [
      bundle, try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
    ]
    for place in places.compactMap(\.self) {
      var folder = URL(filePath: place)
      for _ in 0..<4 {
        folder.deleteLastPathComponent()
        if FileManager.default.isExecutableFile(atPath: folder.appending(path: "taffrail").path) {
          return folder.path
        }
      }
    }
    return root.appending(path: ".build/debug").path
  }()

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "taffrail-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "home"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ bytes: Data) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// Runs a script with bash, without a terminal or input; its output goes through files, so that no
  /// descriptor of a test is held by another's command.
  func run(_ script: String, environment more: [String: String] = [:]) throws -> Outcome {
    let number = UUID().uuidString
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["-k", "5", "\(Self.timeout)", "bash", "-c", script]
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": "\(Self.binaries):/usr/local/bin:/usr/bin:/bin", "HOME": folder.path + "/home",
      "TMPDIR": folder.path, "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
      "FIXTURES": Self.root.appending(path: "fixtures").path,
    ].merging(more) { $1 }
    let out = try file(number + ".out")
    let error = try file(number + ".err")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = out
    process.standardError = error
    // Threads of a dispatch pool block signals, and what they start would inherit that.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
    try process.run()
    process.waitUntilExit()
    try out.close()
    try error.close()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (isSignal ? 128 : 0), out: try read(number + ".out"),
      error: try read(number + ".err"))
  }

  private func file(_ name: String) throws -> FileHandle {
    try write(name, "")
    return try FileHandle(forWritingTo: folder.appending(path: name))
  }

  static func object(_ line: String) throws -> [String: Any] {
    let value = try? JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(value as? [String: Any], "no JSON object: \(line)")
  }
}
