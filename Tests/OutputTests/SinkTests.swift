import Bytes
import Glibc
import Output
import Testing

@Suite("Sinks", .serialized)
struct SinkTests {
  private func pair() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    return (ends[0], ends[1])
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func temporary(_ name: String) -> String { "/tmp/taffrail-sink-\(getpid())-\(name)" }

  private func content(_ path: String) -> String? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var text: [UInt8] = []
    while true {
      let byte = unsafe fgetc(file)
      if byte < 0 { break }
      text.append(UInt8(byte))
    }
    return String(decoding: text, as: UTF8.self)
  }

  @Test("a closed pipe is a state, and stays one")
  func closed() throws {
    signal(SIGPIPE, SIG_IGN)
    let (reader, writer) = try pair()
    close(reader)
    let sink = DescriptorSink(descriptor: writer, name: "pipe", flushing: .eachWrite)
    #expect(sink.write(bytes("a\n").span) == .closed)
    #expect(sink.write(bytes("b\n").span) == .closed)
    #expect(sink.flush() == .closed)
    close(writer)
  }

  @Test("a full disk is a failure with the system's words")
  func full() throws {
    let sink = try DescriptorSink(appendingTo: "/dev/full")
    let failure = SinkFailure(name: "/dev/full", errno: ENOSPC)
    #expect(sink.write(bytes("a\n").span) == .failed(failure))
    #expect(failure.description == "can't write to /dev/full: No space left on device")
  }

  @Test("a file that can't be opened is a failure")
  func unopened() {
    #expect(throws: SinkFailure(name: "/nowhere/file", errno: ENOENT)) {
      _ = try DescriptorSink(appendingTo: "/nowhere/file")
    }
  }

  @Test("appends, flushed at each write")
  func append() throws {
    let path = temporary("append")
    defer { unsafe unlink(path) }
    let first = try DescriptorSink(appendingTo: path)
    #expect(first.write(bytes("one\n").span) == .open)
    #expect(content(path) == "one\n")
    let second = try DescriptorSink(appendingTo: path, flushing: .whenFull)
    #expect(second.write(bytes("two\n").span) == .open)
    #expect(content(path) == "one\n")
    #expect(second.flush() == .open)
    #expect(content(path) == "one\ntwo\n")
  }

  @Test("loses nothing to a slow reader of a pipe that does not block")
  func slowReader() throws {
    let (reader, writer) = try pair()
    _ = fcntl(writer, F_SETFL, O_NONBLOCK)
    let line = bytes(String(repeating: "x", count: 999) + "\n")
    let received = Received()
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(received).toOpaque()
    received.descriptor = reader
    try #require(
      unsafe pthread_create(
        &thread, nil,
        { context in
          guard let context = unsafe context else { return nil }
          unsafe Unmanaged<Received>.fromOpaque(context).takeRetainedValue().readAll()
          return nil
        }, context) == 0)
    let sink = DescriptorSink(descriptor: writer, name: "pipe", flushing: .whenFull)
    for _ in 0..<2000 { #expect(sink.write(line.span) == .open) }
    let large = [UInt8](repeating: 0x79, count: 300_000)
    #expect(sink.write(large.span) == .open)
    #expect(sink.flush() == .open)
    close(writer)
    pthread_join(thread, nil)
    #expect(received.count == 2_300_000)
    close(reader)
  }

  @Test("a file is replaced whole, and left alone where that fails")
  func replacement() {
    let path = temporary("replace")
    defer { unsafe unlink(path) }
    #expect(FileReplacement.replace(path, with: bytes("one").span) == .written)
    #expect(FileReplacement.replace(path, with: bytes("2").span, durability: .synced) == .written)
    #expect(content(path) == "2")
    let outcome = FileReplacement.replace("/nowhere/file", with: bytes("x").span)
    #expect(outcome == .failed(errno: ENOENT))
  }

  @Test("memory is bounded")
  func memory() {
    let sink = MemorySink(limit: 5)
    #expect(sink.write(bytes("ab\n").span) == .open)
    #expect(sink.write(bytes("cd\n").span) != .open)
    #expect(sink.lines == ["ab"])
  }
}

private final class Received: @unchecked Sendable {
  var descriptor: Int32 = -1
  var count = 0

  func readAll() {
    var room = [UInt8](repeating: 0, count: 3000)
    while true {
      let read = unsafe Glibc.read(descriptor, &room, room.count)
      if read <= 0 { return }
      count += read
    }
  }
}
