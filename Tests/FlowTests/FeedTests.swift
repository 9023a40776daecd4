import Bytes
import Flow
import Glibc
import Model
import Synchronization
import Testing

/// Entries are lines; a line that begins with a blank belongs to the one before it, and the last entry
/// of a batch is undecided. `t=N` at a line's start is its time in seconds.
private struct LineChain: WorkerChain, ~Copyable {
  mutating func countFrames(of batch: Batch) { process(batch) }

  mutating func process(_ batch: Batch) {
    let arena = batch.arenas.input
    let input = arena.span
    var at = 0
    var starts: [Int] = []
    while at < input.count {
      let end = (input.scan(for: 0x0a, from: at) ?? input.count - 1) + 1
      if input[at] == 0x20, !batch.entries.isEmpty {
        let last = batch.entries.count - 1
        batch.entries[last].frame.count = UInt32(end - batch.entries[last].frame.offset)
        batch.frames.unparsed += 1
      } else {
        var entry = Entry()
        entry.frame = ByteRange(at, count: end - at)
        entry.line = UInt32(batch.frames.lines)
        if input.has("t=", at: at) {
          entry.time = Timestamp(seconds: Int64(input[at + 2]) - 48)
        }
        batch.entries.append(entry)
      }
      starts.append(at)
      batch.frames.read += 1
      batch.frames.lines += 1
      at = end
    }
    batch.undecided = input.count
    if !batch.endsSource, let last = batch.entries.popLast() {
      let taken = starts.count { $0 >= last.frame.offset }
      batch.frames.read -= taken
      batch.frames.lines -= taken
      batch.frames.unparsed -= taken - 1
      batch.undecided = last.frame.offset
    }
  }
}

/// Gives a text in pieces, each cut at a line's end.
private final class TextSupply: BatchSupply {
  private var pieces: [[UInt8]]
  private var offset: Int64 = 0
  /// Batches given so far.
  let given = Atomic<Int>(0)
  let isPrelude: Bool
  private let source: Int

  /// - Parameter source: what it gives is of this one, and goes on elsewhere: a prelude.
  init(_ text: String, linesPerBatch: Int, preludeOf source: Int? = nil) {
    isPrelude = source != nil
    self.source = source ?? 0
    var pieces: [[UInt8]] = [[]]
    var lines = 0
    for byte in text.utf8 {
      pieces[pieces.count - 1].append(byte)
      if byte == 0x0a {
        lines += 1
        if lines % linesPerBatch == 0 { pieces.append([]) }
      }
    }
    self.pieces = pieces
  }

  func fill(_ batch: Batch) -> Supplied {
    guard !pieces.isEmpty else { return .ended }
    let piece = pieces.removeFirst()
    batch.arenas.input.append(piece.span)
    batch.offset = offset
    batch.source = source
    offset += Int64(piece.count)
    batch.endsSource = pieces.isEmpty && !isPrelude
    given.add(1, ordering: .acquiringAndReleasing)
    return .filled
  }
}

/// Quiet at a moment, so many times, then at its end.
private final class QuietSupply: BatchSupply {
  private var left: Int
  private let tick: Timestamp
  private let whenEnded: () -> Void

  init(times: Int, at tick: Timestamp, whenEnded: @escaping () -> Void) {
    left = times
    self.tick = tick
    self.whenEnded = whenEnded
  }

  func fill(_ batch: Batch) -> Supplied {
    guard left > 0 else {
      whenEnded()
      return .ended
    }
    left -= 1
    batch.tick = tick
    return .idle
  }
}

/// What came for several sources behind their preludes, a batch each.
private final class FollowingSupply: BatchSupply {
  private var pieces: [(source: Int, offset: Int64, text: String)]

  init(_ pieces: [(source: Int, offset: Int64, text: String)]) { self.pieces = pieces }

  func fill(_ batch: Batch) -> Supplied {
    guard !pieces.isEmpty else { return .ended }
    let piece = pieces.removeFirst()
    batch.arenas.input.append(Array(piece.text.utf8).span)
    batch.source = piece.source
    batch.offset = piece.offset
    batch.endsSource = pieces.isEmpty
    return .filled
  }
}

/// Ends with nothing, once another source has given so much that it waits for this one.
private final class EmptySupply: BatchSupply {
  private let isDue: () -> Bool

  init(isDue: @escaping () -> Bool) { self.isDue = isDue }

  func fill(_ batch: Batch) -> Supplied {
    while !isDue() { sched_yield() }
    for _ in 0..<2000 { sched_yield() }
    return .ended
  }
}

private final class Recorder: MergeTarget, @unchecked Sendable {
  var seen: [String] = []
  var read = 0
  /// Entries of batches that were released, those left out that were decoded once more.
  var released = 0
  var isDone: Bool { false }

  func announce(_ batch: Batch) {}

  func release(_ batch: Batch) { released += batch.entries.count - batch.firstEntry }

  func open(_ batch: Batch) { read += batch.frames.read }

