internal import Model
internal import Output
internal import Store

/// The state that a process works with: opened and read once, before any input, and written by each pass that stands.
final class StateSession {
  let folder: String
  /// As it was when the process began.
  let kept: KeptState
  private let store: StateStore
  /// What became of the last writing.
  private(set) var failure: StateError?

  init(folder: String) throws(StateError) {
    self.folder = folder
    store = try StateStore(folder: folder, .writes)
    kept = try store.read()
  }

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
