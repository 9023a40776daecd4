internal import Bytes
package import Model

/// What is known of each group: counts, times, severity, names and exemplars, kept for each shape.
///
/// A group's figures are those of its shapes under the map of the last settle, summed when someone asks;
/// so they follow when a template generalises, and they sum to the recorded entries always. Symbols are the
/// merge's.
/// - Limits: shapes as in `TemplateMiner`; eight services and four hosts a shape; exemplars are the first
///   two and, of errors, the last, 1 KiB each, 160 bytes once 8 MiB are kept and none beyond 16 MiB
///   (`exemplarsLeftOut`).
/// - Complexity: a settle costs what it changed, the reference is linear in the shapes; `record` of a known shape touches one record and no heap, save that an error's last
///   exemplar is overwritten.
package struct GroupRegistry {
  package private(set) var miner: TemplateMiner
  var records: [ShapeRecord] = [ShapeRecord()]
  /// Entries of earlier runs, by shape, and those of this run that are to be remembered.
  var earlier: [Int] = []
  var learned: [Int] = []
  private var store = ExemplarStore()
  private var keptBytes = 0
  private var places = GroupPlaces()
  private var indexed = 0

  /// Hashes of the shapes' texts by number: the same in any run.
  private var seeds: [UInt32] = [0]
  /// The shapes' texts by number, where they are kept.
  private var texts: [[UInt8]] = []
  private var keepsTexts = false

  package private(set) var recorded = 0
  package private(set) var exemplarsLeftOut = 0

  package init(shapeLimit: Int = TemplateMiner.shapeLimit) {
    miner = TemplateMiner(limit: shapeLimit)
  }

  /// Notes a shape and tells its number; a shape that is known keeps its own.
  package mutating func insert(_ shape: Span<UInt8>, kind: GroupKind) -> ShapeNumber {
    let number = miner.insert(shape, kind: kind)
    while records.count < miner.shapeCount {
      records.appendTightly(ShapeRecord())
      records[records.count - 1].kind = kind
      seeds.appendTightly(UInt32(truncatingIfNeeded: StableHash(shape).low))
      if keepsTexts { keep(shape) }
    }
    return number
  }

  /// Keeps the text of each shape from now on; to be called before the first is inserted.
  package mutating func keepTexts() {
    keepsTexts = true
    texts = [Array(TemplateMiner.overflowText.utf8)]
  }

  private mutating func keep(_ shape: Span<UInt8>) {
    var text: [UInt8] = []
    text.replaceAll(with: shape)
    texts.append(text)
  }

  /// A hash of a shape's text, which doesn't depend on its number.
  package func seed(of shape: ShapeNumber) -> UInt32 {
    shape.index < seeds.count ? seeds[shape.index] : 0
  }

  /// The text of a shape and what it is of, where texts are kept; the overflow's for one beyond the limit.
  package func shape(_ number: Int) -> (text: [UInt8], kind: GroupKind) {
    number < texts.count ? (texts[number], records[number].kind) : (texts.first ?? [], .message)
  }

  /// Brings the map from shapes to groups up to date; `miner.merges` tells which groups went into others.
  package mutating func settle(_ effort: TemplateMiner.Effort) {
    miner.settle(effort)
    if effort == .reference { indexed = 0 }
    places.settle(miner.regrouped, miner, records)
    places.settle(indexed..<max(indexed, miner.shapeCount), miner, records)
    indexed = miner.shapeCount
  }

  package mutating func settle(full: Bool = false) { settle(full ? .reference : .phases) }

  /// Shapes that no run of the phases has seen.
  package var waitingCount: Int { miner.waitingCount }

  /// Shapes noted, the overflow's number included.
  package var shapeCount: Int { miner.shapeCount }

  package func group(of shape: ShapeNumber) -> GroupID { miner.group(of: shape) }

  /// The text of the template that a shape has now.
  package func template(of shape: ShapeNumber) -> String {
    miner.text(of: miner.template(of: shape))
  }

  /// Reads of the records of entries' shapes (their `mask`) what `record` reads first, for a whole block
  /// of entries and nothing else between, so that the processor fetches them side by side.
  package func touch(_ entries: Span<Entry>, _ block: Range<Int>) -> Int {
    var sum = 0
    for index in block {
      let shape = Int(entries[index].mask)
      if shape < records.count { sum &+= records[shape].touch }
    }
    return sum
  }

  /// The text of a group's template, by any id that it has had; the overflow's for one never met.
  package func template(of group: GroupID) -> String {
    miner.group(of: group).map { miner.text(of: $0) } ?? TemplateMiner.overflowText
  }

  /// Counts an entry of a shape; its symbols must be the merge's.
  @inline(__always)
  package mutating func record(_ shape: ShapeNumber, _ entry: Entry, in batch: Batch) {
    let index = shape.index < records.count ? shape.index : TemplateMiner.overflow.index
    recorded &+= 1
    records[index].take(entry)
    if records[index].count <= 2 || entry.severity.isError { keepExemplar(index, entry, batch) }
  }

  /// Counts an entry that was recorded so many times more.
  package mutating func recordMore(_ shape: ShapeNumber, _ entry: Entry, times: Int) {
    let index = shape.index < records.count ? shape.index : TemplateMiner.overflow.index
    recorded &+= times
    records[index].takeMore(entry, times: times)
  }

  private mutating func keepExemplar(_ index: Int, _ entry: Entry, _ batch: Batch) {
    // Its text says only that another one came again, or a shard has left it out.
    if entry.isEcho, entry.flags.contains(.repeated) || entry.message.count == 0 { return }
    let limit = keptBytes < 8 << 20 ? 1024 : keptBytes < 16 << 20 ? 160 : 0
    let first = records[index].exemplars
    guard first >= 0 else {
      guard limit > 0 else {
        exemplarsLeftOut += 1
        return
      }
      records[index].exemplars = store.add()
      return put(entry, batch, limit, at: records[index].exemplars)
    }
    var (count, row) = store.tail(of: first)
    if count < ExemplarStore.perShape {
      guard limit > 0 else {
        exemplarsLeftOut += 1
        return
      }
      row = store.add(behind: row)
    }
    put(entry, batch, limit, at: row)
  }

  private mutating func put(_ entry: Entry, _ batch: Batch, _ limit: Int, at row: Int32) {
    let before = store.byteCount(of: row)
    store.put(entry, in: batch, limit: max(limit, min(before, 1024)), at: row)
    keptBytes += store.byteCount(of: row) - before
  }
}

