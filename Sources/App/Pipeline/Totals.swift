internal import Bytes
internal import Model
internal import Store

/// What the summary counts over all analysed entries; flat arrays, a few adds an entry.
struct Totals: Sendable {
  /// By the cases' raw values, which are fewer than 16 each: in place, since nothing is cheaper to count in.
  private(set) var severities = InlineArray<16, Int>(repeating: 0)
  private(set) var categories = InlineArray<16, Int>(repeating: 0)
  private(set) var formats = InlineArray<16, Int>(repeating: 0)
  /// Entries that a pattern matched.
  private(set) var matched = 0
  private(set) var services: [(entries: Int, errors: Int)] = []
  private(set) var first = Timestamp.unknown
  private(set) var last = Timestamp.unknown
  private(set) var withoutTime = 0
  /// Entries of which patterns saw only the start.
  private(set) var matchedInPart = 0
  /// How often each pattern gave up, by its number.
  private(set) var surrenders: [UInt16: Int] = [:]
  /// Entries that the edge's clock ended.
  private(set) var closedByClock = 0

  /// Repetitions beyond what one line may count as.
  private(set) var repetitionsLeftOut = 0

  /// Entries whose stamp names a zone by an abbreviation.
  private(set) var zonesUnknown = 0

  /// Counts what befell an entry on its way; for entries with one of these flags.
  mutating func addTroubles(_ flags: EntryFlags, _ batch: Batch, _ index: Int) {
    if flags.contains(.matchedInPart) { matchedInPart += 1 }
    if flags.contains(.closedByClock) { closedByClock += 1 }
    if flags.contains(.zoneUnknown) { zonesUnknown += 1 }
    guard flags.contains(.gaveUp) else { return }
    var at = batch.surrenders.lowerBound { Int($0.entry) < index }
    while at < batch.surrenders.count, Int(batch.surrenders[at].entry) == index {
      surrenders[batch.surrenders[at].pattern, default: 0] += 1
      at += 1
    }
  }

  mutating func add(_ entry: Entry) {
    severities[Int(entry.severity.rawValue)] += 1
    categories[Int(entry.category.rawValue)] += 1
    formats[Int(entry.format.rawValue)] += 1
    if entry.pattern != 0 { matched += 1 }
    let service = entry.service.index
    while services.count <= service { services.append((0, 0)) }
    services[service].entries += 1
    if entry.severity.isError { services[service].errors += 1 }
    guard entry.time.isKnown else {
      withoutTime += 1
      return
    }
    if entry.time < first || !first.isKnown { first = entry.time }
    if entry.time > last { last = entry.time }
  }

  /// Counts an entry that was added so many times more.
  mutating func addMore(_ entry: Entry, times: Int) {
    severities[Int(entry.severity.rawValue)] += times
    categories[Int(entry.category.rawValue)] += times
    formats[Int(entry.format.rawValue)] += times
    if entry.pattern != 0 { matched += times }
    services[entry.service.index].entries += times
    if entry.severity.isError { services[entry.service.index].errors += times }
    if !entry.time.isKnown { withoutTime += times }
  }

  /// Writes into the books what befell entries.
  func fill(_ books: inout PartialBooks, patterns: [String]) {
    books.matchedInPart = matchedInPart
    books.closedByClock = closedByClock
    books.zonesUnknown = zonesUnknown
    books.repetitionsLeftOut = repetitionsLeftOut
    for (number, count) in surrenders where patterns.indices.contains(Int(number) - 1) {
      books.surrenders[patterns[Int(number) - 1], default: 0] += count
    }
  }

  /// Counts what befell the entries of other runs, which are taken without their troubles.
  mutating func add(_ books: PartialBooks, number: (String) -> UInt16?) {
    matchedInPart += books.matchedInPart
    closedByClock += books.closedByClock
    zonesUnknown += books.zonesUnknown
    repetitionsLeftOut += books.repetitionsLeftOut
    for (pattern, count) in books.surrenders {
      surrenders[number(pattern) ?? 0, default: 0] += count
    }
  }

  /// Notes repetitions that a line claims and that are not counted.
  mutating func leaveOut(repetitions: Int) { repetitionsLeftOut += repetitions }

  var severityCounts: [Severity: Int] {
    Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0, severities[Int($0.rawValue)]) })
  }

  var categoryCounts: [Category: Int] {
    Dictionary(uniqueKeysWithValues: Category.allCases.map { ($0, categories[Int($0.rawValue)]) })
  }
}
