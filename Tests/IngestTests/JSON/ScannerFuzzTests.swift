import Bytes
import Ingest
import Model
import Testing

/// The fast scanner against simdjson and against the careful reader, on mutated objects.
@Suite struct ScannerFuzzTests {
  private struct Generator {
    let seed: UInt64
    var state: UInt64

    init(seed: UInt64) {
      self.seed = seed
      state = seed
    }

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }

    mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

    mutating func object() -> String {
      let keys = [
        "__REALTIME_TIMESTAMP", "MESSAGE", "PRIORITY", "_PID", "_HOSTNAME", "_SYSTEMD_UNIT",
        "level",
        "msg", "time", "trace_id", "a", "", "order_id", "latency_ms", "x\\ty", "k\\u0041", "status",
        "a key of more than thirty-two bytes, which is none of ours", "stack",
      ]
      let values = [
        "\"1772357400000000\"", "\"text\"", "\"\"", "12", "0", "-1.5e3", "true", "false", "null",
        "\"a\\\"b\\\\\"", "\"\\u00e9\\n\"", "\"é\"", "\"sshd.service\"", "[1,2,3]", "{\"b\":[{}]}",
        "[\"a\",\"b\"]", "{}", "[]", "\"2026-03-01T09:30:00.5Z\"", "\"\\\\\"", "3", "\"E\"",
      ]
      let colon = pick([":", ":", ":", ": ", " :", "\t:"])
      let comma = pick([",", ",", ",", ", ", " ,", ",\r"])
      var text = pick(["{", "{", "{", "{ ", " {"])
      for place in 0..<below(9) {
        text += (place > 0 ? comma : "") + "\"" + pick(keys) + "\"" + colon + pick(values)
      }
      return text + pick(["}", "}", "}", " }", "} ", "}\r", "}x"])
    }

    mutating func mutated(_ text: String) -> [UInt8] {
      var bytes = Array(text.utf8)
      let alphabet = Array("\"\\{}[]:, \t0123456789-+.aeEtfnu/xé".utf8) + [0, 0x1f, 0xff, 0xed]
      for _ in 0..<below(3) where !bytes.isEmpty {
        let at = below(bytes.count)
        switch below(4) {
        case 0: bytes[at] = pick(alphabet)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(pick(alphabet), at: at)
        default: bytes.swapAt(at, below(bytes.count))
        }
      }
      return bytes
    }
  }

  @Test(arguments: [0x0bad_5eed as UInt64, 0xfeed_0002])
  func agreesWithSimdjsonAndTheCarefulReader(seed: UInt64) {
    var generator = Generator(seed: seed)
    var accepted = 0
    for round in 0..<700 {
      var lines: [[UInt8]] = []
      var stream: [UInt8] = []
      for _ in 0..<40 {
        let line = generator.mutated(generator.object())
        guard let first = line.first(where: { $0 != 0x20 }), first == 0x7b,
          line.span.isValidUTF8
        else { continue }
        lines.append(line)
        stream += line + [0x0a]
      }
      let run = Decoded(run: stream, keepsFields: round % 2 == 0)
      #expect(run.reached == stream.count, "seed \(seed), round \(round)")
      #expect(run.frames.read == lines.count, "seed \(seed), round \(round)")
      let accepts = lines.map { $0.span.simdjsonAccepts }
      let want = accepts.count { $0 }
      accepted += want
      #expect(
        run.frames.read - run.frames.unparsed - run.frames.blank == want,
        "seed \(seed), round \(round)")
      let careful = lines.compactMap { Decoded(frame: $0, keepsFields: round % 2 == 0) }
        .flatMap(\.entries)
      #expect(run.entries == careful, "seed \(seed), round \(round)")
    }
    #expect(accepted > 5000, "too few objects stayed valid to mean anything")
  }

  @Test func survivesRandomBytes() {
    var generator = Generator(seed: 0x5eed_0003)
    for round in 0..<300 {
      var bytes: [UInt8] = Array("{\"MESSAGE\":\"".utf8)
      for _ in 0..<generator.below(9000) {
        bytes.append(
          generator.below(4) == 0
            ? UInt8(generator.below(256)) : generator.pick(Array("\"\\{}:,\n[] ".utf8)))
      }
      let run = Decoded(run: bytes)
      let counts = run.frames
      #expect(
        counts.read + counts.expanded == run.entries.count + counts.unparsed + counts.blank,
        "seed \(generator.seed), round \(round)")
      _ = Decoded(frame: bytes)
    }
  }
}
