import Bytes
import Flow
import Glibc
import Grouping
import Ingest
import Masking
import Model

/// How fast messages are grouped that are decoded and in memory: masked, looked up, shaped, counted, mined.
///
/// A round begins with nothing known and goes over all batches as a run does: the cheap masks on each message,
/// the dear ones on each masked text that is new, the shape's record for each entry, the templates brought up
/// to date behind each batch (by the program's rule: they generalise once a 16th of the shapes has waited)
/// and once more, from the shapes alone, at the end. Nothing else is timed; the CPU
/// time of one thread counts.
struct SpeedTrial {
  private static let chunk = 1 << 20

  private let batches: [Batch]
  let messages: Int
  /// Bytes of all messages.
  let byteCount: Int

  /// Decodes the first `limit` bytes of a file; nil where it can't be read.
  init?(_ path: String, limit: Int) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var decoder = FrameDecoder(DecodingSettings(anchor: YearAnchor(year: 2024)))
    var batches: [Batch] = []
    var rest: [UInt8] = []
    var taken = 0
    var buffer = [UInt8](repeating: 0, count: Self.chunk)
    while taken < limit {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      if count <= 0 { break }
      taken += count
      rest += buffer[..<count]
      guard let end = rest.lastIndex(of: 0x0a) else { continue }
      let batch = Batch(inputCapacity: 2 * Self.chunk + rest.count, sideCapacity: 16 * Self.chunk)
      let whole = Array(rest[...end])
      guard batch.arenas.input.append(whole.span) != nil else { return nil }
      rest.removeSubrange(...end)
      decoder.decode(batch)
      batches.append(batch)
    }
    self.batches = batches
    messages = batches.reduce(0) { $0 + $1.entries.count }
    byteCount = batches.reduce(0) { sum, batch in
      batch.entries.reduce(sum) { $0 + Int($1.message.count) }
    }
  }

  struct Round {
    var seconds = 0.0
    var shapes = 0
    var templates = 0
  }

  /// - Parameter times: how often the batches are gone over; the later the passes, the fewer texts are new.
  func round(times: Int) -> Round {
    for batch in batches { batch.newMasks.removeAll(keepingCapacity: true) }
    var masker = Masker()
    var shaper = Shaper()
    var registry = GroupRegistry()
    var slots: [UInt32] = [0]
    let started = Self.processorSeconds()
    for _ in 0..<times {
      for batch in batches {
        batch.newMasks.removeAll(keepingCapacity: true)
        masker.process(batch)
        if batch.restartsMasks { slots.removeAll(keepingCapacity: true) }
        batch.restartsMasks = false
        shaper.process(batch)
        note(batch, &registry, &slots)
        record(batch, &registry, slots.span)
        guard !batch.newMasks.isEmpty else { continue }
        let isDue = registry.waitingCount > max(16, registry.shapeCount / 16)
        registry.settle(isDue ? .phases : .names)
      }
    }
    registry.settle(.reference)
    return Round(
      seconds: Self.processorSeconds() - started, shapes: registry.shapeCount,
      templates: registry.miner.templateCount)
  }

  private func note(_ batch: Batch, _ registry: inout GroupRegistry, _ slots: inout [UInt32]) {
    let arenas = batch.arenas
    for mask in batch.newMasks {
      while slots.count <= Int(mask.slot) { slots.append(0) }
      let shape = registry.insert(arenas.bytes(mask.shape), kind: mask.kind)
      slots[Int(mask.slot)] = UInt32(shape.index)
    }
  }

  private func record(_ batch: Batch, _ registry: inout GroupRegistry, _ slots: Span<UInt32>) {
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    var start = 0
    while start < entries.count {
      // As at the merge: the records of a block are fetched side by side before they are written.
      let end = min(start + 32, entries.count)
      for index in start..<end { entries[index].mask = slots[Int(entries[index].mask)] }
      _ = registry.touch(entries.span, start..<end)
      for index in start..<end {
        registry.record(ShapeNumber(index: Int(entries[index].mask)), entries[index], in: batch)
      }
      start = end
    }
    swap(&entries, &batch.entries)
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Prints what the trial of speed gives for files.
enum SpeedTable {
  static func print(_ paths: [String], rounds: Int = 5) {
    Swift.print(
      "| file | messages | bytes each | shapes | templates | million a second, from nothing | known |"
    )
    Swift.print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for path in paths {
      guard let trial = SpeedTrial(path, limit: 96 << 20), trial.messages > 0 else {
        Swift.print("| \(path): nothing to group |")
        continue
      }
      let once = (0..<rounds).map { _ in trial.round(times: 1) }
      let often = (0..<rounds).map { _ in trial.round(times: 9) }
      let first = median(once.map(\.seconds))
      let more = (median(often.map(\.seconds)) - first) / 8
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let figures = [
        "\(trial.messages)", "\(trial.byteCount / trial.messages)", "\(once[0].shapes)",
        "\(once[0].templates)", millions(trial.messages, first), millions(trial.messages, more),
      ]
      Swift.print("| \(name) | " + figures.joined(separator: " | ") + " |")
    }
  }

  private static func millions(_ count: Int, _ seconds: Double) -> String {
    let hundredths = Int((Double(count) / max(seconds, 1e-9) / 1e4).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }

  private static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}
