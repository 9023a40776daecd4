import Bytes
import Detection
import Generation
import Glibc
import Model
import Output
import Triage

/// `taffrail-bench insights [--seed N] [--start EPOCH] [--days N] [--rate N] [--services N] [--incident TEXT]…`:
/// the insights on a generated stream's counts, without its text.
///
/// The plan's entries go minute by minute into the detectors and the insight desk, one group a template, as if
/// grouping were perfect: days in a second. It prints the truth file's lines, then the insights as `analyze` writes them.
/// `scripts/evaluate` runs it and keeps the score.
struct CountRun {
  private var settings = StreamSettings()
  private var watch = SpikeWatch()
  private var share = ErrorShare()
  private var desk = InsightDesk()
  private var levels = LevelWatch()
  private var shifts = ShiftDesk()

  static func main(_ words: [String]) {
    do {
      var run = try CountRun(words)
      try run.go()
    } catch {
      print("insights: \(error)")
      exit(2)
    }
  }

  private init(_ words: [String]) throws {
    var at = 0
    while at + 1 < words.count {
      let value = words[at + 1]
      switch words[at] {
      case "--seed": settings.seed = UInt64(value) ?? 1
      case "--start": settings.start = Timestamp(seconds: Int64(value) ?? 0)
      case "--days": settings.durationSeconds = (Int(value) ?? 1) * 86_400
      case "--rate": settings.entriesPerMinute = Double(value) ?? 600
      case "--services": settings.serviceCount = Int(value) ?? settings.serviceCount
      case "--incident": settings.incidents.append(try IncidentRequest(parsing: value))
      default:
        throw ConfigurationError(file: "", problem: "unknown flag", found: words[at])
      }
      at += 2
    }
  }

  private mutating func go() throws {
    var plan = try MinutePlan(settings)
    var truth = ByteWriter()
    for incident in plan.truth { incident.write(into: &truth) }
    let sink = DescriptorSink.standardOutput(flushing: .whenFull)
    _ = sink.write(truth.bytes.span)
    var book = TemplateCasebook(plan.landscape)
    var entries: [PlannedEntry] = []
    var minute = settings.start.minute
    var out = ByteBuffer()
    while plan.next(into: &entries) {
      let facts = book.take(entries, minute)
      var findings = watch.close(facts)
      if let finding = share.close(facts) { findings.append(finding) }
      var events = desk.close(facts, findings: findings, casebook: book)
      events += shifts.close(
        facts, levels.close(facts), told: desk.openInsights, casebook: book)
      for event in events where event.change != .grew {
        InsightJSON.write(event.insight, to: &out)
      }
      _ = sink.write(out.span)
      out.removeAll()
      minute = Minute(number: minute.number + 1)
    }
    _ = sink.flush()
  }
}
