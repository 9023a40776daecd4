import Bytes
import Foundation
import Ingest
import Model
import Testing

/// A `FollowReader` and what came out of it so far; each step waits for what it expects.
private final class Follower {
  let reader: FollowReader
  private let batch = Batch(inputCapacity: 2 << 20, sideCapacity: 64)
  private(set) var lines: [String] = []
  private(set) var sources: [Int] = []
  private(set) var offsets: [Int64] = []

  init(_ paths: FilePath...) { reader = FollowReader(paths) }

  init(folder: TemporaryFolder, openLimit: Int) {
    reader = FollowReader([FilePath(folder.url.path)], openLimit: openLimit)
  }

  /// Reads until so many lines have come in all, or ten seconds long.
  func want(_ count: Int) -> [String] {
    for _ in 0..<100 where lines.count < count { _ = step(milliseconds: 100) }
    return lines
  }

  /// Reads what is there now and in a little while.
  func settle() -> [String] {
    while step(milliseconds: 60) != .idle {}
    return lines
  }

  func finish() -> [String] {
    reader.stop()
    while step(milliseconds: 0) != .ended {}
    return lines
  }

  private func step(milliseconds: Int32) -> Fill {
    batch.reset()
    let fill = reader.fill(batch, waiting: Patience(milliseconds: milliseconds))
    let input = batch.arenas.input
    let bytes = input.span
    var at = 0
    while let frame = FrameWalk.next(batch.framing, bytes, from: at, atEnd: true) {
      lines.append(String(bytes.extracting(frame.body)))
      sources.append(batch.source)
      offsets.append(batch.offset + Int64(at))
      at = frame.next
    }
    return fill
  }
}

@Suite struct FollowReaderTests {
  @Test func appendedLinesComeWhenTheyAreWhole() throws {
    let folder = try TemporaryFolder()
    let follower = Follower(try folder.write("x.log", "one\ntw"))
    #expect(follower.want(1) == ["one"])
    #expect(follower.settle() == ["one"])
    try folder.append("x.log", "o\nthree\nfo")
    #expect(follower.want(3) == ["one", "two", "three"])
    #expect(follower.offsets == [0, 4, 8])
    #expect(follower.finish() == ["one", "two", "three", "fo"])
  }

  @Test func aRenamedFileIsReadToItsEndFirst() throws {
    let folder = try TemporaryFolder()
    let follower = Follower(try folder.write("x.log", "one\n"))
    #expect(follower.want(1) == ["one"])
    try folder.append("x.log", "two\n")
    try folder.rename("x.log", to: "x.log.1")
    try folder.append("x.log.1", "three\n")
    #expect(follower.want(3) == ["one", "two", "three"])
    try folder.write("x.log", "")
    #expect(follower.settle().count == 3)
    try folder.append("x.log.1", "four\nrest")
    #expect(follower.want(4) == ["one", "two", "three", "four"])
    try folder.append("x.log", "five\n")
    #expect(follower.want(6) == ["one", "two", "three", "four", "rest", "five"])
    #expect(follower.offsets.last == 0)
    #expect(follower.reader.replacements == 1)
    #expect(follower.reader.truncations == 0)
    #expect(follower.finish().count == 6)
  }

  @Test func aTruncatedFileIsReadFromItsStart() throws {
    let folder = try TemporaryFolder()
    let follower = Follower(try folder.write("x.log", "one\ntwo\nrest"))
    #expect(follower.want(2) == ["one", "two"])
    #expect(follower.settle().count == 2)
    let handle = try FileHandle(forWritingTo: folder.url.appending(path: "x.log"))
    try handle.truncate(atOffset: 0)
    #expect(follower.want(3) == ["one", "two", "rest"])
    try handle.seek(toOffset: 0)
    try handle.write(contentsOf: Data("three\n".utf8))
    #expect(follower.want(4) == ["one", "two", "rest", "three"])
    #expect(follower.offsets.last == 0)
    #expect(follower.reader.truncations == 1)
  }

  @Test func filesMayComeLaterAndComeBack() throws {
    let folder = try TemporaryFolder()
    let follower = Follower(folder.path("later/x.log"))
    #expect(follower.settle().isEmpty)
    try folder.write("later/x.log", "one\n")
    #expect(follower.want(1) == ["one"])
    try folder.remove("later/x.log")
    #expect(follower.settle() == ["one"])
    try folder.write("later/x.log", "two\n")
    #expect(follower.want(2) == ["one", "two"])
    #expect(follower.reader.takeProblems().isEmpty)
  }

