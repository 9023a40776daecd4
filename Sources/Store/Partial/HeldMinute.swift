internal import Bytes
internal import Model

/// A minute's entries on their way into a partial: those that are kept, and sums of those that are alike.
///
/// Of a sum remain the first one's time, the last one's time, and how many there were between; of errors the
/// last one's text as well.
struct HeldMinute {
  /// Trouble of one kind that is kept entry by entry in a minute; larger would make an error storm's partial
  /// as large as its log, smaller would lose correlation ids.
  static let troubleLimit = 64
  /// Entries kept in a minute, of all kinds; what comes beyond is summed.
  static let keptLimit = 200_000

  /// In which order a minute's entries are written.
  enum Order {
    /// As they came, where that is nearly the order of time: so the watermark is what it was.
    case stream
    case time
  }

  /// For what an entry is kept.
  enum Need {
    /// All that it says: it may be shown.
    case text
    /// What was captured from it: order flow asks for no more.
    case fields
  }

  private struct Sum {
    /// Kept entry by entry.
    var kept = 0
    /// The entry that the others are added to, or -1.
    var first = -1
    /// The last one, or -1.
    var last = -1
    var text: [UInt8] = []
    var place: [UInt8] = []
  }

  private(set) var entries: [HeldEntry] = []
  private(set) var fields: [HeldField] = []
  private(set) var rules: [RuleMatch] = []
  private(set) var bytes: [UInt8] = []
  private var cells: [Cell: Int] = [:]
  private var sums: [Sum] = []
  private var kept = 0
  /// Of sums' last texts and places.
  private var sumBytes = 0
  private var isSealed = false

  var hasRoom: Bool { kept < Self.keptLimit }

  /// What it holds; a sum's cell stands in a table that is up to half empty.
  var byteCount: Int {
    entries.count * MemoryLayout<HeldEntry>.stride + fields.count * MemoryLayout<HeldField>.stride
      + rules.count * MemoryLayout<RuleMatch>.stride + bytes.count + sumBytes
      + sums.count * (MemoryLayout<Sum>.stride + 2 * MemoryLayout<Cell>.stride + 16)
  }

  /// Forgets what has been written; what was kept still counts towards the minute's limit.
  mutating func restart() {
    let kept = kept
    self = HeldMinute()
    self.kept = kept
  }

  /// How much trouble of an entry's kind was kept.
  mutating func troubles(like cell: Cell) -> Int { sums[number(of: cell)].kept }

  /// Keeps an entry for itself.
  mutating func keep(
    _ index: Int, as entry: Entry, _ needs: Need, _ cell: Cell, order: UInt32, in batch: Batch,
    place: () -> String
  ) {
    var held = HeldEntry(entry, order: order)
    let arenas = batch.arenas
    if needs == .text {
      held.message = note(Self.cut(arenas.bytes(entry.message), Self.messageLimit))
      held.place = note(place())
    } else {
      held.isEcho = true
    }
    let first = fields.count
    for (range, isCapture) in [(entry.captureRange, true), (entry.fieldRange, false)] {
      for number in range.clamped(to: 0..<batch.fields.count) {
        let field = batch.fields[number]
        guard fields.count - first < Self.fieldLimit else { break }
        fields.append(
          HeldField(
            name: field.name, spelling: note(Self.cut(arenas.bytes(field.spelling), 256)),
            kind: field.kind, isCapture: isCapture,
            value: note(Self.cut(arenas.bytes(field.value), Self.messageLimit))))
      }
    }
    held.fields = first..<fields.count
    if entry.flags.contains(.ruleMatch) {
      let start = rules.count
      for match in batch.ruleMatches where Int(match.entry) == index { rules.append(match) }
      held.rules = start..<rules.count
    }
    entries.append(held)
    kept += 1
    sums[number(of: cell)].kept += 1
  }

  /// Adds an entry to those that are alike.
  mutating func add(
    _ entry: Entry, _ cell: Cell, order: UInt32, in batch: Batch, place: () -> String
  ) {
    let number = number(of: cell)
    var held = HeldEntry(entry, order: order)
    held.flags.insert(.repeated)
    held.isEcho = true
    if sums[number].first < 0 {
      sums[number].first = entries.count
      entries.append(held)
      return
    }
    let first = sums[number].first
    let last = sums[number].last
    if last >= 0, held.time < entries[last].time {
      entries[first].weight += held.weight
      if held.time < entries[first].time { entries[first].time = held.time }
      return
    }
    if entry.severity.isError {
      let arenas = batch.arenas
      sumBytes -= sums[number].text.count + sums[number].place.count
      sums[number].text.replaceAll(
        with: Self.cut(arenas.bytes(entry.message), Self.messageLimit))
      sums[number].place = Array(place().utf8)
      sumBytes += sums[number].text.count + sums[number].place.count
      held.isEcho = entry.isEcho
    }
    if last < 0 {
      sums[number].last = entries.count
      entries.append(held)
    } else {
      entries[first].weight += entries[last].weight
      entries[last] = held
    }
  }

  /// Puts the entries in order, and the last errors' texts beside them.
  mutating func seal(_ sorting: Order) {
    guard !isSealed else { return }
    isSealed = true
    for sum in sums where sum.last >= 0 && !sum.text.isEmpty {
      entries[sum.last].message = note(sum.text.span)
      entries[sum.last].place = note(sum.place.span)
    }
    switch sorting {
    case .stream: entries.sort { $0.order < $1.order }
    case .time: entries.sort { ($0.time, $0.order) < ($1.time, $1.order) }
    }
  }

  /// Takes all stamps away: they are not believed, and the entries count in their groups alone.
  mutating func disbelieve() {
    for index in entries.indices { entries[index].time = .unknown }
  }

  private mutating func number(of cell: Cell) -> Int {
    if let known = cells[cell] { return known }
    sums.append(Sum())
    cells[cell] = sums.count - 1
    return sums.count - 1
  }

  private mutating func note(_ text: Span<UInt8>) -> Range<Int> {
    let start = bytes.count
    for index in 0..<text.count { bytes.append(text[index]) }
    return start..<bytes.count
  }

  private mutating func note(_ text: String) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    return start..<bytes.count
  }

  /// Bytes of a message or a field's value: exemplars keep 1 KiB, rules and order flow look at less.
  private static let messageLimit = 4096
  /// Fields of an entry.
  private static let fieldLimit = 128

  /// The first bytes, cut before a character that would be torn.
  @_lifetime(copy bytes)
  private static func cut(_ bytes: Span<UInt8>, _ limit: Int) -> Span<UInt8> {
    var end = min(bytes.count, limit)
    if end < bytes.count {
      while end > 0, end > limit - 4, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    }
    return bytes.extracting(0..<end)
  }
}
