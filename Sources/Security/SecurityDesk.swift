internal import Bytes
package import Flow
package import Model

/// Watches for attacks: counts security signals by address, user or place in sliding windows of event time,
/// and tells of a subject when a rule's threshold is reached, at that entry, and when it has been quiet.
///
/// Rules stand in `WatchRule`; matches of Sigma rules go to `SigmaDesk`. A subject has one open insight in each family of rules. Of what anyone on the
/// internet does (guessing, probing, scanning) the first five subjects of a rule in a day are warnings,
/// further ones information: where it is common, it is no news.
/// - Limits: those of `SecurityHistory`, and 4,096 addresses that connect (`evicted`); 1,000 open insights, those of Sigma rules included (`turnedAway`).
/// - Complexity: O(rules of the signal) an entry that has one; nothing for others.
package struct SecurityDesk: ~Copyable {
  /// Addresses whose connections are counted.
  private static let strideLimit = 4096
  /// Subjects of a common rule in a day that are warnings.
  private static let usual = 5
  private static let day: Int64 = 86_400_000_000_000
  /// History that a first sight needs: an hour.
  private static let warmUp: Int64 = 3_600_000_000_000
  /// Refused logins that make an accepted one suspicious.
  private static let guesses = 5

  private let roles: FieldRoles
  private let inputName: String
  /// Rules by signal.
  private let rules: [[WatchRule.Count]]
  /// Rules that count the refused logins of an address.
  private let guessRules: [UInt64]
  /// By signal, whether a rule of it counts for a place.
  private let asksForPlace: [Bool]
  private let takeover = WatchRule.Count(WatchRule.takeover, number: -1)
  private let journey = WatchRule.Count(WatchRule.journey, number: -1)
  private var history = SecurityHistory()
  /// Of rules that count every so many-th entry: whoever connects has one, and must not drive out the others.
  private var strides = TrackTable(limit: SecurityDesk.strideLimit)
  private var watches = OpenWatches()
  private var sigma: SigmaDesk

  package init(names: FieldNames, inputName: String, rules sigmaRules: SigmaRules) {
    sigma = SigmaDesk(sigmaRules, inputName: inputName, roles: FieldRoles(names))
    roles = FieldRoles(names)
    self.inputName = inputName
    rules = SecuritySignal.allCases.map { signal in
      WatchRule.builtIn.indices.filter { WatchRule.builtIn[$0].signals.contains(signal) }
        .map { WatchRule.Count(WatchRule.builtIn[$0], number: $0) }
    }
    asksForPlace = rules.map {
      $0.contains { $0.subject == .place || $0.family == .connections }
    }
    guessRules = WatchRule.builtIn.filter { rule in
      guard case .entries = rule.measure else { return false }
      return rule.signals == [.refusedLogin] && rule.subject == .source
    }.map(\.salt)
  }

  package var evicted: Int { history.evicted + strides.evicted + sigma.evicted }

  /// Insights that found no room.
  package var turnedAway: Int { watches.turnedAway }

  /// How often a Sigma rule's expression gave up.
  package var surrenders: Int { sigma.surrenders }

  /// Ids of the insights that have not ended.
  package var openInsightIDs: Set<String> { watches.ids }

  /// Takes an entry that has a signal or matches a Sigma rule; what opens with it, in the order of the
  /// rules.
  ///
  /// - Parameters:
  ///   - index: of the entry in the batch.
  ///   - reference: how a place is written for readers.
  package mutating func take(
    _ index: Int, of batch: Batch, casebook: some Casebook, reference: (EntryPlace) -> String
  ) -> [Insight] {
    let entry = batch.entries[index]
    guard entry.time.isKnown, entry.flags.isDisjoint(with: .notCounted) else { return [] }
    var told: [Insight] = []
    if entry.signal != .none { told = watch(entry, of: batch, casebook, reference) }
    if entry.flags.contains(.ruleMatch) {
      told += sigma.take(index, of: batch, &watches, casebook: casebook, reference: reference)
    }
    return told
  }

  private mutating func watch(
    _ entry: Entry, of batch: Batch, _ casebook: some Casebook,
    _ reference: (EntryPlace) -> String
  ) -> [Insight] {
    let sighting = Sighting(
      entry, of: batch, roles,
      place: asksForPlace[Int(entry.signal.rawValue)] ? Self.place(entry, casebook) : 0)
    history.see(sighting.time)
    let times = entry.flags.contains(.repeated) ? min(Int(entry.weight), Entry.weightLimit) : 1
    var due: [Due] = []
    if let guesses = refusals(before: sighting) {
      due.append(Due(WatchRule.takeover, takeover, guesses, sighting))
    }
    for rule in rules[Int(entry.signal.rawValue)] {
      let count = count(rule, sighting, times: times)
      if count >= rule.threshold {
        due.append(Due(WatchRule.builtIn[rule.number], rule, count * rule.stride, sighting))
      }
    }
    let others = origins(besides: sighting, in: batch)
    if !others.isEmpty {
      due.append(Due(WatchRule.journey, journey, others.count + 1, sighting))
    }
    var told: [Insight] = []
    for due in due where isNews(due) {
      guard watches.hasRoom() else { continue }
      let severity = severity(due, at: sighting.time)
      let writer = WatchWriter(
        inputName: inputName, source: sighting.source(in: batch), user: sighting.user(in: batch),
        others: due.salt == journey.salt ? others.map(\.text).sorted() : [],
        program: due.rule.subject == .place ? sighting.program(in: batch) : [])
      let insight = writer.insight(
        due.rule, due.count, severity, entry, batch, casebook, reference)
      watches.open(
        due.key, insight, window: due.rule.nanoseconds, at: sighting.time,
        entries: max(0, due.count - min(times, Track.capacity)))
      told.append(insight)
    }
    history.advance(by: times)
    goOn(sighting, times: times, in: batch)
    return told
  }

  /// What has been quiet for its window, or ten minutes, ends; correlations whose window is over may open.
  package mutating func close(_ facts: MinuteFacts) -> [Insight] {
    history.see(facts.minute.start.nanoseconds)
    return sigma.close(facts, &watches) + watches.close(facts)
  }
}

