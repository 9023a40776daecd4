internal import Detection
internal import Flow
internal import Model

/// What comes for a minute that is closed.
extension Analysis {
  /// Whether what comes for a closed minute is added to it: one source is late because of the others.
  func isCorrected(_ minute: Minute, _ clock: EventClock) -> Bool {
    clock.sources?.areSeveral == true && casebook.recent.holds(minute)
  }

  /// Adds entries to their closed minutes, which detectors have judged without them, and to the baselines that
  /// hold these minutes.
  func addBelated(_ batch: Batch) {
    let isCounted: (Int) -> Bool = { batch.entries[$0].flags.isDisjoint(with: .notCounted) }
    let indices = belated.filter(isCounted)
    belated.removeAll(keepingCapacity: true)
    if indices.isEmpty { return }
    if casebook.run.nameShapes() { follow() }
    for index in indices {
      let entry = batch.entries[index]
      let group = casebook.run.group(of: ShapeNumber(index: Int(entry.mask)))
      let times =
        entry.flags.contains(.repeated) ? min(Int(entry.weight), Entry.weightLimit) : 1
      casebook.recent.add(entry, of: group, times: times)
      watch.correct(entry, of: group, times: times)
      corrected += times
    }
  }
}
