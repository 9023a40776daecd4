import Foundation
import Generation
import Testing

/// Laws 2 and 3: the ledger balances for whatever comes, and groups sum to what was analysed.
@Suite("The ledger balances")
struct LedgerTests {
  static let fixtures = try? FileManager.default.contentsOfDirectory(atPath: Shell.formats.path)

  /// Runs `analyze`, `parse` and `groups` on a file and holds their books against each other.
  static func check(_ shell: Shell, _ path: String, _ comment: String) throws {
    let analyzed = try shell.run("taffrail analyze -c - -o json '\(path)'")
    #expect(analyzed.status <= 1, "analyze \(comment): \(analyzed.status) \(analyzed.error)")
    let book = try analyzed.ledger
    #expect(book.isBalanced, "analyze \(comment): \(book)")

    let parsed = try shell.run("taffrail parse -c - --stats '\(path)' 2>&1 >parsed.jsonl")
    #expect(parsed.status <= 1, "parse \(comment): \(parsed.status) \(parsed.out)")
    let line = try #require(parsed.lines.first { $0.contains("ledger {") })
    let listed = Shell.Ledger(
      try Shell.object(String(line.drop { $0 != "{" })))
    #expect(listed.isBalanced, "parse \(comment)")
    #expect(listed["entries"] == book["entries"], "\(comment)")
    let entries = try shell.read("parsed.jsonl").split(separator: "\n")
    var weight = 0
    for entry in entries {
      let object = try? Shell.object(String(entry))
      #expect(object != nil, "parse \(comment): \(entry)")
      weight += object?["taffrail.repeated"] as? Int ?? 1
    }
    #expect(weight == listed["analysed"], "parse \(comment)")

    let grouped = try shell.run("taffrail groups -c - -o json --stats '\(path)'")
    let sum = try grouped.objects.reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
    #expect(sum == (try grouped.ledger)["analysed"], "groups \(comment)")
  }

  @Test("for each format", arguments: fixtures ?? [])
  func formats(name: String) throws {
    let shell = try Shell()
    try Self.check(shell, Shell.formats.appending(path: name).path, name)
  }

  @Test("for generated streams", arguments: StreamFormat.allCases)
  func generated(format: StreamFormat) throws {
    let shell = try Shell()
    try shell.write("input.log", Streams.bytes(format, seed: 21, byteCount: 150_000))
    try Self.check(shell, "input.log", "\(format)")
  }

  @Test("for random bytes", arguments: [1, 1000, 300_000])
  func garbage(byteCount: Int) throws {
    let shell = try Shell()
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    try shell.write("input.log", random.bytes(byteCount))
    try Self.check(shell, "input.log", "\(byteCount) random bytes, seed \(seed)")
  }

  @Test("for damaged input", arguments: fixtures ?? [])
  func mutations(name: String) throws {
    let shell = try Shell()
    let bytes = try Data(contentsOf: Shell.formats.appending(path: name))
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    for round in 0..<4 {
      try shell.write("input.log", Streams.mutated(bytes, by: &random))
      try Self.check(shell, "input.log", "\(name), seed \(seed), round \(round)")
    }
  }

  /// Each line asks for what stands far before or behind it.
  @Test(
    "for rows of what has no end",
    arguments: [
      (
        "Nov  1 10:00:00 h sshd[1]: Failed password for root from 192.0.2.4 port 22 ssh2",
        "Nov  1 10:00:00 h last message repeated 2 times"
      ),
      ("<Event><System></System></Event>", "<!-- >"),
      ("<Event><System></System></Event>", "<Events \""),
    ])
  func endless(first: String, row: String) throws {
    let shell = try Shell()
    let text = first + "\n" + String(repeating: row + "\n", count: 30_000)
    try shell.write("input.log", Data(text.utf8))
    try Self.check(shell, "input.log", row)
  }

  @Test("for what once went wrong")
  func fuzzed() throws {
    let folder = Shell.root.appending(path: "fixtures/fuzz")
    let shell = try Shell()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      try Self.check(shell, folder.appending(path: name).path, name)
    }
  }
}
