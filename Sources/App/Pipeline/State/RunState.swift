internal import Bytes
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Output
internal import Security
internal import Store
internal import Triage

/// What one pass takes from a state, and gives back: names of keys, and keys of names.
///
/// Minutes up to the last that was learned are judged without the state; with the first minute behind it, what was
/// loaded takes the place of what began anew. Whatever is damaged is counted and starts anew.
final class RunState {
  /// What goes on where earlier runs ended.
  struct Loaded {
    var watch = SpikeWatch()
    var errorShare = ErrorShare(share: ErrorShare.usualShare)
    var absences = AbsenceWatch()
    var gone = GoneWatch()
    var rare = RareWatch()
    var statuses = StatusWatch()
    var levels = LevelWatch()
    var loneGroups = LoneGroups()
    var budget: AlertBudget.Past?
  }

  /// Shapes that are kept, the latest of them.
  static let shapeLimit = 50_000
  /// Names that are kept, those of series first.
  static let nameLimit = 25_000

  let session: StateSession
  /// Writes what is known with the last minute of each hour.
  private let writesHourly: Bool
  /// Until a minute comes that was not learned.
  private(set) var loaded: Loaded?
  private var security: [UInt8]?
  /// Up to when what was remembered of security has seen.
  private var securityLatest = Timestamp.unknown
  private var hasRecalled = false
  private(set) var learned: ClosedRange<Int64>?
  /// What a budget rests on that this run may not have.
  var keptBudget: AlertBudget.Past?
  private(set) var line = RunSummary.StateLine()

  /// Gives the run the names and shapes of earlier ones, before its first entry.
  init(_ session: StateSession, _ casebook: RunCasebook, writesHourly: Bool) {
    self.session = session
    self.writesHourly = writesHourly
    learned = session.learned
    line.folder = session.folder
    casebook.run.keepShapes()
    guard let learned else { return }
    line.since = Minute(number: learned.lowerBound).start
    line.through = Minute(number: learned.upperBound).end
    take("security") { bytes in
      SecurityDesk.latest(in: bytes).map {
        security = bytes
        securityLatest = $0
      }
    }
    load(casebook)
  }

  /// Whether a minute has not been learned.
  func isNew(_ minute: Minute) -> Bool { learned.map { minute.number > $0.upperBound } ?? true }

  /// What was remembered of security, once, with the first entry behind what was seen.
  func takeSecurity(at time: Timestamp) -> [UInt8]? {
    guard let bytes = security, time > securityLatest else { return nil }
    security = nil
    hasRecalled = true
    return bytes
  }

  /// Whether an entry has been judged by an earlier run, whose memory has taken over.
  func isRemembered(_ time: Timestamp) -> Bool { hasRecalled && time <= securityLatest }

  /// Hands out what was loaded, for good.
  func takeLoaded() -> Loaded? {
    defer { loaded = nil }
    return loaded
  }

  /// A group's series go on under another id.
  func moved(from: GroupID, to: GroupID) { loaded?.watch.moved(from: from, to: to) }

  /// Books a minute that was judged.
  func close(_ minute: Minute, _ tally: MinuteTally, _ analysis: Analysis) {
    guard isNew(minute) else {
      line.repeated += tally.entries > 0 ? 1 : 0
      return
    }
    line.learned += tally.entries > 0 ? 1 : 0
    analysis.casebook.run.registry.learn(tally.shapes)
    learned = min(learned?.lowerBound ?? minute.number, minute.number)...minute.number
    if writesHourly, minute.number % 60 == 59 { write(analysis) }
  }

  /// Writes what is known now; where nothing was learned the state stays as it is.
  func write(_ analysis: Analysis) {
    guard learned != session.learned else { return }
    session.write(StateMaker.state(of: analysis, learned: learned))
  }

  // MARK: Loading

