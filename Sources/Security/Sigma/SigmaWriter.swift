internal import Bytes
internal import Flow
internal import Model

/// Writes the insights of Sigma rules: the rule's own words, and the entry that decided.
struct SigmaWriter: Sendable {
  let inputName: String
  let source: String
  let user: String
  let service: String
  let host: String

  /// - Parameters:
  ///   - values: of the fields that a correlation groups by.
  ///   - count: entries, or steps, that came to it.
  func insight(
    _ heading: SigmaHeading, _ values: [(field: String, value: String)], _ count: Int,
    _ entry: Entry, _ batch: Batch, _ reference: (EntryPlace) -> String
  ) -> Insight {
    let subject = values.isEmpty ? [service, host] : values.map(\.value)
    var insight = Insight(
      id: Insight.id(
        .security, subject: (["sigma", heading.detector] + subject).joined(separator: "\u{1f}"),
        group: nil, entry.time),
      type: .security, category: .security, severity: heading.level, at: entry.time,
      decidedAt: entry.time, start: entry.time, title: heading.title,
      summary: summary(values, count, entry.time))
    insight.service = service.isEmpty ? nil : service
    insight.host = host.isEmpty ? nil : host
    insight.tags = heading.tags
    insight.detector = DetectorReading(
      name: heading.detector, actual: Double(count), typical: 0, count: count, unit: "entries")
    for value in values {
      insight.attribution.append(
        Attribution(field: value.field, value: value.value, count: count))
    }
    if !source.isEmpty, !values.contains(where: { $0.value == source }) {
      insight.attribution.append(Attribution(field: "source.ip", value: source, count: 1))
    }
    if !user.isEmpty, !values.contains(where: { $0.field == "user.name" }) {
      insight.attribution.append(Attribution(field: "user.name", value: user, count: 1))
    }
    insight.exemplars = [
      Exemplar(
        at: entry.time, message: WatchWriter.message(entry, batch),
        reference: reference(EntryPlace(of: entry, in: batch)))
    ]
    if entry.context != 0 { insight.contexts = [entry.context] }
    return insight
  }

  private func summary(
    _ values: [(field: String, value: String)], _ count: Int, _ time: Timestamp
  ) -> String {
    var stamp = ByteWriter(reserving: 24)
    stamp.write(time)
    let clock = String(decoding: stamp.bytes, as: UTF8.self).dropFirst(11).prefix(8)
    let whose = values.map { "\($0.field) \($0.value)" }.joined(separator: ", ")
    let what = count == 1 ? "the rule matched" : "the rule's condition was met, count \(count),"
    return "At \(clock) UTC \(what)\(whose.isEmpty ? "" : " for \(whose)")."
  }
}
