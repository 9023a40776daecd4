internal import Model
internal import Output
internal import Store

/// The state that a process works with: opened and read once, before any input, and written by each pass that stands.
final class StateSession {
  let folder: String
  /// As it was when the process began, until no pass will ask for it again.
  private(set) var kept: KeptState
  /// The minutes that had been learned then.
  let learned: ClosedRange<Int64>?
  private let store: StateStore
  /// What became of the last writing.
  private(set) var failure: StateError?

  init(folder: String) throws(StateError) {
    self.folder = folder
    store = try StateStore(folder: folder, .writes)
    kept = try store.read()
    learned = kept.learned
  }

  /// No pass will begin with it any more.
  func forget() { kept = KeptState() }

  /// Writes a state; a failure is told once, and remembered until a later writing goes well.
  func write(_ state: KeptState) {
    do throws(StateError) {
      try store.write(state)
      failure = nil
    } catch {
      if failure == nil { Diagnostics.error(error.description) }
      failure = error
    }
  }
}
