internal import Alerting
internal import Bytes
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Security
internal import Triage

/// What `analyze` does with the entries in the order of the stream: it takes them into the run's memory
/// and closes minutes, which is when detectors and rules speak.
///
/// Single-threaded by the feed's contract. All it says depends on the stream alone.
final class Analysis: MergeTarget {
  let casebook: RunCasebook
  private(set) var clock: EventClock
  var watch = SpikeWatch()
  var insights: InsightDesk
  private(set) var shifts: ShiftDesk
  private(set) var incidents = IncidentDesk()
  var security: SecurityDesk
  /// What security insights opened since the last minute was closed: incidents gather them then.
  var unfiled: [Insight] = []
  var alerts = AlertDesk()
  private(set) var minutesClosedByClock = 0
  /// Stamps that are far from all others.
  private(set) var strays = StrayStamps()
  /// The time that has been judged.
  private(set) var spans = TimeSpans()
  /// Counts what was found and told, where metrics are wanted.
  var eventTally: EventTally?
  /// Keeps what a shard hands on, where a partial is made.
  private var shard: ShardCondenser?
  /// Writes each closed minute's counts, where they are wanted.
  var minuteMetrics: MinuteMetrics?
  var errorShare = ErrorShare(share: ErrorShare.usualShare)
  /// So many insights a period, where that is asked for.
  var budget: AlertBudget?
  /// What is kept over restarts, where it is.
  var state: RunState?
  private var ignored: IgnoredGroups
  private var tail = LiveTail()
  /// Entries of the batch at hand whose stamps were set right, with what they state.
  private var stated: [(index: Int, time: Timestamp)] = []
  /// Entries of the batch at hand that came after their minute was closed and are added to it.
  var belated: [Int] = []
  /// How many of them there were.
  var corrected = 0
  /// Holds what a line tells to have come again while it is watched.
  let repeated = Batch(inputCapacity: 1 << 12, sideCapacity: 1 << 14)
  private let settings: AnalysisSettings
  private let order: InputOrder
  /// An entry came after its minute was closed, and the run can be done again.
  private(set) var needsArchiveOrder = false
  /// Minutes without any entry that are closed one by one; a longer gap is stepped over.
  private static let gapLimit: Int64 = 120
  /// Late by more than a day, in nanoseconds: a mistake of the stamp rather than of its way.
  private static let farBehind: Int64 = 86_400_000_000_000
  let output: EventWriter
  /// Nothing more comes: what lies apart then was never borne out, and is not learned for other runs.
  private var isEnding = false

  init(
    settings: AnalysisSettings, order: InputOrder, arrival: EventClock.Arrival = .merged,
    inputName: String, casebook: RunCasebook, fields: FieldNames, rules: SigmaRules,
    output: EventWriter
  ) throws(UsageError) {
    self.settings = settings
    self.casebook = casebook
    self.output = output
    self.order = order
    clock = EventClock(lateness: order == .any ? nil : settings.lateness, arrival: arrival)
    var desk = InsightSettings()
    desk.inputName = inputName
    insights = InsightDesk(settings: desk)
    shifts = ShiftDesk(settings: desk)
    security = SecurityDesk(names: fields, inputName: inputName, rules: rules)
    ignored = try IgnoredGroups(settings.ignored)
    budget = settings.budget
  }

  /// Hands what is taken to a condenser as well; to be called before the first entry.
  func keep(for condenser: ShardCondenser) {
    casebook.run.keepShapes()
    shard = condenser
  }

  var isDone: Bool { output.isClosed || needsArchiveOrder }

  func announce(_ batch: Batch) { casebook.run.announce(batch) }

  func release(_ batch: Batch) { casebook.run.release(batch) }

  func open(_ batch: Batch) { casebook.run.open(batch) }

  /// Takes entries in stream order; where a stamp closes minutes, what came before is judged first.
  func take(_ batch: Batch, _ run: Range<Int>) {
    casebook.run.resolveNames(batch, run)
    var clock = self.clock
    var start = run.lowerBound
    var next = run.lowerBound
    while next < run.upperBound {
      if let stretch = clock.stretch {
        next = passOver(batch, next..<run.upperBound, stretch, &clock)
        if next == run.upperBound { break }
      }
      let index = next
      next += 1
      if batch.entries[index].time.isKnown {
        let time = align(index, of: batch, &clock)
        var verdict = clock.see(time, of: batch.source)
        if case .contradicts = verdict {
          record(batch, start..<index)
          start = index
          disbelieve(&clock)
          verdict = clock.see(time, of: batch.source)
        }
        switch verdict {
        case .onTime, .contradicts: break
        case .leaps, .standsApart:
          clock.hold(
            EventClock.Stray(
              minute: time.minute, source: batch.source, host: batch.entries[index].host))
          if verdict == .standsApart { casebook.run.leaveOutOfMinute(index) }
        case .late where isCorrected(time.minute, clock):
          belated.append(index)
          casebook.run.leaveOutOfMinute(index)
        case .late:
          batch.entries[index].flags.insert(.late)
          if order == .expected, output.canBeTakenBack { needsArchiveOrder = true }
          if clock.watermark.nanoseconds &- time.nanoseconds > Self.farBehind {
            strays.noteBehind(source: batch.source, host: batch.entries[index].host)
          }
        case .closes(let upTo):
          record(batch, start..<index)
          start = index
          self.clock = clock
          close(upTo: upTo, byClock: false)
        }
      }
      if batch.entries[index].severity >= .critical, isGrave(batch.entries[index]) {
        record(batch, start..<(index + 1))
        start = index + 1
        self.clock = clock
        judge(batch.entries[index], in: batch)
      }
      let entry = batch.entries[index]
      if entry.signal != .none || entry.flags.contains(.ruleMatch)
        || batch.echoes > 0 && entry.isEcho
      {
        let opened = watch(index, of: batch)
        if opened.isEmpty { continue }
        record(batch, start..<(index + 1))
        start = index + 1
        self.clock = clock
        tell(security: opened)
      }
    }
    record(batch, start..<run.upperBound)
    self.clock = clock
    if order == .any { noteStamps(batch, run) }
    tail.noteEntries()
  }

