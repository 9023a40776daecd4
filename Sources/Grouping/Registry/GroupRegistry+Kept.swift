package import Model
internal import Bytes

/// What a registry keeps of a shape over restarts: that it has been seen, when, how often and by whom.
///
/// A shape keeps its text, not its group: groups are a function of the set of shapes, and a run that knows all shapes of an earlier one
/// has its groups, whichever of them come again.
package struct KeptShape: Sendable {
  package var text: [UInt8]
  package var kind: GroupKind
  package var bytes: [UInt8]

  package init(text: [UInt8], kind: GroupKind, bytes: [UInt8]) {
    self.text = text
    self.kind = kind
    self.bytes = bytes
  }
}

extension KeptShape {
  package struct Figures: Sendable {
    package var count: Int
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    package var severity: Severity
  }

  /// What its bytes say without names; nil where they are damaged.
  package var figures: Figures? {
    var past = ShapePast(count: 0, record: ShapeRecord())
    guard
      Sealed.read(bytes, version: GroupRegistry.keptVersion, { past.carry(&$0, KeptNames()) })
    else { return nil }
    return Figures(
      count: past.count, firstSeen: past.record.firstSeen, lastSeen: past.record.lastSeen,
      severity: past.record.severity)
  }
}

extension GroupRegistry {
  package static let keptVersion: UInt8 = 1

  /// Adds a closed minute's entries to what is remembered of their shapes.
  package mutating func learn(_ shapes: [(shape: ShapeNumber, entries: Int)]) {
    while learned.count < shapeCount { learned.append(0) }
    for (shape, entries) in shapes where shape.index < learned.count {
      learned[shape.index] += entries
    }
  }

  /// Numbers of the shapes that are worth keeping, in order: at most `limit`, those that came last.
  package func keptShapes(limit: Int) -> [Int] {
    let known = (1..<max(1, shapeCount)).filter {
      records[$0].lastSeen.isKnown && ($0 < learned.count && learned[$0] > 0 || isEarlier($0))
    }
    guard known.count > limit else { return known }
    let latest = known.sorted {
      records[$0].lastSeen != records[$1].lastSeen
        ? records[$0].lastSeen > records[$1].lastSeen : $0 < $1
    }
    return latest.prefix(limit).sorted()
  }

  private func isEarlier(_ shape: Int) -> Bool { shape < earlier.count && earlier[shape] > 0 }

  /// Names of the services and hosts of a shape.
  package func names(of shape: Int) -> [Symbol] {
    var names: [Symbol] = []
    records[shape].services.forEach { symbol, _ in names.append(symbol) }
    records[shape].hosts.forEach { symbol, _ in names.append(symbol) }
    return names
  }

  /// Groups of errors, in the order of their first shapes.
  package var knownErrors: [GroupID] {
    var seen: Set<GroupID> = []
    return (1..<max(1, shapeCount)).filter { records[$0].severity.isError }
      .map { group(of: ShapeNumber(index: $0)) }.filter { seen.insert($0).inserted }
  }

  /// What is known of a shape; texts have to be kept.
  package func keep(_ number: Int, _ names: KeptNames) -> KeptShape {
    let (text, kind) = shape(number)
    var past = ShapePast(
      count: (number < earlier.count ? earlier[number] : 0)
        + (number < learned.count ? learned[number] : 0), record: records[number])
    let bytes = Sealed.write(version: Self.keptVersion) { past.carry(&$0, names) }
    return KeptShape(text: text, kind: kind, bytes: bytes)
  }

  /// Notes a shape of an earlier run, before the first entry; nil where its bytes are damaged: it is known then, and nothing of it
  /// is.
  package mutating func resume(_ kept: KeptShape, _ names: KeptNames) -> ShapeNumber? {
    var past = ShapePast(count: 0, record: ShapeRecord())
    let isWell = Sealed.read(kept.bytes, version: Self.keptVersion) { past.carry(&$0, names) }
    guard isWell, kept.text.count <= Self.textLimit else { return nil }
    let number = insert(kept.text.span, kind: kept.kind)
    let index = number.index
    guard index != TemplateMiner.overflow.index, index < records.count else { return nil }
    past.record.kind = kept.kind
    past.record.exemplars = records[index].exemplars
    records[index] = past.record
    while earlier.count <= index { earlier.append(0) }
    earlier[index] = past.count
    return number
  }

  /// Longer than any shape.
  private static let textLimit = 1 << 16
}

/// A shape's record on paper; its count is that of all runs, while the record's is this run's.
private struct ShapePast {
  var count: Int
  var record: ShapeRecord

  mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    bytes.carry(&count, in: 0...Int(1) << 50)
    bytes.carry(&record.firstSeen.nanoseconds, in: Int64.min...Int64.max)
    bytes.carry(&record.lastSeen.nanoseconds, in: Int64.min...Int64.max)
    var severity = record.severity.rawValue
    var category = record.category.rawValue
    bytes.carry(&severity, in: 0...UInt8.max)
    bytes.carry(&category, in: 0...UInt8.max)
    guard let known = Severity(rawValue: severity), let kind = Category(rawValue: category) else {
      return bytes.refuse()
    }
    record.severity = known
    record.category = kind
    record.services.carry(&bytes, names)
    record.hosts.carry(&bytes, names)
  }
}
