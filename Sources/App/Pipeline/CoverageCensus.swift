internal import Bytes
internal import Flow
internal import Grouping
internal import Model

/// What `patterns coverage` and `suggest` do with the entries: they count them by pattern and by program, and
/// those that no pattern matched by shape, with some of their messages.
///
/// - Limits: 10,000 programs, 50,000 shapes without a pattern, 8 messages of 2 KiB for each; what is over
///   is counted under no name (`uncounted`).
final class CoverageCensus: EntryCensus {
  struct Program {
    var entries = 0
    var matched = 0
  }

  struct Unknown {
    var count = 0
    var program: Symbol
    var messages: [[UInt8]] = []
  }

  let casebook: RunCasebook
  /// By the patterns' numbers; 0 is no pattern.
  private(set) var matched: [Int]
  private(set) var programs: [Symbol: Program] = [:]
  private(set) var unknown: [Int: Unknown] = [:]
  private(set) var uncounted = 0

  private static let programLimit = 10_000
  private static let shapeLimit = 50_000
  private static let messageLimit = 8
  private static let messageSize = 2 << 10

  init(casebook: RunCasebook, patterns: Int) {
    self.casebook = casebook
    matched = Array(repeating: 0, count: patterns + 1)
  }

  var isDone: Bool { false }

  func note(_ entry: Entry, _ batch: Batch) {
    let weight = min(max(1, Int(entry.weight)), Entry.weightLimit)
    matched[Int(entry.pattern)] += weight
    let program = entry.program.isNone ? entry.service : entry.program
    if programs.count < Self.programLimit || programs[program] != nil {
      programs[program, default: Program()].entries += weight
      if entry.pattern > 0 { programs[program, default: Program()].matched += weight }
    }
    guard entry.pattern == 0 else { return }
    let shape = Int(entry.mask)
    guard unknown.count < Self.shapeLimit || unknown[shape] != nil else {
      uncounted += weight
      return
    }
    unknown[shape, default: Unknown(program: program)].count += weight
    guard let known = unknown[shape], known.messages.count < Self.messageLimit,
      entry.message.count <= Self.messageSize
    else { return }
    let arenas = batch.arenas
    var message = ByteWriter()
    message.write(arenas.bytes(entry.message))
    if !known.messages.contains(message.bytes) { unknown[shape]?.messages.append(message.bytes) }
  }

  /// A template that no pattern matches: how often, whose, and some of its messages.
  struct Gap {
    var template: String
    var count: Int
    var programs: Set<String>
    var messages: [String]
  }

  /// The most frequent ones first; to be asked for at the end.
  func gaps(limit: Int) -> [Gap] {
    casebook.run.settle(.reference)
    var byGroup: [GroupID: Gap] = [:]
    for (index, item) in unknown.sorted(by: { $0.key < $1.key }) {
      let shape = ShapeNumber(index: index)
      let id = casebook.run.registry.group(of: shape)
      if byGroup[id] == nil {
        byGroup[id] = Gap(
          template: casebook.run.registry.template(of: shape), count: 0, programs: [],
          messages: [])
      }
      byGroup[id]?.count += item.count
      let name = casebook.name(of: item.program)
      if !name.isEmpty { byGroup[id]?.programs.insert(name) }
      for message in item.messages where byGroup[id]?.messages.count ?? 0 < Self.messageLimit {
        byGroup[id]?.messages.append(String(decoding: message, as: UTF8.self))
      }
    }
    let sorted = byGroup.sorted {
      $0.value.count != $1.value.count
        ? $0.value.count > $1.value.count : $0.key.number < $1.key.number
    }
    return sorted.prefix(limit).map(\.value)
  }
}
