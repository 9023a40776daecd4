internal import Bytes

/// The fields that journalctl makes of an entry's head: its cursor, times, boot and number.
extension JSONRunDecoder {
  mutating func noteHead(_ entry: JournalLocation, _ arenas: ArenaPair) {
    let side = arenas.side
    noteCursor(entry, arenas)
    var start = side.count
    side.append(decimal: entry.realtime)
    add(journalKeys.realtime, .realtime, start, side)
    if journalKeys.boot != entry.boot || journalKeys.bootText.isEmpty {
      start = side.count
      side.append(id: entry.boot)
      journalKeys.boot = entry.boot
      journalKeys.bootText = ByteRange(start, count: side.count - start, inSide: true)
    }
    let boot = Member(
      key: journalKeys.bootID, value: journalKeys.bootText, kind: .text,
      known: KnownKey.bootID.rawValue, isTaken: false)
    members.append(boot)
    guard members.keepsAll else { return }
    start = side.count
    side.append(decimal: entry.monotonic)
    add(journalKeys.monotonic, .none, start, side)
    start = side.count
    side.append(decimal: entry.seqnum)
    add(journalKeys.seqnum, .none, start, side)
    start = side.count
    side.append(id: entry.seqnumID)
    add(journalKeys.seqnumID, .none, start, side)
  }

  /// `s=…;i=…;b=…;m=…;t=…;x=…`, whose ids stay the same from entry to entry as a rule.
  private mutating func noteCursor(_ entry: JournalLocation, _ arenas: ArenaPair) {
    let side = arenas.side
    if journalKeys.cursorSeries != entry.seqnumID || journalKeys.cursorBoot != entry.boot
      || journalKeys.cursorHead.isEmpty
    {
      var start = side.count
      side.append("s=")
      side.append(id: entry.seqnumID)
      side.append(";i=")
      journalKeys.cursorHead = ByteRange(start, count: side.count - start, inSide: true)
      start = side.count
      side.append(";b=")
      side.append(id: entry.boot)
      side.append(";m=")
      journalKeys.cursorMiddle = ByteRange(start, count: side.count - start, inSide: true)
      journalKeys.cursorSeries = entry.seqnumID
      journalKeys.cursorBoot = entry.boot
    }
    let start = side.count
    side.append(side.bytes(journalKeys.cursorHead))
    side.append(hex: entry.seqnum)
    side.append(side.bytes(journalKeys.cursorMiddle))
    side.append(hex: entry.monotonic)
    side.append(literal: ";t=")
    side.append(hex: entry.realtime)
    side.append(literal: ";x=")
    side.append(hex: entry.hash)
    add(journalKeys.cursor, .cursor, start, side)
  }

  private mutating func add(_ key: ByteRange, _ known: KnownKey, _ start: Int, _ side: Arena) {
    let value = ByteRange(start, count: side.count - start, inSide: true)
    members.append(
      Member(key: key, value: value, kind: .text, known: known.rawValue, isTaken: false))
  }
}

/// The names of the head's fields, written once a batch, and what entries repeat of it.
struct JournalHeadKeys {
  var cursor = ByteRange.empty
  var realtime = ByteRange.empty
  var monotonic = ByteRange.empty
  var bootID = ByteRange.empty
  var seqnum = ByteRange.empty
  var seqnumID = ByteRange.empty
  var boot = JournalID(first: 0, second: 0)
  var bootText = ByteRange.empty
  var cursorSeries = JournalID(first: 0, second: 0)
  var cursorBoot = JournalID(first: 0, second: 0)
  var cursorHead = ByteRange.empty
  var cursorMiddle = ByteRange.empty

  init() {}

  /// The names are written where fields keep them.
  init(keepsAll: Bool, _ arenas: ArenaPair) {
    guard keepsAll else { return }
    cursor = arenas.keep("__CURSOR") ?? .empty
    realtime = arenas.keep("__REALTIME_TIMESTAMP") ?? .empty
    monotonic = arenas.keep("__MONOTONIC_TIMESTAMP") ?? .empty
    bootID = arenas.keep("_BOOT_ID") ?? .empty
    seqnum = arenas.keep("__SEQNUM") ?? .empty
    seqnumID = arenas.keep("__SEQNUM_ID") ?? .empty
  }
}

extension Arena {
  /// Appends an id in 32 hexadecimal digits.
  fileprivate func append(id: JournalID) {
    append(hex: id.first.byteSwapped, minimumDigits: 16)
    append(hex: id.second.byteSwapped, minimumDigits: 16)
  }

  fileprivate func append(literal: StaticString) {
    for index in 0..<literal.utf8CodeUnitCount { append(unsafe literal.utf8Start[index]) }
  }
}
