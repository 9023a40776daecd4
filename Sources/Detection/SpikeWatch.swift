package import Model

/// Watches the counts of all errors, each service's errors, each service and each group for spikes.
///
/// A series begins with its first entry and is zero-filled from the start of the run. A minute in
/// which nothing at all was read is a gap: it is neither a zero nor part of any history.
/// - Cost: what had entries in the minute and what is in a spike, about 0.2 µs each; a silent series
///   costs nothing until its next entry.
/// - Limits: `limit` series (60,000, some 40 MB if all were used), least recently non-zero out first.
package struct SpikeWatch: Sendable {
  var shelf: SeriesShelf
  var seasonal: SeasonalDesk
  var flood = StreamFlood()
  var active: [Int] = []
  /// Where the series of the minute at hand stand; -1 for those that are new.
  private var places: [Int32] = []
  /// Read of each series before it is judged, and told nobody.
  private var warmth = 0
  var complete = 0
  /// The last complete minutes, the latest at the end: what the baselines' places stand for.
  private var latest: [Minute] = []
  package private(set) var tally = DetectorTally()

  package init(limit: Int = 60_000, profiles: Int = 3000) {
    shelf = SeriesShelf(limit: limit)
    seasonal = SeasonalDesk(limit: profiles)
  }

  /// Complete minutes of the run so far.
  package var completeMinutes: Int { complete }
  package var isWarm: Bool { complete >= RollingZScore.warmUp }
  package var seriesCount: Int { shelf.count }
  /// Series that had to go for others.
  package var evicted: Int { shelf.evicted }
  /// Series that were turned away.
  package var refused: Int { shelf.refused }

  /// Series with a seasonal profile.
  package var profileCount: Int { seasonal.count }
  /// Chance findings that the seasonal profiles' decisions let expect a day; nil before any decided.
  package var expectedPerDay: Double? {
    seasonal.ripeCount > 0 ? seasonal.control.expectedPerDay : nil
  }

  /// −log10 of the tail probability that a seasonal finding needs now; nil before any profile decides.
  package var threshold: Double? {
    seasonal.ripeCount > 0 ? seasonal.control.threshold : nil
  }
  /// Scores of the last minute that stood out and opened nothing.
  package var candidates: [Double] { seasonal.candidates }

  /// Sets the threshold that a budget derived.
  package mutating func setThreshold(_ threshold: Double?) { seasonal.fixed = threshold }

  /// All series, the longest silent one first.
  package var seriesKeys: [SeriesKey] { shelf.places.map { shelf[$0].key } }

  /// Whether a series is above its usual now, so that it will be said when that ends.
  package func isActive(_ key: SeriesKey) -> Bool {
    guard let place = shelf.place(of: key) else { return false }
    let series = shelf[place]
    if series.isActive { return true }
    guard series.profile >= 0 else { return false }
    let profile = seasonal.profiles[Int(series.profile)]
    return profile.alarm.isActive || profile.drop.isActive
  }

  /// Judges a closed minute; minutes come in order. Findings are ordered by series.
  package mutating func close(_ facts: MinuteFacts) -> [Finding] {
    if facts.isGap { return [] }
    complete += 1
    if latest.count == CountWindow.capacity { latest.removeFirst() }
    latest.append(facts.minute)
    var findings: [Finding] = []
    lookUp(facts)
    seasonal.begin(facts.minute)
    flood.begin(facts.entries)
    judge(.allErrors, places[0], facts.errors, facts.minute, .complaint, &findings)
    var at = 1
    for service in facts.services {
      judge(
        .serviceErrors(service.service), places[at], service.errors, facts.minute,
        .complaint, &findings)
      judge(
        .service(service.service), places[at + 1], service.entries, facts.minute, .volume,
        &findings)
      at += 2
    }
    for group in facts.groups {
      judge(
        .group(group.group), places[at], group.entries, facts.minute,
        EffectFloor(of: group),
        &findings)
      at += 1
    }
    judgeSilent(facts.minute, &findings)
    seasonal.finish(facts.minute, &findings)
    tally.opened += seasonal.opened
    findings.sort { ($0.series, $0.kind.order) < ($1.series, $1.kind.order) }
    return findings
  }

  /// Counts an entry that came late for a complete minute, so many times: the rolling baselines of its series take it
  /// in, where they still hold the minute. Seasonal profiles have learned the minute as it was.
  package mutating func correct(_ entry: Entry, of group: GroupID, times: Int) {
    guard let place = latest.lastIndex(of: entry.time.minute) else { return }
    let minute = complete - (latest.count - 1 - place)
    correct(.service(entry.service), minute, times)
    correct(.group(group), minute, times)
    guard entry.severity.isError else { return }
    correct(.allErrors, minute, times)
    correct(.serviceErrors(entry.service), minute, times)
  }

  private mutating func correct(_ key: SeriesKey, _ minute: Int, _ times: Int) {
    guard let place = shelf.place(of: key) else { return }
    shelf[place].catchUp(to: complete)
    shelf[place].correct(minute, by: times)
  }

  /// A group's entries count for another from now on: its template was generalised.
  package mutating func moved(from: GroupID, to: GroupID) {
    guard from != to, let source = shelf.place(of: .group(from)) else { return }
    guard let target = shelf.place(of: .group(to)) else {
      shelf.rename(source, to: .group(to))
      let profile = shelf[source].profile
      if profile >= 0 { seasonal.rename(profile, to: .group(to), place: source) }
      return
    }
    let absorbed = shelf[source]
    shelf[source].profile = -1
    active.removeAll { $0 == source }
    shelf.remove(source)
    merge(absorbed, into: target)
  }

  /// Adds a series to the one whose entries its own are from now on.
  mutating func merge(_ source: SeriesWatch, into target: Int) {
    var absorbed = source
    absorbed.catchUp(to: complete)
    shelf[target].catchUp(to: complete)
    shelf[target].merge(absorbed)
    active.removeAll { $0 == target }
    let (moved, kept) = (absorbed.profile, shelf[target].profile)
    if moved >= 0, kept >= 0 {
      seasonal.merge(moved, into: kept)
    } else if moved >= 0 {
      seasonal.rename(moved, to: shelf[target].key, place: target)
      shelf[target].profile = moved
    }
    if shelf[target].isActive { active.append(target) }
  }

  /// Finds the places of the minute's series, all before the first is judged: what they hold has left the
  /// processor's caches since the minute before, and is fetched side by side so.
  private mutating func lookUp(_ facts: MinuteFacts) {
    places.removeAll(keepingCapacity: true)
    note(.allErrors, isWanted: facts.errors > 0)
    for service in facts.services {
      note(.serviceErrors(service.service), isWanted: service.errors > 0)
      note(.service(service.service), isWanted: service.entries > 0)
    }
    for group in facts.groups { note(.group(group.group), isWanted: group.entries > 0) }
    var sum = 0
    for place in places where place >= 0 { sum &+= shelf.touchMemory(of: Int(place)) }
    warmth = sum
  }

  private mutating func note(_ key: SeriesKey, isWanted: Bool) {
    places.append(isWanted ? Int32(shelf.place(of: key) ?? -1) : -1)
  }

  /// - Parameter known: where the series stood before the minute's first was judged; it may have had to
  ///   go since.
  private mutating func judge(
    _ key: SeriesKey, _ known: Int32, _ count: Int, _ minute: Minute, _ floor: EffectFloor,
    _ findings: inout [Finding]
  ) {
    guard count > 0 else { return }
    let place: Int
    if known >= 0, shelf[Int(known)].key == key {
      place = Int(known)
      shelf.touch(place)
    } else if let known = shelf.place(of: key) {
      place = known
      shelf.touch(place)
    } else {
      let series = SeriesWatch(key: key, ordinal: complete - 1, minute: minute)
      guard let made = shelf.insert(series) else { return }
      place = made
      release()
    }
    let wasActive = shelf[place].isActive
    shelf[place].catchUp(to: complete - 1)
    if shelf[place].asks(count) { admit(place, floor, minute) }
    let profile = shelf[place].profile
    if profile >= 0 { seasonal.judge(profile, count, minute, floor, &findings) }
    shelf[place].close(
      count, minute: minute, isVolume: floor != .complaint,
      mayOpen: mayOpen(profile, count, floor), tally: &tally, into: &findings)
    if !wasActive && shelf[place].isActive { active.append(place) }
  }

  /// Whether the rolling baseline decides on openings: where no profile does, and of a volume only a flood.
  private func mayOpen(_ profile: Int32, _ count: Int, _ floor: EffectFloor) -> Bool {
    if floor == .volume { return !seasonal.decides(profile) && flood.isFlood(count) }
    return !seasonal.isRipe(profile)
  }

  /// Gives a series a seasonal profile where there is room for it.
  private mutating func admit(_ place: Int, _ floor: EffectFloor, _ minute: Minute) {
    let series = (key: shelf[place].key, total: Int(shelf[place].total))
    guard
      let given = seasonal.admit(
        series.key, place: place, total: series.total, minutes: complete,
        hour: shelf[place].hour, floor: floor, at: minute)
    else { return }
    if let evicted = given.evicted { shelf[Int(evicted)].profile = -1 }
    shelf[place].profile = given.profile
  }

  /// Takes back the profiles of series that had to go.
  private mutating func release() {
    for profile in shelf.released { seasonal.release(profile) }
    shelf.forgetReleased()
  }

  /// Series in a spike that had no entry in the minute.
  private mutating func judgeSilent(_ minute: Minute, _ findings: inout [Finding]) {
    for place in active where shelf[place].ordinal < complete {
      shelf[place].close(
        0, minute: minute, isVolume: shelf[place].isVolume,
        mayOpen: !seasonal.isRipe(shelf[place].profile),
        tally: &tally, into: &findings)
    }
    active.removeAll { !shelf[$0].isActive }
  }

  /// The detectors' figures for `--metrics`.
  package var metrics: [MetricFamily] {
    [
      MetricFamily(
        name: "taffrail_detector_exceedances_total",
        help: "Minutes of a series at which a detector's rule held.", kind: .counter,
        points: [
          .init(labels: [("detector", RollingZScore.name)], value: Double(tally.rollingZScore)),
          .init(labels: [("detector", TwoSigma.name)], value: Double(tally.twoSigma)),
        ]),
      MetricFamily(
        name: "taffrail_detector_judged_total", help: "Minutes of series judged.", kind: .counter,
        points: [.init(value: Double(tally.judged))]),
      MetricFamily(
        name: "taffrail_spikes_opened_total", help: "Spikes with strong evidence.",
        kind: .counter, points: [.init(value: Double(tally.opened))]),
      MetricFamily(
        name: "taffrail_series", help: "Series under watch.", kind: .gauge,
        points: [.init(value: Double(shelf.count))]),
      MetricFamily(
        name: "taffrail_series_evicted_total",
        help: "Series dropped or turned away at the limit.", kind: .counter,
        points: [.init(value: Double(shelf.evicted + shelf.refused))]),
    ]
  }
}

extension Finding.Kind {
  fileprivate var order: Int {
    switch self {
    case .exceeds: 0
    case .opens: 1
    case .lasts: 2
    case .ends: 3
    case .newLevel: 4
    }
  }
}
