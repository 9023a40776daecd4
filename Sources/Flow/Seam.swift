internal import Bytes
internal import Model

/// Joins what a batch left undecided to the batch after it, by decoding the two edges together.
///
/// Only as much of the following batch is decoded again as it takes until nothing is open: 4 KiB,
/// then 64 KiB, then all. The result is that of one batch that held both.
enum Seam {
  /// How far a joint reaches into the batch that it was joined to.
  enum Reach: Equatable {
    /// The batch's entries from this one on stand; its frame counts have been made to match.
    case upTo(entry: Int)
    /// The joint holds all of the batch.
    case everything
  }

  private static let firstStretch = 4 << 10
  private static let growth = 16
  /// A frame of a fixed size stands for an entry of about so many bytes.
  private static let sizedStretch = 256

  /// Fills `joint` with the entries of the carry and of the start of `batch`.
  static func join<Chain: WorkerChain & ~Copyable>(
    _ carry: Carry, to batch: Batch, into joint: Batch, _ stages: inout Chain
  ) -> Reach {
    let arena = batch.arenas.input
    let input = arena.span
    var stretch = firstStretch
    while true {
      let end = stretchEnd(input, stretch, batch.framing)
      fill(joint, carry, input.extracting(0..<end))
      joint.endsSource = batch.endsSource && end == input.count
      stages.countFrames(of: joint)
      let resume = joint.undecided - carry.bytes.count
      let entry = batch.entries.firstIndex { $0.frame.offset >= resume }
      if end < input.count, resume <= 0 || entry.map({ reaches(over: resume, batch, $0) }) ?? true {
        stretch *= growth
        continue
      }
      // Only now: what a worker's tables tell of a batch, they tell once.
      fill(joint, carry, input.extracting(0..<end))
      joint.endsSource = batch.endsSource && end == input.count
      if batch.endsCut, end == input.count {
        joint.endsCut = true
        // The reader's count, which goes with the batch that the joint stands for.
        joint.frames.cut = 1
      }
      stages.process(joint)
      guard end < input.count, let entry else { return .everything }
      batch.frames.subtract(frames(of: input.extracting(0..<resume), like: batch, &stages))
      return .upTo(entry: entry)
    }
  }

  /// Whether an entry of several lines before `entry` may go on behind `resume`: a chain that reaches a
  /// limit is cut elsewhere where it is read from its middle on. Its lines there would be lost.
  private static func reaches(over resume: Int, _ batch: Batch, _ entry: Int) -> Bool {
    batch.entries[entry].frame.offset > resume
      && batch.entries[..<entry].contains { $0.flags.contains(.joined) }
  }

  /// Fills `joint` with the entries of the carry alone: nothing more will come.
  static func flush<Chain: WorkerChain & ~Copyable>(
    _ carry: Carry, into joint: Batch, _ stages: inout Chain
  ) {
    fill(joint, carry, Span())
    joint.endsSource = true
    stages.process(joint)
  }

  private static func fill(_ joint: Batch, _ carry: Carry, _ start: Span<UInt8>) {
    let source = joint.source
    joint.reset()
    joint.source = source
    joint.offset = carry.offset
    joint.firstLine = carry.firstLine
    joint.framing = carry.framing
    joint.file = carry.file
    joint.modified = carry.modified
    joint.arenas.input.append(carry.bytes.span)
    joint.arenas.input.append(start)
  }

  /// The first frame end at or after `stretch`; only lines and frames of one size are cut, other framings
  /// go whole.
  private static func stretchEnd(_ input: Span<UInt8>, _ stretch: Int, _ framing: Framing) -> Int {
    if let size = framing.frameSize {
      return min(input.count, stretch / Self.sizedStretch * size)
    }
    guard framing == .lines, stretch < input.count,
      let newline = input.scan(for: 0x0a, from: stretch)
    else { return input.count }
    return newline + 1
  }

  private static func frames<Chain: WorkerChain & ~Copyable>(
    of start: Span<UInt8>, like batch: Batch, _ stages: inout Chain
  ) -> FrameCounts {
    let part = Batch(inputCapacity: start.count + 1, sideCapacity: batch.arenas.side.capacity)
    part.worker = batch.worker
    part.framing = batch.framing
    part.modified = batch.modified
    part.arenas.input.append(start)
    part.endsSource = true
    stages.countFrames(of: part)
    return part.frames
  }
}
