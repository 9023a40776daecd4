import Bytes
import Foundation
import Ingest
import Model
import Testing

@Suite struct BatchReaderTests {
  static let text = bytes(
    (0..<3000).map { "line \($0) \(String(repeating: "x", count: $0 % 90))\n" }.joined())

  static func reader(_ paths: FilePath..., number: Int = 0) -> BatchReader {
    BatchReader(InputSource(name: "test", files: paths.map { InputFile($0) }), number: number)
  }

  @Test(arguments: [1, 2, 7, 4096, 1 << 20])
  func aPipeGivesWhatTheFileGives(_ size: Int) throws {
    let folder = try TemporaryFolder()
    let text = size < 7 ? Array(Self.text.prefix(4000)) : Self.text
    let file = try folder.write("x.log", text)
    let whole = Reading(Self.reader(file))
    #expect(
      whole.texts.joined(separator: "\n") + (text.last == 0x0a ? "\n" : "")
        == String(decoding: text, as: UTF8.self))

    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting
    let path = FilePath("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
    let reader = Self.reader(path)
    let thread = Thread {
      var at = 0
      while at < text.count {
        let end = min(at + size, text.count)
        try? writer.write(contentsOf: Data(text[at..<end]))
        at = end
      }
      try? writer.close()
    }
    thread.start()
    #expect(Reading(reader) == whole)
  }

  @Test func aPipeHandsOverWhatIsThere() throws {
    let pipe = Pipe()
    let reader = Self.reader(FilePath("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"))
    let batch = Batch(inputCapacity: 2 << 20, sideCapacity: 64)
    let soon = Patience(milliseconds: 0)
    func fill() -> (Fill, String) {
      batch.reset()
      let fill = reader.fill(batch, waiting: soon)
      let input = batch.arenas.input
      return (fill, String(input.span))
    }
    #expect(fill() == (.idle, ""))
    try pipe.fileHandleForWriting.write(contentsOf: Data("one\ntw".utf8))
    #expect(fill() == (.filled, "one\n"))
    #expect(fill() == (.idle, ""))
    try pipe.fileHandleForWriting.write(contentsOf: Data("o\nthr".utf8))
    #expect(fill() == (.filled, "two\n"))
    #expect(batch.offset == 4)
    #expect(fill() == (.idle, ""))
    try pipe.fileHandleForWriting.close()
    #expect(fill() == (.ended, "thr\n"))
    #expect(batch.endsSource)
    #expect(fill() == (.ended, ""))
  }

  @Test func aCallEndsTheWait() throws {
    let pipe = Pipe()
    let reader = Self.reader(FilePath("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"))
    let wakeUp = try WakeUp()
    let batch = Batch(inputCapacity: 2 << 20, sideCapacity: 64)
    let waiting = Patience(milliseconds: -1, wakeUp: wakeUp.number)
    try pipe.fileHandleForWriting.write(contentsOf: Data("part".utf8))
    let thread = Thread { wakeUp.call() }
    thread.start()
    #expect(reader.fill(batch, waiting: waiting) == .idle)
    reader.stop()
    batch.reset()
    #expect(reader.fill(batch, waiting: waiting) == .ended)
    wakeUp.clear()
    let input = batch.arenas.input
    #expect(["", "part\n"].contains(String(input.span)))
  }

  @Test func aChainIsReadFileByFile() throws {
    let folder = try TemporaryFolder()
    let first = try folder.write("x.log.1", "\u{feff}one\ntwo")
    let empty = try folder.write("x.log.0", "")
    let last = try folder.write("x.log", "three\nfour\n")
    let reading = Reading(Self.reader(first, folder.path("none"), empty, last))
    #expect(reading.texts == ["one", "two", "three", "four"])
    #expect(reading.frames.map(\.offset) == [3, 7, 0, 6])
    #expect(reading.frames.map(\.file) == [0, 0, 3, 3])
    #expect(reading.problems.map(\.kind) == [.missing])
  }

  @Test func batchesCarryTheirOrigin() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x.log", "x\n")
    let moment = Date(timeIntervalSince1970: 1_000_000_000)
    try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: file.text)
    let batch = Batch(inputCapacity: 2 << 20, sideCapacity: 64)
    #expect(Self.reader(file, number: 5).fill(batch) == .ended)
    #expect(batch.source == 5)
    #expect(batch.modified == Timestamp(seconds: 1_000_000_000))
    #expect(batch.endsSource)
  }

  @Test func emptyFilesAndDirectoriesAreNoTrouble() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write("empty", "")
    #expect(Reading(Self.reader(empty)).frames.isEmpty)
    let reading = Reading(Self.reader(FilePath(folder.url.path)))
    #expect(reading.frames.isEmpty)
    #expect(reading.problems.map(\.reason) == ["Is a directory"])
  }
}
