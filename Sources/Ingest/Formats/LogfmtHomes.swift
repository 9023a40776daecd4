import Bytes
import Model

/// The ECS names of logfmt's keys, by the table that JSON uses (`RequestKeys`).
struct LogfmtHomes: ~Copyable {
  private let targets = FieldTargets()
  /// Open addressing by the key's hash; twice as many places as keys at least.
  private var slots: [(hash: UInt64, key: UInt8)]

  init() {
    var count = 64
    let keys = RequestKeys.all.reduce(0) { $0 + $1.1.count }
    while count < keys * 2 { count *= 2 }
    slots = Array(repeating: (0, 0), count: count)
    for (key, spellings) in RequestKeys.all {
      for spelling in spellings { insert(key, spelling) }
    }
  }

  private mutating func insert(_ key: KnownKey, _ spelling: StaticString) {
    let bytes = spelling.withUTF8Buffer { unsafe Array($0) }
    let hash = StableHash(bytes.span).high
    var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[at].key != 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = (hash, key.rawValue)
  }

  /// Whether stages use the field of a key, so that it is made in every mode.
  func isWanted(_ key: Span<UInt8>) -> Bool { targets[self.key(key)].isWanted }

  /// The raw value of the known key that is spelled so; 0 for none.
  private func key(_ spelling: Span<UInt8>) -> UInt8 {
    let hash = StableHash(spelling).high
    var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[at].key != 0, slots[at].hash != hash { at = (at + 1) & (slots.count - 1) }
    return slots[at].key
  }

  /// Appends the value under its key's ECS name; false where the key has none or the value can't stand
  /// there. A name that the entry has already is left out.
  func append(
    _ key: Span<UInt8>, _ value: ByteRange, since fieldStart: Int, to batch: Batch
  ) -> Bool {
    let known = self.key(key)
    guard known != 0 else { return false }
    let target = targets[known]
    let arenas = batch.arenas
    let bytes = arenas.bytes(value)
    let name = FieldName(number: target.name)
    guard target.name != 0, let part = targets.part(of: bytes, for: target),
      !has(name, since: fieldStart, batch)
    else { return false }
    batch.fields.append(
      Field(name, value.part(part), kind: target.needsNumber ? .number : .text))
    if target.needsAddress, let address = targets.address(bytes), !address.port.isEmpty {
      let port = targets.port(besides: name)
      if !has(port, since: fieldStart, batch) {
        batch.fields.append(Field(port, value.part(address.port), kind: .number))
      }
    }
    return true
  }

  private func has(_ name: FieldName, since start: Int, _ batch: Batch) -> Bool {
    for index in start..<batch.fields.count where batch.fields[index].name == name { return true }
    return false
  }
}