extension SecurityDesk {
  /// What is remembered, to be kept over restarts.
  package var kept: [UInt8] { history.kept }

  /// Goes on with what an earlier run remembered; false where the bytes are damaged, and nothing is taken of them.
  @discardableResult
  package mutating func resume(_ kept: [UInt8]) -> Bool {
    guard let earlier = SecurityHistory(kept: kept) else { return false }
    history = earlier
    return true
  }

  /// Up to when what was kept has seen; nil where the bytes are damaged.
  package static func latest(in kept: [UInt8]) -> Timestamp? {
    guard let history = SecurityHistory(kept: kept) else { return nil }
    return Timestamp(nanoseconds: history.latest)
  }

  private static func place(_ entry: borrowing Entry, _ casebook: some Casebook) -> UInt64 {
    let names = casebook.name(of: entry.service) + "\0" + casebook.name(of: entry.host)
    let bytes = Array(names.utf8)
    return StableHash(bytes.span).high | 1
  }

  /// A rule whose threshold a subject has reached.
  private struct Due {
    var rule: WatchRule
    var salt: UInt64
    var count: Int
    var subject: UInt64
    /// Of its open insight: one a family and subject.
    var key: UInt64

    init(_ rule: WatchRule, _ counted: WatchRule.Count, _ count: Int, _ sighting: Sighting) {
      self.rule = rule
      salt = counted.salt
      self.count = count
      subject = sighting.subject(of: counted)
      key = SecurityDesk.key(rule.family.rawValue, subject)
    }
  }

  private static func key(_ salt: UInt64, _ subject: UInt64) -> UInt64 {
    (subject ^ salt &* 0x9e37_79b9_7f4a_7c15) &* 0xd6e8_feb8_6659_fd93
  }

