import Grouping
import Testing

/// Own templates, their holes filled with values of one kind for all: each must come out as one group,
/// whole and unmixed. It needs no labels, so it guards the rules against tuning to labelled sets.
@Suite struct SyntheticTests {
  private static let lines = [
    "worker @ took over the queue of @",
    "session of @ was closed by the gateway",
    "refused to relay mail for @ because the quota is used up",
    "replica @ lags behind and will be synced again",
    "order @ was matched against the book of @",
    "could not resolve address of peer @ within the time allowed",
    "backup to volume @ finished without complaint",
    "cache entry @ is stale and gets thrown away",
    "tenant @ moved to another shard named @ tonight",
    "probe on endpoint @ says it is healthy again",
  ]

  /// Masked texts of values, of a kind each.
  private static let kinds: [(name: String, values: [String])] = [
    ("numbers", ["<num>"]),
    ("addresses", ["<ip>", "<hex>", "<*>"]),
    ("lists of any length", ["<num>", "<num>, <num>", "<num>, <num>, <num>", "<*>"]),
    ("sizes of either spelling", ["<size>", "<num> KB", "<num> bytes (<num> KB)"]),
    ("dates", ["<time>", "Sat Jun <num> <time> <num>"]),
    ("interfaces", ["eth<num>", "eth<num>"]),
    ("host names", ["db.example.com", "web.example.org", "mail.prod.internal"]),
    ("classes", ["com.acme.Book", "com.acme.Order", "org.flux.Pipe", "org.flux.Line"]),
    ("words", ["granite", "basalt", "marble", "slate", "quartz", "flint", "chalk"]),
    ("quoted words", ["'granite'", "'basalt'", "'marble'", "'slate'", "'quartz'", "'flint'"]),
    ("keys and values", ["name=granite", "name=basalt", "name="]),
    ("words and numbers", ["granite", "<num>", "basalt"]),
  ]

  @Test(arguments: kinds.indices)
  func eachTemplateIsOneGroup(_ index: Int) {
    let kind = Self.kinds[index]
    var generator = SeededGenerator(seed: UInt64(index + 1))
    var shapes: [String] = []
    var truth: [Int] = []
    for (number, line) in Self.lines.enumerated() {
      for _ in 0..<60 {
        var text = ""
        for part in line {
          text += part == "@" ? kind.values.randomElement(using: &generator) ?? "" : String(part)
        }
        shapes.append(shape(text))
        truth.append(number)
      }
    }
    let found = templates(shapes)
    for number in Self.lines.indices {
      let own = Set(zip(found, truth).filter { $0.1 == number }.map(\.0))
      #expect(own.count == 1, "\(kind.name): \(own.sorted())")
      let others = Set(zip(found, truth).filter { $0.1 != number }.map(\.0))
      #expect(own.isDisjoint(with: others), "\(kind.name)")
    }
  }
}
