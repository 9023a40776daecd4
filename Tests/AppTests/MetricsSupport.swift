import Bytes
import Foundation
import Generation
import Model

@testable import App

/// A folder that goes with its test.
final class MetricsFolder {
  let root: String

  init() throws {
    root =
      FileManager.default.temporaryDirectory.appending(path: "metrics-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ name: String) -> String { root + "/" + name }

  /// Its text, or nothing where it is not there.
  func text(_ name: String) -> String {
    (try? String(contentsOfFile: path(name), encoding: .utf8)) ?? ""
  }
}

/// An analysis of a small generated stream, and the files that it wrote.
struct MeteredRun {
  let metrics: String
  let minutes: String
  let output: String
  let status: Int32

  init(workers: String = "2", isMetered: Bool = true) throws {
    let folder = try MetricsFolder()
    try Self.input.write(to: URL(fileURLWithPath: folder.path("input")))
    var words = [
      "analyze", "-c", "-", "-o", "json", "--output-file", folder.path("out"), "--workers", workers,
    ]
    if isMetered {
      words += [
        "--metrics", folder.path("metrics"), "--metrics-interval", "100ms", "--metric-events",
        folder.path("minutes"),
      ]
    }
    status = App.perform(words + [folder.path("input")])
    metrics = folder.text("metrics")
    minutes = folder.text("minutes")
    // The input's name holds the folder's; everything else must be equal.
    output = folder.text("out").replacingOccurrences(of: folder.root, with: "")
  }

  /// The last line of the output.
  var summary: [String: Any]? {
    output.split(separator: "\n").last.flatMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  private static let input: Data = {
    let settings = StreamSettings(
      seed: 11, durationSeconds: 2400, entriesPerMinute: 30, format: .json, randomIncidentCount: 1)
    guard var generator = try? StreamGenerator(settings) else { return Data() }
    var writer = ByteWriter()
    while generator.next(atLeast: 1 << 20, into: &writer) {}
    return Data(writer.bytes) + Data("{\"broken\n\nplain words\n".utf8)
  }()
}

/// A page in Prometheus's text format, read by its rules: what breaks one is a problem.
struct ScrapedPage {
  private(set) var types: [String: String] = [:]
  private(set) var problems: [String] = []
  private var values: [String: Double] = [:]

  init(_ text: String) {
    if !text.hasSuffix("\n") { problems.append("the last line has no end") }
    var family = ""
    var closed: Set<String> = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
      if line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ") {
        let name = String(words[2])
        if name != family {
          closed.insert(family)
          family = name
        }
        if closed.contains(name) { problems.append("\(name) in two places") }
        if line.hasPrefix("# TYPE "), types.updateValue(String(words[3]), forKey: name) != nil {
          problems.append("\(name) has two types")
        }
        continue
      }
      read(String(line), of: family)
    }
  }

  func value(_ series: String) -> Double? { values[series] }

  /// The sum of a family's series, save those with a word in their labels.
  func sum(_ family: String, without word: String = "\0") -> Double {
    values.filter { $0.key.hasPrefix(family + "{") && !$0.key.contains(word) }.values.reduce(0, +)
  }

  func count(_ family: String) -> Int { values.keys.count { $0.hasPrefix(family + "{") } }

  private mutating func read(_ line: String, of family: String) {
    let form =
      #/([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*",?)*\})? (\S+)/#
    guard let match = line.wholeMatch(of: form) else {
      problems.append("not a sample: \(line)")
      return
    }
    let name = String(match.1)
    let parts = ["histogram", "summary"].contains(types[family] ?? "")
    let suffixes = parts ? ["", "_bucket", "_sum", "_count"] : [""]
    if !suffixes.contains(where: { family + $0 == name }) {
      problems.append("\(name) under \(family)")
    }
    if types[family] == "counter", !family.hasSuffix("_total") {
      problems.append("counter \(family) without _total")
    }
    guard let value = Double(match.3.replacing("Inf", with: "infinity")) else {
      problems.append("not a number: \(line)")
      return
    }
    if types[family] == "counter", value < 0 { problems.append("below zero: \(line)") }
    if values.updateValue(value, forKey: name + (match.2.map(String.init) ?? "")) != nil {
      problems.append("twice: \(line)")
    }
  }
}