extension GroupRegistry {
  private func shapes(of group: GroupID) -> [Int] {
    guard let place = miner.group(of: group) else { return [] }
    return places.shapes(of: place).filter {
      records[$0].count > 0 || $0 < earlier.count && earlier[$0] > 0
    }
  }

  /// What is known of a group, by any id that it has had; nil for one without entries in this run or an earlier one.
  ///
  /// - Parameter reference: how a place is written for readers.
  package func profile(of group: GroupID, reference: (EntryPlace) -> String)
    -> GroupProfile?
  {
    let shapes = shapes(of: group)
    return shapes.isEmpty ? nil : profile(miner.current(group), shapes, reference)
  }

  /// What is known of a group without its names and exemplars; nothing is allocated.
  ///
  /// - Parameter limit: entries beyond which no more of its shapes are read.
  package func brief(of group: GroupID, limit: Int = .max) -> GroupBrief {
    var brief = GroupBrief()
    guard let place = miner.group(of: group) else { return brief }
    places.forEachShape(of: place) { shape in
      records[shape].add(to: &brief)
      if shape < earlier.count { brief.earlier += earlier[shape] }
      return brief.count <= limit
    }
    return brief
  }

  /// All groups with entries in this run, most entries first, then by id; exceptions with their messages.
  ///
  /// - Parameters:
  ///   - limit: how many of them; those beyond cost no more than their counts.
  ///   - isWanted: which of them.
  package func profiles(
    limit: Int = .max, where isWanted: (GroupBrief) -> Bool = { _ in true },
    reference: (EntryPlace) -> String
  ) -> [GroupProfile] {
    var ranked: [(id: GroupID, count: Int)] = []
    for index in places.inUse {
      let id = miner.id(of: GroupIndex(index: index))
      let brief = brief(of: id)
      if brief.count > 0, isWanted(brief) { ranked.append((id, brief.count)) }
    }
    ranked.sort { $0.count != $1.count ? $0.count > $1.count : $0.id.number < $1.id.number }
    return ranked.prefix(limit).compactMap { id, _ in
      guard var profile = profile(of: id, reference: reference) else { return nil }
      if profile.kind == .exception { profile.messages = messages(of: shapes(of: id)) }
      return profile
    }
  }

