import Bytes
import Foundation
import Ingest
import Testing

@Suite struct SourceListTests {
  @Test func noArgumentsAreTheStandardInput() {
    #expect(SourceList([String]()).sources == [.standardInput])
    #expect(SourceList(["-"]).sources == [.standardInput])
  }

  @Test func rotatedSiblingsAreOneSourceInAgeOrder() throws {
    let folder = try TemporaryFolder()
    let names = [
      "x.log", "x.log.1", "x.log.2.gz", "x.log.10.gz", "y.log-20260301", "y.log-20251231.gz",
      "y.log",
      "y.log-20260301-1772323200", "app-2026-03-02.log", "app-2026-03-01.0.log.gz", "app.log", "z",
      "syslog.1", "syslog", "v1.2.3-20261301.log",
    ]
    for name in names { try folder.write(name, "\(name)\n") }
    let list = SourceList([FilePath(folder.url.path)])
    #expect(
      list.sources.map { folder.relative($0.files) } == [
        ["app-2026-03-01.0.log.gz", "app-2026-03-02.log", "app.log"],
        ["syslog.1", "syslog"],
        ["v1.2.3-20261301.log"],
        ["x.log.10.gz", "x.log.2.gz", "x.log.1", "x.log"],
        ["y.log-20251231.gz", "y.log-20260301", "y.log-20260301-1772323200", "y.log"],
        ["z"],
      ])
    #expect(list.sources.map(\.name).first?.hasSuffix("/app.log") == true)
    #expect(list.problems.isEmpty)
    #expect(list.skipped == SkippedFiles())
  }

  @Test func aRotatedFileThatIsBeingCompressedIsReadOnce() throws {
    let folder = try TemporaryFolder()
    for name in ["x.log.1", "x.log.1.gz", "x.log", "x.log.gz"] {
      try folder.write(name, "\(name)\n")
    }
    let list = SourceList([FilePath(folder.url.path)])
    #expect(list.sources.map { folder.relative($0.files) } == [["x.log.1", "x.log.gz", "x.log"]])
    #expect(list.skipped.repeated == 1)
  }

  @Test func directoriesAreWalkedAndWhatIsNoLogIsCounted() throws {
    let folder = try TemporaryFolder()
    try folder.write("b/deep/er/one.log", "one\n")
    try folder.write("a.log", "a\n")
    try folder.write(".hidden", "h\n")
    try folder.write("database", [UInt8](repeating: 0, count: 300) + bytes("abc"))
    try folder.write("holes.log", bytes("line one of some length\n") + [0, 0] + bytes("\n"))
    try folder.write("gelf", "{\"a\":1}\0{\"a\":2}\0")
    try folder.write("empty", "")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "b/loop"), withDestinationURL: folder.url)
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "link.log"),
      withDestinationURL: folder.url.appending(path: "a.log"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "dangling").path, withDestinationPath: "nowhere")
    let list = SourceList([FilePath(folder.url.path)])
    #expect(
      list.sources.flatMap { folder.relative($0.files) } == [
        "a.log", "b/deep/er/one.log", "empty", "gelf", "holes.log",
      ])
    #expect(list.sources.allSatisfy { $0.files.allSatisfy { $0.origin == .found } })
    var skipped = SkippedFiles()
    skipped.hidden = 1
    skipped.binary = 1
    skipped.repeated = 1
    skipped.unreadable = 1
    #expect(list.skipped == skipped)
    #expect(list.problems.isEmpty)
  }

  @Test func patternsAreOurOwnToExpand() throws {
    let folder = try TemporaryFolder()
    for name in ["a.log", "b.log", "c.txt", "[x].log"] { try folder.write(name, "x\n") }
    let list = SourceList([folder.path("[ab]*.log"), folder.path("[x].log")])
    #expect(list.sources.flatMap { folder.relative($0.files) } == ["[x].log", "a.log", "b.log"])
    let none = SourceList([folder.path("*.nothing")])
    #expect(none.problems.map(\.kind) == [.missing])
    #expect(none.sources.isEmpty)
  }

  @Test func aMissingNamedFileIsAProblemAndTheRestIsRead() throws {
    let folder = try TemporaryFolder()
    let there = try folder.write("there.log", "x\n")
    let list = SourceList([folder.path("missing.log"), there])
    #expect(list.problems.map(\.kind) == [.missing])
    #expect(list.problems.first?.reason == "No such file or directory")
    #expect(list.sources.flatMap { folder.relative($0.files) } == ["there.log"])
    #expect(list.sources.first?.files.first?.origin == .named)
    #expect((list.sources.first?.modificationYear ?? 0) > 2000)
  }

  @Test func ownOutputIsNotFound() throws {
    let folder = try TemporaryFolder()
    let output = try folder.write("insights.jsonl", "x\n")
    try folder.write("a.log", "x\n")
    let own = try FileStatus(output).identity
    let list = SourceList([FilePath(folder.url.path)], excluding: [own])
    #expect(list.sources.flatMap { folder.relative($0.files) } == ["a.log"])
  }
}
