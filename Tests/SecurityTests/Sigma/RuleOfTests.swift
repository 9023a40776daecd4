import Bytes
import Flow
import Model

@testable import Security

/// Rules that a test writes, matched with entries that it makes.
struct RuleOfTests: ~Copyable {
  private var matcher: SigmaMatcher
  private var desk: SecurityDesk
  let loader: SigmaLoader

  init(_ documents: [String]) {
    loader = SigmaLoader(texts: documents.map { ("rule.yml", $0) })
    let rules = loader.matchable(names: FieldNames())
    matcher = SigmaMatcher(rules, names: FieldNames())
    desk = SecurityDesk(names: FieldNames(), inputName: "log", rules: rules)
  }

  /// One rule whose detection is given, on entries of any source.
  init(detection: String) {
    self.init(["title: t\nlogsource: { product: linux }\ndetection:\n\(detection)"])
  }

  /// The numbers of the rules that an entry matches.
  mutating func matches(
    _ fields: [String: String], message: String = "", format: SourceFormat = .json
  ) -> [Int] {
    let batch = Self.batch(fields, message, format, at: 0)
    matcher.process(batch)
    return batch.ruleMatches.filter { !$0.gaveUp }.map { Int($0.rule) }
  }

  /// What an entry at a second of event time opens.
  mutating func take(
    at second: Int, _ fields: [String: String], message: String = ""
  ) -> [Insight] {
    let batch = Self.batch(fields, message, .json, at: second)
    matcher.process(batch)
    guard batch.entries[0].flags.contains(.ruleMatch) else { return [] }
    return desk.take(0, of: batch, casebook: NoCasebook()) { "log:\($0.line)" }
  }

  mutating func close(minute: Int) -> [Insight] {
    desk.close(MinuteFacts(minute: Minute(number: Int64(minute))))
  }

  private static func batch(
    _ fields: [String: String], _ message: String, _ format: SourceFormat, at second: Int
  ) -> Batch {
    let batch = Batch(inputCapacity: 65_536, sideCapacity: 65_536)
    func keep(_ text: String) -> ByteRange {
      ByteRange(batch.arenas.input.append(text) ?? 0, count: text.utf8.count)
    }
    var entry = Entry()
    entry.time = Timestamp(seconds: Int64(second))
    entry.format = format
    entry.message = keep(message)
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      batch.fields.append(Field(spelled: keep(name), keep(value)))
    }
    entry.fieldCount = UInt16(fields.count)
    batch.entries = [entry]
    return batch
  }
}
