internal import Ingest
internal import Synchronization

/// How the inputs are called, by source number; files that appear while they are followed join later.
final class SourceNames: Sendable {
  private let names: Mutex<[String]>

  init(_ sources: [InputSource]) { names = Mutex(sources.map(\.name)) }

  /// Takes over the names of sources that have appeared.
  func learn(_ sources: [InputSource]) {
    names.withLock { names in
      while names.count < sources.count { names.append(sources[names.count].name) }
    }
  }

  /// The names from `first` on.
  func names(from first: Int) -> ArraySlice<String> { names.withLock { $0.dropFirst(first) } }

  /// `-` for a source that is not known.
  func name(of source: Int) -> String {
    names.withLock { source < $0.count ? $0[source] : "-" }
  }
}
