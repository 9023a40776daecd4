import Bytes
import Foundation

/// Builds journal files byte by byte: what a reader needs of them, in every layout and compression.
struct JournalWriter {
  enum Packing: CaseIterable { case none, zstd, lz4, xz }

  struct Entry {
    var seqnum: UInt64
    var realtime: UInt64
    var fields: [[UInt8]]
    var boot: UInt8 = 7
    var monotonic: UInt64 = 0
    var hash: UInt64 = 0
  }

  var isCompact = false
  var packing = Packing.none
  var series: UInt8 = 1
  /// How many entries an entry array lists.
  var arrayLength = 3
  private(set) var bytes = [UInt8](repeating: 0, count: 272)
  private var data: [[UInt8]: Int] = [:]

  /// A text field.
  static func field(_ name: String, _ value: String) -> [UInt8] { Array("\(name)=\(value)".utf8) }

  /// The bytes of a file with these entries.
  static func file(
    _ entries: [Entry], isCompact: Bool = false, packing: Packing = .none, series: UInt8 = 1
  ) -> [UInt8] {
    var writer = JournalWriter()
    writer.isCompact = isCompact
    writer.packing = packing
    writer.series = series
    return writer.file(entries)
  }

  private mutating func file(_ entries: [Entry]) -> [UInt8] {
    put(Array("LPKSHHRH".utf8), at: 0)
    let flags: UInt32 =
      (isCompact ? 16 : 0) | 4 | [0, 8, 2, 1][Packing.allCases.firstIndex(of: packing) ?? 0]
    put(flags, at: 12)
    bytes[16] = 2
    put([UInt8](repeating: series, count: 16), at: 72)
    put(UInt64(bytes.count), at: 88)
    let offsets = entries.map { add($0) }
    var last: Int?
    var start = 0
    while start < offsets.count {
      let part = offsets[start..<min(offsets.count, start + arrayLength)]
      let array = add(array: Array(part))
      put(UInt64(array), at: last.map { $0 + 16 } ?? 176)
      last = array
      start += arrayLength
    }
    put(UInt64(entries.count), at: 152)
    put(entries.first?.realtime ?? 0, at: 184)
    put(entries.last?.realtime ?? 0, at: 192)
    put(UInt64(bytes.count - 272), at: 96)
    return bytes
  }

  private mutating func add(_ entry: Entry) -> Int {
    let items = entry.fields.map { add(data: $0) }
    let at = begin(3, size: 64 + items.count * (isCompact ? 4 : 16))
    put(entry.seqnum, at: at + 16)
    put(entry.realtime, at: at + 24)
    put(entry.monotonic, at: at + 32)
    put([UInt8](repeating: entry.boot, count: 16), at: at + 40)
    put(entry.hash, at: at + 56)
    for (index, item) in items.enumerated() {
      if isCompact {
        put(UInt32(item), at: at + 64 + 4 * index)
      } else {
        put(UInt64(item), at: at + 64 + 16 * index)
      }
    }
    return at
  }

  private mutating func add(data field: [UInt8]) -> Int {
    if let at = data[field] {
      put(word(at: at + 56) + 1, at: at + 56)
      return at
    }
    let head = isCompact ? 72 : 64
    let content = packing == .none ? field : pack(field)
    let at = begin(1, size: head + content.count)
    bytes[at + 1] = [0, 4, 2, 1][Packing.allCases.firstIndex(of: packing) ?? 0]
    put(UInt64(1), at: at + 56)
    put(content, at: at + head)
    data[field] = at
    return at
  }

  private mutating func add(array items: [Int]) -> Int {
    let width = isCompact ? 4 : 8
    let at = begin(6, size: 24 + items.count * width)
    for (index, item) in items.enumerated() {
      if isCompact {
        put(UInt32(item), at: at + 24 + width * index)
      } else {
        put(UInt64(item), at: at + 24 + width * index)
      }
    }
    return at
  }

  private mutating func begin(_ type: UInt8, size: Int) -> Int {
    bytes += [UInt8](repeating: 0, count: (8 - bytes.count % 8) % 8)
    let at = bytes.count
    bytes += [UInt8](repeating: 0, count: size)
    bytes[at] = type
    put(UInt64(size), at: at + 8)
    return at
  }

  /// Content as the format's encoders write it, in their simplest form: stored.
  private func pack(_ content: [UInt8]) -> [UInt8] {
    switch packing {
    case .none: return content
    case .zstd:
      // RFC 8878: a frame of one segment with a content size of 4 bytes, and raw blocks up to 128 KiB.
      var frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0xa0] + little(UInt32(content.count))
      var at = 0
      repeat {
        let part = content[at..<min(content.count, at + 131_072)]
        at += part.count
        let head = UInt32(part.count) << 3 | (at == content.count ? 1 : 0)
        frame += little(head).prefix(3) + part
      } while at < content.count
      return frame
    case .lz4:
      // One sequence of literals, behind the length that systemd writes.
      var block: [UInt8] = []
      if content.count < 15 {
        block.append(UInt8(content.count) << 4)
      } else {
        block.append(0xf0)
        var rest = content.count - 15
        while rest >= 255 {
          block.append(255)
          rest -= 255
        }
        block.append(UInt8(rest))
      }
      return little(UInt64(content.count)) + block + content
    case .xz: return Self.xz(content)
    }
  }

  /// By the `xz` tool, without an integrity check, as systemd does.
  private static func xz(_ content: [UInt8]) -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/xz")
    process.arguments = ["-c", "-C", "none", "-0"]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return [] }
    try? input.fileHandleForWriting.write(contentsOf: Data(content))
    try? input.fileHandleForWriting.close()
    let packed = try? output.fileHandleForReading.readToEnd()
    process.waitUntilExit()
    return Array(packed ?? Data())
  }

  private func word(at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<(Number.bitWidth / 8)).map { UInt8(truncatingIfNeeded: number >> Number(8 * $0)) }
  }

  private mutating func put<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
    put(little(number), at: offset)
  }

  private mutating func put(_ content: [UInt8], at offset: Int) {
    bytes.replaceSubrange(offset..<(offset + content.count), with: content)
  }
}