  @Test func newFilesOfADirectoryAreSourcesOfTheirOwn() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.log", "a\n")
    try folder.write("a.log.1", "older\n")
    let follower = Follower(FilePath(folder.url.path))
    #expect(follower.want(2) == ["older", "a"])
    try folder.write("deep/b.log", "b\n")
    #expect(follower.want(3) == ["older", "a", "b"])
    try folder.append("deep/b.log", "c\n")
    try folder.append("a.log", "d\n")
    #expect(follower.want(5).sorted() == ["a", "b", "c", "d", "older"])
    #expect(Set(follower.sources) == [0, 1])
    #expect(follower.reader.sources.map(\.name).map { $0.hasSuffix("/a.log") } == [true, false])
    try folder.rename("a.log", to: "a.log.2")
    try folder.write("a.log", "e\n")
    #expect(follower.want(6).last == "e")
    #expect(follower.settle().count == 6)
    #expect(follower.reader.sources.count == 2)
  }

  @Test func aFileNamedByTheDayGoesOnInTheNext() throws {
    let folder = try TemporaryFolder()
    try folder.write("app-2026-03-01.log", "one\n")
    let follower = Follower(FilePath(folder.url.path))
    #expect(follower.want(1) == ["one"])
    try folder.append("app-2026-03-01.log", "two\n")
    try folder.write("app-2026-03-02.log", "three\n")
    #expect(follower.want(3) == ["one", "two", "three"])
    #expect(follower.sources == [0, 0, 0])
  }

  @Test func aCallEndsTheWait() throws {
    let folder = try TemporaryFolder()
    let reader = FollowReader([try folder.write("x.log", "one\n")])
    let batch = Batch(inputCapacity: 2 << 20, sideCapacity: 64)
    let wakeUp = try WakeUp()
    let waiting = Patience(milliseconds: -1, wakeUp: wakeUp.number)
    #expect(reader.fill(batch, waiting: waiting) == .filled)
    let thread = Thread { wakeUp.call() }
    thread.start()
    batch.reset()
    #expect(reader.fill(batch, waiting: waiting) == .idle)
  }

  @Test func aPipeAmongFilesIsHeardToo() throws {
    let folder = try TemporaryFolder()
    let pipe = Pipe()
    let input = FilePath("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
    let follower = Follower(try folder.write("x.log", "one\n"), input)
    #expect(follower.want(1) == ["one"])
    try pipe.fileHandleForWriting.write(contentsOf: Data("two\nthr".utf8))
    #expect(follower.want(2) == ["one", "two"])
    try folder.append("x.log", "four\n")
    #expect(follower.want(3) == ["one", "two", "four"])
    try pipe.fileHandleForWriting.close()
    #expect(follower.want(4) == ["one", "two", "four", "thr"])
    #expect(Set(follower.sources).count == 2)
    #expect(follower.finish().count == 4)
  }

  @Test func manyFilesTakeFewDescriptors() throws {
    let folder = try TemporaryFolder()
    for index in 0..<12 { try folder.write("\(index).log", "first \(index)\n") }
    let follower = Follower(folder: folder, openLimit: 3)
    #expect(follower.want(12).count == 12)
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
      return target?.hasPrefix(folder.url.path) == true
    }
    #expect(open.count == 3)
    for index in 0..<12 { try folder.append("\(index).log", "second \(index)\n") }
    #expect(Set(follower.want(24).suffix(12)) == Set((0..<12).map { "second \($0)" }))
    #expect(follower.settle().count == 24)
    try folder.rename("0.log", to: "0.log.1")
    try folder.write("0.log", "third\n")
    #expect(follower.want(25).last == "third")
    #expect(follower.offsets.last == 0)
  }

  @Test func longLinesAreCutHereToo() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.log", "one\n" + String(repeating: "a", count: 100) + "\nb\n")
    let reader = FollowReader([path], frameLimit: 20)
    let batch = Batch(inputCapacity: 2 << 20, sideCapacity: 64)
    #expect(reader.fill(batch) == .filled)
    #expect(batch.frames.cut == 1)
    batch.reset()
    #expect(reader.fill(batch) == .filled)
    let input = batch.arenas.input
    #expect(String(input.span) == "b\n")
    #expect(batch.offset == 105)
  }
}