  /// Passes over entries that are on time and of which nothing is to be told at once; gives the first of the
  /// others.
  private func passOver(
    _ batch: Batch, _ run: Range<Int>, _ stretch: Range<Int64>, _ clock: inout EventClock
  ) -> Int {
    let hasEchoes = batch.echoes > 0
    let held = batch.entries
    let entries = held.span
    var latest = Timestamp.unknown
    var end = run.lowerBound
    while end < run.upperBound {
      let time = entries[end].time
      if time.isKnown {
        guard stretch.contains(time.nanoseconds) else { break }
        if time > latest { latest = time }
      }
      if entries[end].severity >= .critical || entries[end].signal != .none
        || entries[end].flags.contains(.ruleMatch) || hasEchoes && entries[end].isEcho
      {
        break
      }
      end += 1
    }
    if latest.isKnown { clock.pass(to: latest) }
    return end
  }

  /// The edge's clock says that a source is quiet; minutes close by it only where the stream was live.
  func tick(_ batch: Batch) {
    guard tail.isLive(watermark: clock.watermark, now: batch.tick) else { return }
    if case .closes(let upTo) = clock.tick(batch.tick) { close(upTo: upTo, byClock: true) }
  }

  /// Closes what is open; nothing more will come.
  func finish() {
    isEnding = true
    while let minute = casebook.run.oldestOpen {
      close(upTo: Minute(number: minute.number + 1), byClock: false)
    }
    let archived = casebook.run.archivedMinutes
    for minute in archived { spans.add(minute, entries: casebook.run.archivedEntries(in: minute)) }
    strays.settle(spans)
    for minute in archived {
      guard spans.believes(minute) else {
        forget(minute)
        continue
      }
      if let last = casebook.recent.last, minute.number - last.number <= Self.gapLimit {
        for number in (last.number + 1)..<minute.number {
          close(Minute(number: number), byClock: false)
        }
      }
      close(minute, byClock: false)
    }
    settle(.reference)
  }

  /// Takes stamps that were contradicted out of their minutes; their entries stay in their groups.
  private func disbelieve(_ clock: inout EventClock) {
    let held = clock.disbelieve()
    for stray in held { forget(stray.minute) }
    strays.noteAhead(held)
  }

  /// Drops what was counted in a minute that is not believed.
  private func forget(_ minute: Minute) {
    casebook.run.forget(minute)
    shard?.forget(minute, casebook)
  }

  private func noteStamps(_ batch: Batch, _ run: Range<Int>) {
    for index in run where batch.entries[index].time.isKnown {
      let entry = batch.entries[index]
      strays.see(entry.time.minute, source: batch.source, host: entry.host)
    }
  }

  /// From the first to the last entry, those left out whose stamps are not believed.
  var window: (start: Timestamp, end: Timestamp) {
    let totals = casebook.run.totals
    var start = totals.first
    var end = totals.last
    if end > clock.latest, order != .any { end = clock.latest }
    guard start.isKnown, let (first, last) = spans.believed else { return (start, end) }
    if start < first.start { start = first.start }
    if end > last.end { end = clock.watermark.minute == last ? clock.watermark : last.start }
    return (start, end)
  }

  private func record(_ batch: Batch, _ run: Range<Int>) {
    if run.isEmpty { return }
    casebook.run.record(batch, run)
    if !belated.isEmpty { addBelated(batch) }
    shard?.take(batch, run, casebook)
    while let (index, time) = stated.first, index < run.upperBound {
      batch.entries[index].time = time
      stated.removeFirst()
    }
    output.entries(batch, run, casebook)
  }

  /// Sets an entry's stamp right where its source's clock is wrong, until it has been recorded.
  private func align(_ index: Int, of batch: Batch, _ clock: inout EventClock) -> Timestamp {
    let time = batch.entries[index].time
    let right = clock.aligned(time, of: batch.source)
    if right == time { return time }
    stated.append((index, time))
    batch.entries[index].time = right
    return right
  }

