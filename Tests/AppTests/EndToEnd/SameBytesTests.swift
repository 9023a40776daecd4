import Foundation
import Generation
import Testing

/// Law 1: equal input gives equal output, however it is read and by however many.
@Suite("The same bytes on stdout")
struct SameBytesTests {
  static let commands = ["analyze", "parse", "groups", "groups --per-entry"]
  /// Each way of reading, with a number of workers.
  static let ways = [
    ("file", 1), ("file", 2), ("file", 3), ("1", 2), ("7", 3), ("4096", 1), ("1M", 2),
  ]

  /// Runs a command every way; what names the input differs, and is made equal.
  private func outputs(
    _ shell: Shell, _ command: String, _ ways: [(String, Int)]
  ) throws -> [(way: String, out: String)] {
    try ways.map { how, workers in
      let flags = "\(command) -c - -o json --input-year 2026 --workers \(workers)"
      let line =
        how == "file"
        ? "taffrail \(flags) input.log"
        : "dd if=input.log bs=\(how) status=none | taffrail \(flags)"
      let outcome = try shell.run(line)
      #expect(outcome.status == 0, "\(line): \(outcome.error)")
      let out = outcome.out.replacing("input.log", with: "-").replacing(" INPUT\"", with: " -\"")
      return ("\(how), \(workers) workers", out)
    }
  }

  private func compare(_ outputs: [(way: String, out: String)]) throws {
    let reference = try #require(outputs.first)
    for other in outputs.dropFirst() where other.out != reference.out {
      let pairs = zip(reference.out.split(separator: "\n"), other.out.split(separator: "\n"))
      let first = pairs.enumerated().first { $0.element.0 != $0.element.1 }
      Issue.record(
        """
        \(other.way) differs from \(reference.way) at line \(first.map { "\($0.offset + 1)" } ?? "?")
        \(first.map { "\($0.element.0.prefix(1500))\n\($0.element.1.prefix(1500))" } ?? "lengths")
        """)
    }
  }

  @Test("however the input is read", arguments: StreamFormat.allCases, commands)
  func smallPieces(format: StreamFormat, command: String) throws {
    let shell = try Shell()
    try shell.write("input.log", Streams.bytes(format, seed: 4, byteCount: 200_000))
    try compare(try outputs(shell, command, Self.ways))
  }

  @Test("over several batches with traces", arguments: [StreamFormat.journald, .rfc3164], commands)
  func severalBatches(format: StreamFormat, command: String) throws {
    let shell = try Shell()
    try shell.write("input.log", Streams.bytes(format, seed: 11, byteCount: 2_500_000))
    try compare(try outputs(shell, command, [("file", 1), ("64K", 2), ("1M", 3)]))
  }

  @Test(
    "for each of the formats",
    arguments: try FileManager.default.contentsOfDirectory(atPath: Shell.formats.path).sorted())
  func formats(name: String) throws {
    let shell = try Shell()
    try shell.write("input.log", try Data(contentsOf: Shell.formats.appending(path: name)))
    for command in Self.commands {
      try compare(try outputs(shell, command, [("4096", 1), ("1", 1), ("7", 3), ("100", 2)]))
      // Files are sorted where their entries are out of order, which no pipe can be.
      try compare(try outputs(shell, command, [("file", 1), ("file", 2), ("file", 3)]))
    }
  }

  @Test(
    "where the input ends within a frame",
    arguments: ["journald.export", "journald.json-seq", "rfc5424.octets"])
  func cutFrames(name: String) throws {
    let shell = try Shell()
    let whole = try Data(contentsOf: Shell.formats.appending(path: name))
    try shell.write("input.log", whole.dropLast(90))
    for command in ["analyze", "parse"] {
      try compare(try outputs(shell, command, [("64M", 1), ("1", 1), ("1", 2), ("7", 3)]))
    }
  }
}
