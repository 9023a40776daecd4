import Bytes
import Generation
import Model

/// What a plan holds, counted by template and minute.
struct Observation {
  let plan: MinutePlan
  /// By minute, then by template.
  private(set) var minutes: [[Int]] = []

  init(_ settings: StreamSettings) throws {
    var plan = try MinutePlan(settings)
    var entries: [PlannedEntry] = []
    let templates = plan.landscape.templates.count
    while plan.next(into: &entries) {
      var counts = Array(repeating: 0, count: templates)
      for entry in entries { counts[entry.template] += 1 }
      minutes.append(counts)
    }
    self.plan = plan
  }

  /// Entries of the templates that `isWanted` names, in each minute of `range`.
  func counts(
    _ range: Range<Int>, where isWanted: (Landscape.Template) -> Bool
  ) -> [Int] {
    let wanted = plan.landscape.templates.indices.filter { isWanted(plan.landscape.templates[$0]) }
    return minutes[range].map { minute in wanted.reduce(0) { $0 + minute[$1] } }
  }

  func sum(_ range: Range<Int>, where isWanted: (Landscape.Template) -> Bool) -> Int {
    counts(range, where: isWanted).reduce(0, +)
  }

  func service(_ name: String) -> Int { plan.landscape.service(named: name) ?? -1 }
}

/// The whole stream as bytes.
func generate(_ settings: StreamSettings) throws -> [UInt8] {
  var generator = try StreamGenerator(settings)
  var writer = ByteWriter(reserving: 1 << 20)
  while generator.next(atLeast: 1 << 16, into: &writer) {}
  return writer.bytes
}

/// The stream's lines, without their newlines.
func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
  bytes.split(separator: 0x0a, omittingEmptySubsequences: true)
}
