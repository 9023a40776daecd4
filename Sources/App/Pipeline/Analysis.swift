internal import Alerting
internal import Bytes
internal import Correlation
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Trading
internal import Triage

/// What `analyze` does with the entries in the order of the stream: books, remembers, groups and counts
/// each, and closes minutes, which is when detectors and rules speak.
///
/// Single-threaded by the feed's contract. Everything here depends on the stream alone.
struct Analysis {
  private let settings: AnalysisSettings
  private(set) var clock: EventClock
  private(set) var ledger = Ledger()
  private(set) var frames = FrameCounts()
  private(set) var totals = Totals()
  private(set) var names = NameDirectory()
  private var shapes = ShapeDirectory()
  private(set) var miner = TemplateMiner()
  private(set) var registry = GroupRegistry()
  private(set) var memory = ContextMemory()
  private(set) var changes = ChangeMarkers()
  private(set) var orders: OrderFlow
  private var counters = MinuteCounters()
  private(set) var watch = SpikeWatch()
  private var errorShare = ErrorShare()
  private(set) var insights: InsightDesk
  private(set) var incidents = IncidentDesk()
  private(set) var alerts = AlertDesk()
  private(set) var recent = RecentMinutes()
  private(set) var minutesClosedByClock = 0
  private var ignored: IgnoredGroups
  /// Shapes that came since templates were last brought up to date.
  private var hasNewShapes = false
  private let output: EventWriter

  init(
    settings: AnalysisSettings, inputName: String, fields: FieldNames, output: EventWriter
  ) throws(UsageError) {
    self.settings = settings
    self.output = output
    clock = EventClock(lateness: settings.lateness)
    orders = OrderFlow(names: fields)
    var desk = InsightSettings()
    desk.inputName = inputName
    insights = InsightDesk(settings: desk)
    ignored = try IgnoredGroups(settings.ignored)
  }

  /// Books a batch's frames and notes its worker's new names and masks.
  mutating func open(_ batch: Batch) {
    ledger.add(batch.frames)
    ledger.continuations += batch.frames.continuations
    frames.add(batch.frames)
    names.announce(batch)
    shapes.announce(batch)
  }

  /// Takes entries in stream order; where a stamp closes minutes, what came before is judged first.
  mutating func take(_ batch: Batch, _ run: Range<Int>) {
    var start = run.lowerBound
    for index in run {
      resolveNames(index, in: batch)
      ledger.entries += 1
      let entry = batch.entries[index]
      if entry.time.isKnown {
        switch clock.see(entry.time) {
        case .onTime: break
        case .late: batch.entries[index].flags.insert(.late)
        case .closes(let upTo):
          record(batch, start..<index)
          start = index
          close(upTo: upTo, byClock: false)
        }
      }
      if entry.severity >= .critical, isGrave(entry) {
        record(batch, start..<(index + 1))
        start = index + 1
        judge(entry, in: batch)
      }
    }
    record(batch, start..<run.upperBound)
  }

  /// The edge's clock says that a live source is quiet.
  mutating func tick(_ time: Timestamp) {
    if case .closes(let upTo) = clock.tick(time) { close(upTo: upTo, byClock: true) }
  }

  /// Closes what is open; nothing more will come.
  mutating func finish() {
    while let minute = counters.oldest { close(upTo: Minute(number: minute.number + 1), byClock: false) }
    settle(full: true)
  }

  private mutating func resolveNames(_ index: Int, in batch: Batch) {
    let worker = batch.worker
    let entry = batch.entries[index]
    batch.entries[index].service = names.resolve(entry.service, worker: worker)
    batch.entries[index].host = names.resolve(entry.host, worker: worker)
    batch.entries[index].program = names.resolve(entry.program, worker: worker)
  }

