internal import Bytes
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Security
internal import Triage

/// What an analysis does where a state is kept.
extension Analysis {
  /// Begins with what earlier runs learned, and keeps what this one does; to be called before the first entry.
  ///
  /// - Parameter writesHourly: whether what is known is written while the run lasts.
  func keep(in session: StateSession, writesHourly: Bool) {
    state = RunState(session, casebook, writesHourly: writesHourly)
  }

  /// With the first minute that no run has learned, what was loaded takes over.
  func resume(at minute: Minute) {
    guard let state, state.isNew(minute), let loaded = state.takeLoaded() else { return }
    watch = loaded.watch
    errorShare = loaded.errorShare
    casebook.run.shifts.resume(
      absences: loaded.absences, gone: loaded.gone, rare: loaded.rare, statuses: loaded.statuses,
      levels: loaded.levels)
    if let past = loaded.budget { budget?.resume(past) }
    state.keptBudget = loaded.budget
    watch.setThreshold(budget?.threshold)
    insights.leastScore = budget?.threshold
    let run = casebook
    let known = run.run.registry.knownErrors.map { group in
      (
        template: run.template(of: group),
        service: run.run.services(of: group).first ?? .none
      )
    }
    insights.resume(
      after: watch.completeMinutes, errors: known, loneGroups: loaded.loneGroups,
      lasts: { watch.isActive($0) },
      shareLasts: errorShare.isOpen)
  }

  /// With the first entry behind what earlier runs saw, rules of security remember it; false for an entry that belongs to what they
  /// remember.
  func recallSecurity(at time: Timestamp) -> Bool {
    guard let state else { return true }
    if let kept = state.takeSecurity(at: time) { security.resume(kept) }
    return !state.isRemembered(time)
  }

  /// What a budget rests on: this run's, or, where it has none, what was kept before.
  var budgetToKeep: AlertBudget.Past? { budget?.past ?? state?.keptBudget }
}