  /// Closes all open minutes before `upTo`. Where nothing at all came for more than two hours, the gap
  /// is stepped over: it is in nobody's history.
  private func close(upTo: Minute, byClock: Bool) {
    let oldest = casebook.run.oldestOpen
    guard var minute = casebook.recent.last.map({ Minute(number: $0.number + 1) }) ?? oldest else {
      return
    }
    while minute < upTo {
      let next = min(casebook.run.oldestOpen ?? upTo, upTo)
      if next.number - minute.number > Self.gapLimit { minute = next }
      if minute < upTo { close(minute, byClock: byClock) }
      minute = Minute(number: minute.number + 1)
    }
  }

  private func close(_ minute: Minute, byClock: Bool) {
    if state != nil { resume(at: minute) }
    let tally = casebook.run.close(minute)
    shard?.close(minute, tally, casebook)
    if order != .any { spans.add(minute, entries: tally.entries) }
    settle(effort(at: minute))
    let facts = tally.facts(groups: groups(of: tally), closedByClock: byClock)
    casebook.recent.add(facts)
    if byClock { minutesClosedByClock += 1 }
    minuteMetrics?.close(facts) { casebook.name(of: $0) }
    var findings = watch.close(facts)
    if let share = errorShare.close(facts) { findings.append(share) }
    var events = insights.close(facts, findings: findings, casebook: casebook)
    events = closeShifts(facts, tally, beside: events)
    if !facts.isGap { keep(budget: minute) }
    let watched = security.close(facts)
    let found = watched.filter { $0.status == .open }
    let quiet = watched.map { InsightEvent($0.status == .open ? .opened : .ended, $0) }
    let filed = unfiled.map { InsightEvent(.opened, $0) }
    unfiled.removeAll(keepingCapacity: true)
    let told = incidents.close(events + filed + quiet, facts, casebook: casebook)
    events += quiet
    let opened = events.filter { $0.change == .opened }.map(\.insight)
    let desk = incidents
    var fired = alerts.take(opened: found)
    fired += alerts.close(
      facts, findings: findings, opened: opened, ongoing: security.openInsightIDs,
      casebook: casebook,
      incident: { desk.incident(of: $0) })
    eventTally?.note(findings: findings, insights: events, incidents: told, alerts: fired)
    let shown = events.filter { $0.change != .grew || settings.showsUpdates }.map(\.insight)
    output.decided(
      at: clock.watermark, insights: shown, incidents: told, alerts: fired,
      incidentOf: { desk.incident(of: $0) })
    if !isEnding || spans.believes(minute) { state?.close(minute, tally, self) }
  }

  /// Books the minute's candidates, and hands what the budget derives of them to those who decide.
  private func keep(budget minute: Minute) {
    guard budget != nil else { return }
    for score in watch.candidates { budget?.note(score) }
    for score in insights.candidates { budget?.note(score) }
    budget?.noteWithheld(insights.withheld)
    budget?.close(minute)
    watch.setThreshold(budget?.threshold)
    insights.leastScore = budget?.threshold
  }

  /// The minute's counts by group; ignored groups are counted, and never judged.
  private func groups(of tally: MinuteTally) -> [MinuteFacts.GroupCounts] {
    let counts = casebook.run.groups(of: tally)
    if ignored.isEmpty { return counts }
    return counts.filter { !ignored.contains($0.group, miner: casebook.run.registry.miner) }
  }

  /// How far templates are brought up to date at a minute's end: the phases run where an error's shape is
  /// new, where a share of the shapes has waited, or every ten minutes.
  private func effort(at minute: Minute) -> TemplateMiner.Effort? {
    let waiting = casebook.run.waiting
    let isDue =
      casebook.run.hasNewErrorShapes || waiting.count > max(16, waiting.of / 16)
      || (waiting.count > 0 && minute.number % 10 == 0)
    if isDue { return .phases }
    return casebook.run.hasNewShapes ? .names : nil
  }

  /// Brings the templates up to date, and moves what is kept by group along.
  private func settle(_ effort: TemplateMiner.Effort?) {
    guard let effort else { return }
    casebook.run.settle(effort)
    follow()
  }

  /// Moves what is kept by group along with the templates.
  func follow() {
    for merge in casebook.run.registry.miner.merges {
      watch.moved(from: merge.from, to: merge.to)
      insights.moved(from: merge.from, to: merge.to)
      shifts.moved(from: merge.from, to: merge.to)
      alerts.moved(from: merge.from, to: merge.to)
      state?.moved(from: merge.from, to: merge.to)
    }
    casebook.run.shifts.moved(casebook.run.registry.miner.merges.map { ($0.from, $0.to) })
  }

  /// Makes insights of what shifted; ignored groups are never told.
  func tell(
    _ found: [ShiftFinding], _ facts: MinuteFacts, beside events: [InsightEvent]
  ) -> [InsightEvent] {
    let shifted = found.filter { finding in
      guard let group = finding.group, !ignored.isEmpty else { return true }
      return !ignored.contains(group, miner: casebook.run.registry.miner)
    }
    let told = shifts.close(
      facts, shifted, told: insights.openInsights, casebook: casebook)
    return shifts.withoutTold(events) + told
  }
}