  /// Counts, groups and remembers a run of entries that belong to open minutes.
  private mutating func record(_ batch: Batch, _ run: Range<Int>) {
    for index in run {
      let entry = batch.entries[index]
      if !entry.flags.isDisjoint(with: [.own, .filtered, .late]) {
        book(entry.flags)
        continue
      }
      let (shape, isNew) = shapes.resolve(entry.mask, worker: batch.worker, &miner)
      if isNew { hasNewShapes = true }
      if entry.time.isKnown,
        !counters.add(
          service: entry.service, shape: shape, isError: entry.severity.isError,
          minute: entry.time.minute)
      {
        ledger.late += 1
        continue
      }
      ledger.analysed += 1
      totals.add(entry)
      registry.record(shape: shape, entry, in: batch)
      memory.record(entry, shape: shape)
      if entry.flags.contains(.change) || entry.boot != 0 { changes.take(entry, in: batch) }
      if entry.category == .trading { orders.take(entry, in: batch) }
    }
    if !run.isEmpty { output.entries(batch, run, names: names) }
  }

  private mutating func book(_ flags: EntryFlags) {
    if flags.contains(.own) {
      ledger.drop(.own)
    } else if flags.contains(.filtered) {
      ledger.filtered += 1
    } else {
      ledger.late += 1
    }
  }

  /// Closes all open minutes before `upTo`. A stretch of more than two hours with nothing in it is
  /// stepped over: gaps are in nobody's history.
  private mutating func close(upTo: Minute, byClock: Bool) {
    guard var minute = counters.oldest ?? recent.last.map({ Minute(number: $0.number + 1) }) else {
      return
    }
    if let last = recent.last { minute = max(Minute(number: last.number + 1), min(minute, upTo)) }
    while minute < upTo {
      if let next = counters.oldest, next.number - minute.number > 120 {
        minute = min(next, upTo)
        continue
      }
      if counters.oldest == nil, upTo.number - minute.number > 120 { return }
      close(minute, byClock: byClock)
      minute = Minute(number: minute.number + 1)
    }
  }

  private mutating func close(_ minute: Minute, byClock: Bool) {
    let tally = counters.close(minute)
    settle(full: false)
    let facts = tally.facts(groups: groups(of: tally), closedByClock: byClock)
    recent.add(facts)
    if byClock { minutesClosedByClock += 1 }
    var findings = watch.close(facts)
    if let share = errorShare.close(facts) { findings.append(share) }
    let casebook = RunCasebook(self)
    let events = insights.close(facts, findings: findings, casebook: casebook)
    let told = incidents.close(events, now: minute.end, casebook: casebook)
    let opened = events.filter { $0.change == .opened }.map(\.insight)
    let desk = incidents
    let fired = alerts.close(
      facts, findings: findings, opened: opened, casebook: casebook,
      incident: { desk.incident(of: $0) })
    let shown = events.filter { $0.change != .grew || settings.showsUpdates }.map(\.insight)
    output.decided(
      at: clock.watermark, insights: shown, incidents: told, alerts: fired, byClock: byClock)
  }

  /// The minute's counts by group; ignored groups are counted, and never judged.
  private mutating func groups(of tally: MinuteTally) -> [MinuteFacts.GroupCounts] {
    var counts: [GroupID: Int] = [:]
    for (shape, entries) in tally.shapes { counts[miner.group(of: shape), default: 0] += entries }
    return counts.keys.sorted { $0.number < $1.number }.compactMap { id in
      if ignored.contains(id, miner: miner) { return nil }
      let severity = registry.severity(of: id, miner)
      return MinuteFacts.GroupCounts(group: id, entries: counts[id] ?? 0, severity: severity)
    }
  }

  /// Brings the templates up to date, and moves what is kept by group along.
  private mutating func settle(full: Bool) {
    guard hasNewShapes || full else { return }
    hasNewShapes = false
    miner.settle(full: full)
    registry.settled(miner)
    for merge in miner.merges {
      watch.moved(from: merge.from, to: merge.to)
      insights.moved(from: merge.from, to: merge.to)
      alerts.moved(from: merge.from, to: merge.to)
    }
  }

  private mutating func isGrave(_ entry: Entry) -> Bool {
    entry.flags.isDisjoint(with: [.own, .filtered, .late])
      && alerts.concerns(severity: entry.severity, at: entry.time, service: entry.service)
  }

  private mutating func judge(_ entry: Entry, in batch: Batch) {
    let fired = alerts.take(
      severity: entry.severity, at: entry.time, service: entry.service,
      message: batch.arenas.text(entry.message), casebook: RunCasebook(self))
    output.decided(
      at: clock.watermark, insights: [], incidents: [], alerts: fired, byClock: false)
  }
}
