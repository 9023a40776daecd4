import Foundation
import Testing

/// The rooms' arrows run one way: a room imports only rooms of lower floors.
struct RoomsTests {
  static let floors: [[String]] = [
    ["Bytes"], ["PatternMatching", "Model"], ["YAML", "Flow"],
    [
      "Ingest", "Masking", "Packs", "Correlation", "Grouping", "Detection", "Triage",
      "Security", "Alerting", "Output", "Reporting", "Sampling", "Trading", "Generation",
      "Store",
    ],
    ["App"], ["taffrail"],
  ]
  static let floor = Dictionary(
    uniqueKeysWithValues: floors.enumerated().flatMap { level, rooms in
      rooms.map { ($0, level) }
    })
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func sources(of room: String) -> [URL] {
    let folder = Self.root.appendingPathComponent("Sources/\(room)")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
  }

  private func imports(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count,
        words[..<at].allSatisfy({ ["package", "internal", "private", "@testable"].contains($0) })
      else { return nil }
      return String(words[at + 1])
    }
  }

  @Test(arguments: floors.flatMap { $0 })
  func importsOnlyFromLowerFloors(room: String) throws {
    let level = try #require(Self.floor[room])
    let files = sources(of: room)
    #expect(!files.isEmpty)
    for file in files {
      for name in try imports(of: file) {
        guard let other = Self.floor[name] else { continue }
        #expect(other < level, "\(file.lastPathComponent) imports \(name)")
      }
    }
  }

  @Test(arguments: [
    "Bytes", "Model", "Flow", "Masking", "Packs", "Grouping", "Detection", "Triage", "Correlation",
    "Security",
  ])
  func theHotRoomsDoWithoutFoundation(room: String) throws {
    for file in sources(of: room) {
      let imported = try imports(of: file)
      #expect(!imported.contains { $0.hasPrefix("Foundation") }, "\(file.lastPathComponent)")
    }
  }
}
