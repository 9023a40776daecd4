internal import Bytes
package import Model

/// The text model's file, `text.model` in a folder of packs: written by `patterns train`, checked when it is read.
///
/// Layout, numbers little-endian:
///
///     taffrail text model 1\n       what it is and its version
///     16 bytes                      StableHash of all that follows
///     u32 w                         words
///     15 × i16                      biases, 1/16 nat: 9 categories (application … deployment), 3 outcomes
///                                   (none, success, failure), 3 severities (info, warning, error)
///     15 × (u8 n, u8 s, n × (u32 from, u8 percent))
///                                   confidence of each answer: steps by falling strength, s of them said
///     w × u32                       keys of the words, ascending (`DistinctWords`)
///     w × 15 × i8                   their weights, 1/16 nat
///
/// A file of another version, a torn or a changed one is refused as a whole.
package enum TextModelFile {
  package static let name = "text.model"
  static let kind = "taffrail text model "
  static let version = 1
  /// Larger than any that is trained: 65,000 patterns with words of their own.
  private static let sizeLimit = 16 << 20

  package static func bytes(of model: TextModel) -> [UInt8] {
    let parts = model.parts
    var body = ByteWriter(reserving: 128 << 10)
    write(UInt64(parts.keys.count), 4, to: &body)
    for bias in parts.biases { write(UInt64(UInt16(bitPattern: bias)), 2, to: &body) }
    for confidence in parts.confidences {
      body.write(UInt8(confidence.steps.count))
      body.write(UInt8(confidence.spoken))
      for step in confidence.steps {
        write(UInt64(step.from), 4, to: &body)
        body.write(step.percent)
      }
    }
    for key in parts.keys { write(UInt64(key), 4, to: &body) }
    body.write(contentsOf: parts.weights)
    var out = ByteWriter(reserving: body.bytes.count + 64)
    out.write("\(kind)\(version)\n")
    let hash = StableHash(body.bytes.span)
    write(hash.high, 8, to: &out)
    write(hash.low, 8, to: &out)
    out.write(contentsOf: body.bytes)
    return out.bytes
  }

  /// Writes a model beside the packs of a folder, in one step.
  package static func write(
    _ model: TextModel, to path: String
  ) throws(ConfigurationError) {
    guard case .written = FileReplacement.replace(path, with: bytes(of: model).span) else {
      throw ConfigurationError(file: path, problem: "can't be written")
    }
  }

  package static func read(_ path: String) throws(ConfigurationError) -> TextModel {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(path, limit: sizeLimit)
    } catch {
      throw ConfigurationError(file: path, problem: "can't be read: \(error.reason)")
    }
    return try model(bytes, file: path)
  }

  package static func model(
    _ bytes: [UInt8], file: String
  ) throws(ConfigurationError) -> TextModel {
    func error(_ problem: String, found: String? = nil) -> ConfigurationError {
      ConfigurationError(
        file: file, problem: problem, found: found,
        hint: "taffrail patterns train makes it anew; without the file nothing is guessed")
    }
    let head = Array("\(kind)\(version)\n".utf8)
    guard bytes.starts(with: kind.utf8) else { throw error("is no text model") }
    guard bytes.starts(with: head) else {
      let line = bytes.prefix(40).prefix { $0 >= 0x20 && $0 < 0x7f }.dropFirst(kind.utf8.count)
      throw error(
        "is a text model of another version than \(version)",
        found: String(decoding: line, as: UTF8.self))
    }
    let start = head.count + 16
    guard bytes.count >= start,
      StableHash(bytes.span.extracting(start..<bytes.count))
        == StableHash(
          high: bytes.span.word(at: head.count), low: bytes.span.word(at: head.count + 8))
    else { throw error("is damaged: its content is not what was written") }
    guard let content = content(bytes, from: start) else {
      throw error("is damaged: its parts don't fit together")
    }
    return TextModel(content)
  }

  /// Reads numbers off bytes; none where they end.
  private struct Cursor {
    let bytes: [UInt8]
    var at: Int

    mutating func number(_ count: Int) -> UInt64? {
      guard count <= bytes.count - at else { return nil }
      var value: UInt64 = 0
      for index in 0..<count { value |= UInt64(bytes[at + index]) << UInt64(8 * index) }
      at += count
      return value
    }
  }

  /// What stands behind the head; nil where its parts don't fit together.
  private static func content(_ bytes: [UInt8], from start: Int) -> TextModelContent? {
    var cursor = Cursor(bytes: bytes, at: start)
    guard let count = cursor.number(4), count <= bytes.count else { return nil }
    let words = Int(count)
    var content = TextModelContent(keys: [])
    for column in 0..<TextQuestion.columnCount {
      guard let bias = cursor.number(2) else { return nil }
      content.biases[column] = Int16(bitPattern: UInt16(truncatingIfNeeded: bias))
    }
    for column in 0..<TextQuestion.columnCount {
      guard let steps = cursor.number(1), let spoken = cursor.number(1), spoken <= steps
      else { return nil }
      content.confidences[column].spoken = Int(spoken)
      for _ in 0..<steps {
        guard let from = cursor.number(4), let percent = cursor.number(1), percent <= 100
        else { return nil }
        content.confidences[column].steps.append(
          TextConfidence.Step(
            from: UInt32(truncatingIfNeeded: from), percent: UInt8(truncatingIfNeeded: percent)))
      }
    }
    guard bytes.count - cursor.at == words * (4 + TextQuestion.columnCount) else { return nil }
    content.keys.reserveCapacity(words)
    for _ in 0..<words {
      guard let key = cursor.number(4) else { return nil }
      content.keys.append(UInt32(truncatingIfNeeded: key))
    }
    content.weights = Array(bytes[cursor.at...])
    return content
  }

  private static func write(_ number: UInt64, _ count: Int, to out: inout ByteWriter) {
    for index in 0..<count {
      out.write(UInt8(truncatingIfNeeded: number >> UInt64(8 * index)))
    }
  }
}