  func take(_ batch: Batch, _ run: Range<Int>) {
    for entry in batch.entries[run] {
      let line = batch.firstLine + Int64(entry.line)
      seen.append("\(batch.source):\(line):\(batch.arenas.text(entry.frame))")
    }
  }

  func tick(_ batch: Batch) {}
}

struct FeedTests {
  private func run(_ texts: [String], linesPerBatch: Int, workers: Int) -> Recorder {
    let recorder = Recorder()
    let supplies = texts.map { TextSupply($0, linesPerBatch: linesPerBatch) }
    let feed = Feed(
      supplies: supplies, target: recorder, workers: workers,
      makeBatch: { Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 16) },
      chain: { _ in LineChain() })
    feed.run()
    return recorder
  }

  private static let traces = (0..<200).map { index in
    "t=\(index % 10) entry \(index)\n" + (index % 3 == 0 ? " more\n  and more\n" : "")
  }.joined()

  @Test(arguments: [1, 2, 3, 7, 1000], [1, 2, 3])
  func theCutsAndTheWorkersDoNotShow(linesPerBatch: Int, workers: Int) {
    let expected = run([Self.traces], linesPerBatch: 10_000, workers: 1)
    let observed = run([Self.traces], linesPerBatch: linesPerBatch, workers: workers)
    #expect(expected.seen.count == 200)
    #expect(expected.seen == observed.seen)
    #expect(observed.released == 200)
    #expect(expected.read == observed.read)
  }

  @Test(.timeLimit(.minutes(1)))
  func aSourceThatEndsWithNothingLetsTheOthersGoOn() {
    for _ in 0..<20 {
      let recorder = Recorder()
      let full = TextSupply("t=1 a\nt=2 b\nt=3 c\nt=4 d\n", linesPerBatch: 1)
      let feed = Feed(
        supplies: [full, EmptySupply { full.given.load(ordering: .acquiring) >= 2 }],
        target: recorder, workers: 2,
        makeBatch: { Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 16) },
        chain: { _ in LineChain() })
      feed.run()
      #expect(recorder.seen.count == 4)
    }
  }

  /// What the others have is merged meanwhile only where it is of the present.
  @Test(arguments: [(Int64(100), 2), (100_000, 0)])
  func aQuietSourceKeepsNothingOfThePresentWaiting(_ now: Int64, _ expected: Int) {
    let recorder = Recorder()
    var seenBeforeTheEnd = -1
    let quiet = QuietSupply(times: 50, at: Timestamp(seconds: now)) {
      seenBeforeTheEnd = recorder.seen.count
    }
    let feed = Feed(
      supplies: [TextSupply("t=1 a\nt=2 b\n", linesPerBatch: 10), quiet], target: recorder,
      workers: 1, makeBatch: { Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 16) },
      chain: { _ in LineChain() })
    feed.run()
    #expect(recorder.seen.count == 2)
    #expect(seenBeforeTheEnd == expected)
  }

  /// Preludes are merged by time; an entry that is open at their end goes on in what follows.
  @Test(arguments: [1, 2, 5], [1, 3])
  func whatFollowsGoesOnWherePreludesEnded(linesPerBatch: Int, workers: Int) {
    let recorder = Recorder()
    let one = TextSupply("t=1 a\nt=3 b\n", linesPerBatch: linesPerBatch, preludeOf: 0)
    let two = TextSupply("t=2 d\nt=4 e\nt=5 f\n", linesPerBatch: linesPerBatch, preludeOf: 1)
    let live = FollowingSupply([
      (1, 18, " more\nt=6 g\n"), (0, 12, " more\nt=7 c\n"), (1, 30, "t=8 h\n"),
    ])
    let feed = Feed(
      supplies: [one, two, live], target: recorder, workers: workers,
      makeBatch: { Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 16) },
      chain: { _ in LineChain() })
    feed.run()
    #expect(
      recorder.seen == [
        "0:1:t=1 a\n", "1:1:t=2 d\n", "1:2:t=4 e\n", "1:3:t=5 f\n more\n",
        "0:2:t=3 b\n more\n", "1:5:t=6 g\n", "1:6:t=8 h\n", "0:4:t=7 c\n",
      ])
    #expect(recorder.read == 10)
  }

  @Test(arguments: [1, 2, 5], [1, 3])
  func severalSourcesComeByTime(linesPerBatch: Int, workers: Int) {
    let one = "t=1 a\nt=3 b\n more\nt=5 c\n"
    let two = "t=2 d\nt=3 e\nno stamp\nt=6 f\n"
    let observed = run([one, two], linesPerBatch: linesPerBatch, workers: workers)
    #expect(
      observed.seen == [
        "0:1:t=1 a\n", "1:1:t=2 d\n", "0:2:t=3 b\n more\n", "1:2:t=3 e\n", "1:3:no stamp\n",
        "0:4:t=5 c\n", "1:4:t=6 f\n",
      ])
  }
}
