internal import Bytes
internal import Model

/// The keys of a normalised entry that taffrail itself fills, in the order in which they are written.
struct OwnKeys: OptionSet {
  let rawValue: UInt32

  static let time = OwnKeys(rawValue: 1 << 0)
  static let message = OwnKeys(rawValue: 1 << 1)
  static let level = OwnKeys(rawValue: 1 << 2)
  static let severityNumber = OwnKeys(rawValue: 1 << 3)
  static let severitySource = OwnKeys(rawValue: 1 << 4)
  static let host = OwnKeys(rawValue: 1 << 5)
  static let service = OwnKeys(rawValue: 1 << 6)
  static let processName = OwnKeys(rawValue: 1 << 7)
  static let processID = OwnKeys(rawValue: 1 << 8)
  static let path = OwnKeys(rawValue: 1 << 9)
  static let offset = OwnKeys(rawValue: 1 << 10)
  static let line = OwnKeys(rawValue: 1 << 11)
  static let trace = OwnKeys(rawValue: 1 << 12)
  static let outcome = OwnKeys(rawValue: 1 << 13)
  static let cursor = OwnKeys(rawValue: 1 << 14)
  static let eventCategory = OwnKeys(rawValue: 1 << 15)

  static let names: [(String, OwnKeys)] = [
    ("@timestamp", .time), ("message", .message), ("log.level", .level),
    ("severity_number", .severityNumber), ("severity_source", .severitySource),
    ("host.name", .host), ("service.name", .service), ("process.name", .processName),
    ("process.pid", .processID), ("log.file.path", .path), ("log.offset", .offset),
    ("log.line", .line), ("trace.id", .trace), ("event.outcome", .outcome),
    ("journald.cursor", .cursor), ("event.category", .eventCategory),
  ]
}

/// The keys that an entry's fields may have: encoded once, with what tells equal ones apart.
struct FieldKeys: ~Copyable {
  struct Key {
    var hash: UInt64
    var own: OwnKeys
    /// Begins with `taffrail.`, but not with `taffrail.source.`: never left at its own name.
    var isReserved: Bool
    /// Its value is a secret as a whole.
    var isSecret: Bool
  }

  /// `name":` by catalogue number.
  private var spellings = SpellingTable()
  private var keys: [Key] = []
  /// The own keys' hashes, for names that come spelled out.
  private var own: [(hash: UInt64, key: OwnKeys)] = []
  /// A bit for the low 6 bits of each own key's hash: most other names are told by it alone.
  private var ownBits: UInt64 = 0

  private let redacts: Bool

  /// - Parameter redacts: whether names have to be judged for secrets at all.
  init(_ names: FieldNames, redacts: Bool) {
    self.redacts = redacts
    for (name, key) in OwnKeys.names {
      let hash = Self.hash(name)
      own.append((hash, key))
      ownBits |= 1 << (hash & 63)
    }
    for number in names.names.indices {
      let name = names.names[number]
      var encoded = ByteBuffer()
      encoded.writeJSON(inside: Array(name.utf8).span)
      encoded.write(#"":"# as StaticString)
      spellings.learn(number, encoded.span)
      let hash = Self.hash(name)
      keys.append(
        Key(
          hash: hash, own: ownKey(hash), isReserved: Self.isReserved(Array(name.utf8).span),
          isSecret: Redactor.isSecret(name: Array(name.utf8).span)))
    }
  }

  func key(_ field: Field, in arenas: ArenaPair) -> Key {
    if field.name.number != 0, Int(field.name.number) < keys.count {
      return keys[Int(field.name.number)]
    }
    let spelling = arenas.bytes(field.spelling)
    let hash = Self.hash(spelling)
    return Key(
      hash: hash, own: ownKey(hash), isReserved: Self.isReserved(spelling),
      isSecret: redacts && Redactor.isSecret(name: spelling))
  }

  /// Writes `,"name":`, with `prefix` before the name.
  func write(
    _ field: Field, prefix: StaticString, in arenas: ArenaPair, to out: inout ByteBuffer
  ) {
    if field.name.number == 0 {
      out.writeJSON(nextKey: arenas.bytes(field.spelling), prefix: prefix)
    } else {
      out.write(#",""# as StaticString)
      out.write(prefix)
      _ = spellings.write(Int(field.name.number), to: &out)
    }
  }

  /// The hash of a field's name behind `taffrail.source.`; rare, so made from the whole name.
  func hashBehindSource(_ field: Field, in arenas: ArenaPair) -> UInt64 {
    var name = ByteBuffer(capacity: 64)
    name.write("taffrail.source." as StaticString)
    if field.name.number == 0 {
      name.write(arenas.bytes(field.spelling))
    } else {
      _ = spellings.write(Int(field.name.number), to: &name)
      name.truncate(to: name.count - 2)
    }
    return Self.hash(name.span)
  }

  private static func isReserved(_ name: Span<UInt8>) -> Bool {
    name.has("taffrail.", at: 0) && !name.has("taffrail.source.", at: 0)
  }

  private func ownKey(_ hash: UInt64) -> OwnKeys {
    guard ownBits >> (hash & 63) & 1 == 1 else { return [] }
    for (other, key) in own where other == hash { return key }
    return []
  }

  private static func hash(_ name: String) -> UInt64 { StableHash(Array(name.utf8).span).high }

  /// Of the name as it is written: names that differ only in bytes that are not UTF-8 come out alike.
  private static func hash(_ name: Span<UInt8>) -> UInt64 {
    var at = 0
    var bits: UInt64 = 0
    while at + 8 <= name.count {
      bits |= name.word(at: at)
      at += 8
    }
    while at < name.count {
      bits |= UInt64(name[at])
      at += 1
    }
    if bits & 0x8080_8080_8080_8080 == 0 || name.isValidUTF8 { return StableHash(name).high }
    return hash(String(name))
  }
}
