internal import Bytes
internal import Masking
internal import Model
internal import Packs
internal import Triage

/// The packs' samples as the text model sees texts: masked, with what their patterns say.
enum TextSamples {
  static func of(_ library: PackLibrary) -> [TextSample] {
    var masker = MessageMasker()
    var samples: [TextSample] = []
    for pattern in library.patterns {
      for sample in pattern.samples where sample.matches {
        samples.append(
          TextSample(
            pack: pattern.pack, pattern: pattern.id, text: masker.masked(Array(sample.text.utf8)),
            names: Array(names(sample).utf8),
            category: pattern.verdict.category ?? .other,
            outcome: pattern.verdict.outcome ?? .none,
            severity: pattern.verdict.severity ?? .unknown))
      }
    }
    return samples
  }

  /// The last parts of fields that hold names of persons, hosts and things.
  private static let nameParts: Set<Substring> = [
    "name", "domain", "address", "hostname", "host", "id", "path", "original", "directory",
    "executable",
    "command_line", "unit", "symbol", "account", "key", "home", "shell", "instance", "share",
    "table",
  ]

  private static func names(_ sample: PatternSample) -> String {
    (sample.fields ?? []).filter {
      $0.name.split(separator: ".").last.map(nameParts.contains) ?? false
    }.map(\.value).joined(separator: " ")
  }
}

/// Masks single messages as the pipeline would.
struct MessageMasker: ~Copyable {
  private let batch = Batch(inputCapacity: 1 << 20, sideCapacity: 4 << 20)

  mutating func masked(_ message: [UInt8]) -> [UInt8] {
    batch.reset()
    let span = message.span
    let kept = span.extracting(0..<min(span.count, 1 << 20))
    guard let range = batch.arenas.keep(kept) else { return [] }
    var entry = Entry()
    entry.message = range
    batch.entries.append(entry)
    // A table of its own each time, so that the text is new to it.
    var masker = Masker()
    masker.process(batch)
    guard let mask = batch.newMasks.first else { return [] }
    var text = ByteWriter()
    let arenas = batch.arenas
    text.write(arenas.bytes(mask.text))
    return text.bytes
  }
}