  private func load(_ casebook: RunCasebook) {
    let kept = session.kept
    let symbols = kept.names.map { casebook.run.symbol(of: $0) }
    var numbers: [Int?] = []
    // Place 0 is that of no name at all.
    let names = KeptNames(symbol: { place in
      place == 0 ? Symbol.none : place <= symbols.count ? symbols[place - 1] : nil
    })
    for shape in kept.shapes {
      let row = KeptShape(text: shape.text, kind: shape.kind, bytes: shape.bytes)
      let number = casebook.run.registry.resume(row, names)
      if number == nil { line.damaged += 1 }
      numbers.append(number?.index)
    }
    casebook.run.knowShapes()
    let groups = Heirs(kept.shapes, numbers, casebook)
    line.groups = groups.count
    var loaded = Loaded()
    loadCounts(&loaded, groups, casebook)
    let shapes = KeptNames(
      symbol: names.symbol, shape: { numbers.indices.contains($0) ? numbers[$0] : nil })
    take("error_share") {
      ErrorShare(sealed: $0, version: StateMaker.partVersion).map { loaded.errorShare = $0 }
    }
    take("gone") { GoneWatch(kept: $0, shapes).map { loaded.gone = $0 } }
    take("rare") { RareWatch(kept: $0, shapes).map { loaded.rare = $0 } }
    take("statuses") { StatusWatch(kept: $0, shapes).map { loaded.statuses = $0 } }
    take("absences") { AbsenceWatch(kept: $0, shapes).map { loaded.absences = $0 } }
    take("levels") { LevelWatch(kept: $0, shapes).map { loaded.levels = $0 } }
    take("lone_groups") { LoneGroups(kept: $0, shapes).map { loaded.loneGroups = $0 } }
    take("budget") {
      AlertBudget.Past(sealed: $0, version: StateMaker.partVersion).map { loaded.budget = $0 }
    }
    self.loaded = loaded
  }

  /// Reads a part that is there; nil says that it is damaged.
  private func take(_ name: String, _ read: ([UInt8]) -> Void?) {
    guard let bytes = session.kept.parts[name] else { return }
    if read(bytes) == nil { line.damaged += 1 }
  }

  private func loadCounts(_ loaded: inout Loaded, _ groups: Heirs, _ casebook: RunCasebook) {
    var series: [KeptSeries] = []
    for row in session.kept.baselines {
      if let key = key(of: row, groups, casebook) {
        series.append(KeptSeries(key: key, bytes: row.bytes))
      } else {
        line.damaged += 1
      }
    }
    let outcome = loaded.watch.resume(
      head: session.kept.parts["counts"] ?? [], series: series)
    line.series = outcome.series
    line.profiles = outcome.profiles
    line.damaged += outcome.damaged
  }

  private func key(
    of row: KeptState.Baseline, _ groups: Heirs, _ casebook: RunCasebook
  ) -> SeriesKey? {
    switch SeriesKind(rawValue: row.kind) {
    case .errors: .allErrors
    case .serviceErrors: .serviceErrors(casebook.run.symbol(of: row.name))
    case .service: .service(casebook.run.symbol(of: row.name))
    case .group: groups.heir(of: String(decoding: row.name, as: UTF8.self)).map { .group($0) }
    case nil: nil
    }
  }
}

/// How kinds of series are called in a state.
enum SeriesKind: String {
  case errors, service, group
  case serviceErrors = "service_errors"
}

/// Which group each group of an earlier run is now: the one that most of its shapes belong to.
struct Heirs {
  private var heirs: [String: GroupID] = [:]

  var count: Int { Set(heirs.values).count }

  init(_ shapes: [KeptState.Shape], _ numbers: [Int?], _ casebook: RunCasebook) {
    var counts: [String: [GroupID: Int]] = [:]
    for (shape, number) in zip(shapes, numbers) {
      guard let number else { continue }
      let group = casebook.run.group(of: ShapeNumber(index: number))
      counts[shape.group, default: [:]][group, default: 0] += 1
    }
    for (group, shares) in counts {
      heirs[group] =
        shares.max {
          $0.value != $1.value ? $0.value < $1.value : $0.key.number > $1.key.number
        }?.key
    }
  }

  func heir(of group: String) -> GroupID? { heirs[group] }
}