  /// Entries of a shape.
  package func count(of shape: ShapeNumber) -> Int {
    shape.index < records.count ? records[shape.index].count : 0
  }

  /// Entries by group, in order of the groups' ids, with the worst severity that each has had.
  package mutating func counts(
    of shapes: [(shape: ShapeNumber, entries: Int)]
  ) -> [MinuteFacts.GroupCounts] {
    places.counts(of: shapes, miner, records)
  }

  /// Services of a group's entries, most frequent first.
  package func services(of group: GroupID) -> [Symbol] {
    ranked(shapes(of: group).map { records[$0].services })
  }

  /// Hosts of a group's entries, most frequent first.
  package func hosts(of group: GroupID) -> [Symbol] {
    ranked(shapes(of: group).map { records[$0].hosts })
  }

  /// Hashes of the correlation ids of the group's latest entries, at most four for each shape.
  package func contexts(of group: GroupID) -> [UInt64] {
    var seen: Set<UInt64> = []
    let records = records
    return shapes(of: group)
      .sorted {
        records[$0].lastSeen != records[$1].lastSeen
          ? records[$0].lastSeen > records[$1].lastSeen : $0 < $1
      }
      .flatMap { records[$0].latestContexts }
      .filter { seen.insert($0).inserted }
  }

  private func profile(
    _ id: GroupID, _ shapes: [Int], _ reference: (EntryPlace) -> String
  ) -> GroupProfile {
    let template = miner.group(of: id).map { miner.text(of: $0) } ?? TemplateMiner.overflowText
    var brief = GroupBrief()
    var kind = GroupKind.message
    var firstSeen = Timestamp.unknown
    let records = records.span
    for index in shapes {
      records[index].add(to: &brief)
      if index < earlier.count { brief.earlier += earlier[index] }
      if records[index].kind == .exception { kind = .exception }
      let first = records[index].firstSeen
      if first.isKnown, !firstSeen.isKnown || first < firstSeen { firstSeen = first }
    }
    var profile = GroupProfile(
      reference: GroupReference(id: id, template: template), kind: kind, count: brief.count,
      severity: brief.severity, category: brief.category,
      services: ranked(shapes.map { records[$0].services }), firstSeen: firstSeen,
      lastSeen: brief.lastSeen, exemplars: exemplars(of: shapes, reference))
    profile.earlier = brief.earlier
    return profile
  }

  /// The templates of the messages under an exception, most entries first: mined among themselves, so that
  /// they are the same whatever else was logged.
  private func messages(of shapes: [Int]) -> [GroupProfile.Message] {
    var mined = TemplateMiner()
    var counts: [(shape: ShapeNumber, count: Int)] = []
    for index in shapes {
      guard let text = miner.message(of: index) else { continue }
      let shape = text.isEmpty ? Array(Wildcard.any.bytes) : text
      counts.append((mined.insert(shape.span, kind: .message), records[index].count))
    }
    mined.settle(.reference)
    var sums: [String: Int] = [:]
    for (shape, count) in counts {
      sums[mined.text(of: mined.template(of: shape)), default: 0] += count
    }
    return sums.map { GroupProfile.Message(template: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.template < $1.template }
  }

  /// The first two and the last by time; stream order decides where times are equal.
  private func exemplars(of shapes: [Int], _ reference: (EntryPlace) -> String) -> [Exemplar] {
    let kept = shapes.flatMap { store.exemplars(from: records[$0].exemplars) }
    let order = kept.indices.sorted {
      kept[$0].at != kept[$1].at ? kept[$0].at < kept[$1].at : $0 < $1
    }
    let chosen = order.count <= 3 ? order : Array(order.prefix(2)) + [order[order.count - 1]]
    return chosen.map {
      Exemplar(
        at: kept[$0].at, message: String(decoding: kept[$0].message, as: UTF8.self),
        reference: reference(kept[$0].place))
    }
  }

  private func ranked<let limit: Int>(_ counts: [SymbolCounts<limit>]) -> [Symbol] {
    var sums: [Symbol: Int] = [:]
    for each in counts { each.forEach { sums[$0, default: 0] += $1 } }
    return sums.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      .map(\.key)
  }
}
