internal import Model
internal import PatternMatching

/// A selection with its times fixed and its pattern compiled.
struct ResolvedSelection: Sendable {
  var since: Timestamp?
  var until: Timestamp?
  var units: [String] = []
  var severity = Severity.unknown
  var pattern: Pattern?
  var fields: [(name: String, value: String)] = []
  var passesAll = true

  init() {}

  /// - Parameters:
  ///   - now: the start of the run.
  ///   - end: the time of the input's last entry, where it is known.
  init(_ selection: Selection, now: Timestamp, end: Timestamp?) throws(UsageError) {
    units = selection.units
    severity = selection.severity
    fields = selection.fields
    passesAll = selection.isEverything
    since = try Self.moment(selection.since, now, end, flag: "since")
    until = try Self.moment(selection.until, now, end, flag: "until")
    guard let source = selection.grep else { return }
    do {
      pattern = try Pattern(source)
    } catch {
      throw UsageError(
        "--grep: \(source.quotedForMessage) is not a PCRE2 pattern",
        hint: "\(error.message), at \(error.offset)")
    }
  }

  private static func moment(
    _ bound: TimeBound?, _ now: Timestamp, _ end: Timestamp?, flag: String
  ) throws(UsageError) -> Timestamp? {
    guard let bound else { return nil }
    guard let time = bound.timestamp(now: now, end: end) else {
      throw UsageError(
        "--\(flag): end is known only for files", hint: "write the input to a file, or give a time")
    }
    return time
  }
}