  /// Counts a sighting under a rule, so many times as it was told of; what its window holds then, 0 where the rule is not about it.
  private mutating func count(
    _ rule: WatchRule.Count, _ sighting: Sighting, times: Int
  ) -> Int {
    let subject = sighting.subject(of: rule)
    let thing = sighting.thing(of: rule, serial: history.serial(1))
    guard subject != 0, thing != 0 else { return 0 }
    if rule.stride > 1 {
      let serial = history.serial(1)
      let slot = strides.slot(of: Self.key(rule.salt, subject))
      var count = 0
      for step in 0..<min(strides[slot].step(times, stride: rule.stride), Track.capacity) {
        count = strides[slot].note(
          serial &+ UInt64(step), at: sighting.time, window: rule.window)
      }
      return count
    }
    let slot = history.tracks.slot(of: Self.key(rule.salt, subject))
    var count = history.tracks[slot].note(thing, at: sighting.time, window: rule.window)
    for step in 1..<max(1, min(times, Track.capacity)) {
      let next = sighting.thing(of: rule, serial: history.serial(step + 1))
      if next == thing { break }
      count = history.tracks[slot].note(next, at: sighting.time, window: rule.window)
    }
    if rule.leastReach > 0, count >= rule.threshold,
      history.tracks[slot].reach(at: sighting.time, window: rule.window) < rule.leastReach
    {
      return 0
    }
    return count
  }

  /// Notes where a user's login came from; the addresses of other networks from which the same user came in
  /// the rule's window, where there are any.
  private mutating func origins(besides sighting: Sighting, in batch: Batch) -> [PublicAddress] {
    guard sighting.signal == .acceptedLogin, sighting.user != 0,
      let origin = sighting.origin(in: batch)
    else { return [] }
    let slot = history.tracks.slot(of: Self.key(journey.salt, sighting.user))
    let window = journey.window
    let count = history.tracks[slot].note(
      UInt64(origin.bits) + 1, at: sighting.time, window: window)
    if count < WatchRule.journey.threshold { return [] }
    var others: [PublicAddress] = []
    history.tracks[slot].forEach(at: sighting.time, window: window) {
      let other = PublicAddress(bits: UInt32(truncatingIfNeeded: $0 - 1))
      if other.isFar(from: origin) { others.append(other) }
    }
    return others
  }

  /// The refused logins of the address from which one was accepted now; nil where they are few.
  private func refusals(before sighting: Sighting) -> Int? {
    guard sighting.signal == .acceptedLogin, sighting.source != 0 else { return nil }
    for salt in guessRules {
      guard let slot = history.tracks.find(Self.key(salt, sighting.source)) else { continue }
      let count = history.tracks[slot].count(at: sighting.time, window: takeover.window)
      if count >= Self.guesses { return count }
    }
    return nil
  }

  /// Whether nothing of the rule's family is open for the subject, and it is new where it has to be.
  private mutating func isNews(_ due: Due) -> Bool {
    if watches.isOpen(due.key) { return false }
    if let other = due.rule.yields, watches.isOpen(Self.key(other.rawValue, due.subject)) {
      return false
    }
    if due.rule.isOnce {
      return history.isFirst(Self.key(due.salt, due.subject))
    }
    guard due.rule.needsNovelty else { return true }
    let isNew = history.isFirst(Self.key(due.salt, due.subject))
    return isNew && due.subject != 0 && history.latest &- history.first >= Self.warmUp
  }

  private mutating func severity(_ due: Due, at time: Int64) -> FindingSeverity {
    guard due.rule.isCommon else { return due.rule.severity }
    let others = history.noteOpening(
      of: due.salt, for: due.subject, at: time, window: Self.day)
    return others > Self.usual ? .info : due.rule.severity
  }

  /// Books a sighting for the insights that are open for its subjects.
  private mutating func goOn(_ sighting: Sighting, times: Int, in batch: Batch) {
    if watches.isEmpty { return }
    var booked: UInt64 = 0
    for rule in rules[Int(sighting.signal.rawValue)] {
      let bit = UInt64(1) << rule.family.rawValue
      if booked & bit != 0 { continue }
      booked |= bit
      let key = Self.key(rule.family.rawValue, sighting.subject(of: rule))
      guard watches.isOpen(key) else { continue }
      watches.note(key, user: sighting.user(in: batch), at: sighting.time, times: times)
    }
  }
}
