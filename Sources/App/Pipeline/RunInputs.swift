internal import Bytes
internal import Ingest
internal import Model

/// The sources that a run reads: found once, opened for each pass over them.
struct RunInputs {
  private let follower: FollowReader?
  private let sources: [InputSource]
  private let frameLimit: Int
  let names: [String]

  init(_ settings: RunSettings, _ problems: ProblemList) {
    frameLimit = settings.lineLimit
    if settings.follows, settings.inputs != ["-"] {
      let follower = FollowReader(
        settings.inputs.map { FilePath($0) }, frameLimit: settings.lineLimit)
      self.follower = follower
      sources = []
      names = follower.sources.map(\.name)
      return
    }
    follower = nil
    let list = SourceList(settings.inputs)
    for problem in list.problems { problems.add(problem) }
    sources = list.sources
    names = list.sources.map(\.name)
  }

  /// Whether all are regular files that are not followed.
  var isRepeatable: Bool {
    follower == nil
      && sources.allSatisfy { source in
        source.files.allSatisfy {
          !$0.isStandardInput && (try? FileStatus($0.path))?.kind == .regular
        }
      }
  }

  /// Readers from the start of each source.
  func readers() -> [any BatchSource] {
    if let follower { return [follower] }
    return sources.enumerated().map { number, source in
      BatchReader(source, number: number, frameLimit: frameLimit)
    }
  }
}
