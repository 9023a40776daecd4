import Bytes
import Flow
import Foundation
import Masking
import Model
import Testing
import YAML

/// A batch whose entries have these messages.
func batch(_ messages: [[UInt8]], flags: EntryFlags = []) -> Batch {
  let batch = Batch(inputCapacity: 4 << 20, sideCapacity: 16 << 20)
  add(messages, flags: flags, to: batch)
  return batch
}

func add(_ messages: [[UInt8]], flags: EntryFlags = [], to batch: Batch) {
  for message in messages {
    guard let offset = batch.arenas.input.append(message.span) else { return }
    var entry = Entry()
    entry.message = ByteRange(offset, count: message.count)
    entry.flags = flags
    batch.entries.append(entry)
  }
}

/// The list of frameworks' frames that ships with the packs.
let shippedFrames: FrameLists = {
  let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "patterns/fingerprints/frameworks.yaml")
  do {
    let bytes = Array(try Data(contentsOf: file))
    return try FrameLists(try YAMLDocument.read(bytes, file: "frameworks.yaml"))
  } catch {
    Issue.record("\(error)")
    return FrameLists()
  }
}()

/// The masked text of one message.
func masked(_ message: [UInt8], flags: EntryFlags = [], frames: FrameLists = shippedFrames)
  -> String
{
  let batch = batch([message], flags: flags)
  var masker = Masker(frames: frames)
  masker.process(batch)
  return batch.newMasks.first.map { batch.arenas.text($0.text) } ?? "no mask"
}

func masked(
  _ message: String, flags: EntryFlags = [], frames: FrameLists = shippedFrames
) -> String {
  masked(Array(message.utf8), flags: flags, frames: frames)
}

/// A generator of which a test can say the seed (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
