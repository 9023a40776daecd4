import Bytes
import Foundation
import Generation
import Model

/// Generated input for whole runs.
enum Streams {
  /// About `byteCount` bytes of three hours with two drawn incidents and stack traces.
  static func bytes(_ format: StreamFormat, seed: UInt64, byteCount: Int) throws -> Data {
    let entrySize: Double =
      switch format {
      case .journald: 1070
      case .rfc3164: 136
      case .rfc5424: 250
      case .json: 270
      case .logfmt: 200
      }
    var generator = try StreamGenerator(
      StreamSettings(
        seed: seed, durationSeconds: 10_800,
        entriesPerMinute: max(1, Double(byteCount) / entrySize / 180), format: format,
        randomIncidentCount: 2, stackTraceShare: 1, byteLimit: byteCount))
    var writer = ByteWriter()
    while generator.next(atLeast: 1 << 20, into: &writer) {}
    return Data(writer.bytes)
  }

  /// Changes some bytes: flips, cuts, doubled stretches, bytes that formats care about.
  static func mutated(_ bytes: Data, by random: inout SeededRandom) -> Data {
    var bytes = Array(bytes)
    let telling =
      Array("\n\r\0\"{}[]\\=:<>,| \t\u{1b}".utf8) + [0x1e, 0xff, 0xc3, 0xed, 0x28, 0xb5]
    for _ in 0..<(1 + random.below(20)) where !bytes.isEmpty {
      let at = random.below(bytes.count)
      let end = min(bytes.count, at + 1 + random.below(200))
      switch random.below(6) {
      case 0: bytes[at] = UInt8(random.below(256))
      case 1: bytes[at] = telling[random.below(telling.count)]
      case 2: bytes.removeSubrange(at..<end)
      case 3: bytes.insert(contentsOf: Array(bytes[at..<end]), at: random.below(bytes.count))
      case 4: bytes.insert(telling[random.below(telling.count)], at: at)
      default: bytes.removeSubrange(max(at, bytes.count / 2)...)
      }
    }
    return Data(bytes)
  }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

  mutating func bytes(_ count: Int) -> Data {
    Data((0..<count).map { _ in UInt8(truncatingIfNeeded: next()) })
  }
}
