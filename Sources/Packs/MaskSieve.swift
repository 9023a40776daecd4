internal import Bytes
internal import Synchronization

/// Which patterns could match a masked text at all, told by everything that stands in it.
///
/// Sharper and dearer than the words of `CandidateIndex`: 0.1 to some µs for a pattern and a text, so it is
/// asked once for each masked text and kept. A function of the two alone. Patterns that can't be read pass.
/// One for all workers; a pattern's automata, some 10 KiB, are made when it is first asked for.
final class MaskSieve: Sendable {
  private enum Known: Sendable { case unknown, passing, made([MaskAutomaton]) }

  private let store: PatternStore
  private let known: Mutex<[Known]>

  init(_ store: PatternStore) {
    self.store = store
    known = Mutex(Array(repeating: .unknown, count: store.ends.count))
  }

  /// False only where the pattern matches no message that the masked text stands for.
  func passes(_ pattern: Int, _ mask: Span<UInt8>) -> Bool {
    let automata = known.withLock { known in
      if case .unknown = known[pattern] { known[pattern] = Self.make(store.source(pattern)) }
      if case .made(let automata) = known[pattern] { return automata }
      return []
    }
    for automaton in automata where !automaton.mayMatch(mask) { return false }
    return true
  }

  private static func make(_ source: String) -> Known {
    guard let node = ByteNodeReader.read(source) else { return .passing }
    let automata = ([node] + AutomatonBuilder.conditions(of: node)).compactMap {
      AutomatonBuilder.automaton(of: $0)
    }
    return automata.isEmpty ? .passing : .made(automata)
  }
}
