package import Model

/// Decides, a minute at a time, which entries there are: when, of which template, from which instance.
///
/// Its random numbers are its own, so that the same entries appear in every format.
package struct MinutePlan: Sendable {
  package let landscape: Landscape
  package let truth: [InjectedIncident]
  private let load: Load
  private let changes: ChangePlan
  private let incidents: IncidentPlan
  private let scripted: [ScriptedEntry]
  private let beats: [Beat]
  private let firstMinute: Minute
  private let length: Int
  private var nextScripted = 0
  private var nextSlot = 0
  private var random: RandomSource

  package init(_ settings: StreamSettings) throws(ConfigurationError) {
    try settings.check()
    landscape = Landscape(settings)
    load = Load(landscape, perMinute: settings.entriesPerMinute)
    random = RandomSource(seed: settings.seed, stream: 1)
    changes = ChangePlan(landscape, settings, &random)
    incidents = try IncidentPlan(landscape, settings, &random)
    var truth = incidents.truth
    for index in truth.indices {
      truth[index].raised = RaisedSeries.raised(
        by: truth[index], landscape, load, changes, incidents, settings.start)
    }
    self.truth = truth
    beats = landscape.beats(seed: settings.seed)
    scripted = (changes.scripted + incidents.scripted).enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    firstMinute = settings.start.minute
    length = settings.durationSeconds * 1_000_000
  }

  /// Puts the next minute's entries into `entries`, sorted by time; false at the stream's end.
  package mutating func next(into entries: inout [PlannedEntry]) -> Bool {
    entries.removeAll(keepingCapacity: true)
    let from = nextSlot * 60_000_000
    guard from < length else { return false }
    let to = min(from + 60_000_000, length)
    let minute = Minute(number: firstMinute.number + Int64(nextSlot))
    nextSlot += 1
    for service in landscape.services.indices {
      background(service, minute, from, to, &entries)
    }
    for surge in incidents.surges where surge.from < to && surge.to > from {
      excess(surge, minute, from, to, &entries)
    }
    for beat in beats {
      for at in beat.times(from: from, to: to) where !incidents.stops(beat, at: at) {
        entries.append(
          PlannedEntry(
            offset: at - from, template: beat.template, slot: beat.slot, subject: 255, flags: []))
      }
    }
    while nextScripted < scripted.count, scripted[nextScripted].at < to {
      let entry = scripted[nextScripted]
      nextScripted += 1
      guard entry.at >= from else { continue }
      entries.append(
        PlannedEntry(
          offset: entry.at - from, template: entry.template, slot: entry.slot,
          subject: entry.subject, flags: entry.flags))
    }
    entries.sort { $0.packed < $1.packed }
    return true
  }

  /// What an incident makes of the values that a service writes at a moment; nil where nothing.
  func alteration(of service: Int, at micros: Int) -> Alteration? {
    incidents.alterations.first {
      $0.service == service && $0.from <= micros && $0.to > micros
    }
  }

  private mutating func background(
    _ service: Int, _ minute: Minute, _ from: Int, _ to: Int, _ entries: inout [PlannedEntry]
  ) {
    let program = landscape.services[service].program
    let mix = load.mixes[service]
    let part = Double(to - from) / 60_000_000
    let usual = program.rhythm.factor(at: minute) * part
    let level = changes.level(of: service, at: from)
    let plain = mix.plainPerMinute * usual * level
    let trouble = mix.troublePerMinute * usual
    let nightly = load.nightlyMean(service, at: minute) * part
    let isLate = from >= changes.lateFrom[service]
    if !mix.plain.isEmpty {
      let count = random.negativeBinomial(mean: plain, size: program.size)
      let choice = isLate ? mix.plainLater : mix.plain
      draw(count, choice, service, from, to, [], &entries)
    }
    if !mix.trouble.isEmpty {
      let count = random.negativeBinomial(mean: trouble, size: Load.troubleSize)
      draw(count, mix.trouble, service, from, to, [], &entries)
    }
    if nightly > 0 {
      let count = random.negativeBinomial(mean: nightly, size: 5)
      draw(count, mix.nightly, service, from, to, [], &entries)
    }
  }

  private mutating func draw(
    _ count: Int, _ choice: WeightedChoice, _ service: Int, _ from: Int, _ to: Int,
    _ flags: EntryFlags, _ entries: inout [PlannedEntry]
  ) {
    let slots = landscape.services[service].instanceCount
    let isDamped = incidents.dampings.contains {
      $0.service == service && $0.from < to && $0.to > from
    }
    for _ in 0..<count {
      let offset = random.below(to - from)
      let template = choice.draw(&random)
      let slot = random.below(slots)
      if isDamped, isLost(service, at: from + offset) { continue }
      entries.append(
        PlannedEntry(offset: offset, template: template, slot: slot, subject: 255, flags: flags))
    }
  }

  /// Whether an incident keeps the service from writing an entry that it would usually write.
  private mutating func isLost(_ service: Int, at micros: Int) -> Bool {
    var kept = 1.0
    for damping in incidents.dampings
    where damping.service == service && damping.from <= micros && damping.to > micros {
      kept *= damping.factor
    }
    return kept < 1 && random.fraction() >= kept
  }

  /// An incident's additional entries: Poisson, so that the excess itself adds no unevenness.
  private mutating func excess(
    _ surge: IncidentPlan.Surge, _ minute: Minute, _ from: Int, _ to: Int,
    _ entries: inout [PlannedEntry]
  ) {
    let begin = max(surge.from, from)
    let end = min(surge.to, to)
    let rhythm = landscape.services[surge.service].program.rhythm
    let errors = load.errorMean(surge.service, at: minute, rhythm: rhythm)
    let usual: Double
    switch surge.basis {
    case .errors: usual = errors
    case .atLeastOne: usual = max(errors, 1)
    case .template:
      usual =
        surge.template.map {
          load.mean(of: $0, service: surge.service, at: minute, rhythm: rhythm)
        } ?? 0
    }
    let choice = load.mixes[surge.service].errors
    let slots = landscape.services[surge.service].instanceCount
    let mean = usual * surge.factor * Double(end - begin) / 60_000_000
    for _ in 0..<random.poisson(mean: mean) {
      let offset = begin - from + random.below(end - begin)
      guard let template = surge.template ?? (choice.isEmpty ? nil : choice.draw(&random)) else {
        return
      }
      entries.append(
        PlannedEntry(
          offset: offset, template: template, slot: random.below(slots), subject: 255,
          flags: [.incident]))
    }
  }
}

/// An entry in one word, which sorts by time: offset 26 bits, template 12, slot 6, subject 8, flags 4.
package struct PlannedEntry: Sendable {
  package var packed: UInt64

  /// - Parameter offset: microseconds within the minute.
  /// - Parameter subject: a service, or 255 for none.
  init(offset: Int, template: Int, slot: Int, subject: Int, flags: EntryFlags) {
    packed =
      UInt64(truncatingIfNeeded: offset) << 30 | UInt64(truncatingIfNeeded: template) << 18
      | UInt64(truncatingIfNeeded: slot) << 12 | UInt64(truncatingIfNeeded: subject & 255) << 4
      | UInt64(flags.rawValue & 15)
  }

  package var offset: Int { Int(packed >> 30) }
  package var template: Int { Int(packed >> 18 & 4095) }
  package var slot: Int { Int(packed >> 12 & 63) }
  /// A service, or 255 for none.
  package var subject: Int { Int(packed >> 4 & 255) }
  var flags: EntryFlags { EntryFlags(rawValue: UInt8(packed & 15)) }
}
