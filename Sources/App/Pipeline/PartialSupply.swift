internal import Bytes
internal import Flow
internal import Ingest
internal import Model
internal import Store

/// A partial as the feed wants it: a block of entries a batch.
final class PartialSupply: BatchSupply {
  let settings: PartialSettings
  private(set) var books: PartialBooks?
  let name: String
  private let reader: BlockReader
  private let stop: StopSignal
  private let problems: ProblemList

  /// Opens a partial and reads its settings.
  init(_ path: String, stop: StopSignal, problems: ProblemList) throws(ReadProblem) {
    name = path
    self.stop = stop
    self.problems = problems
    reader = try BlockReader(InputFile(FilePath(path)), wakeUp: stop.descriptor)
    let first = Arena(capacity: PartialLayout.payloadLimit)
    guard case .settings = try reader.next(into: first),
      let settings = PartialSettings(first.span)
    else {
      throw reader.isInterrupted
        ? ReadProblem(.truncated, file: path, reason: "was waited for when the run was stopped")
        : ReadProblem(.corrupt, file: path, reason: "is damaged: it has no settings")
    }
    self.settings = settings
  }

  func fill(_ batch: Batch) -> Supplied {
    if stop.isRaised { return .ended }
    do throws(ReadProblem) {
      switch try reader.next(into: batch.arenas.input) {
      case .entries: return .filled
      case .books: try close(batch.arenas.input)
      case .settings: throw damaged
      case nil where reader.isInterrupted: return .ended
      case nil:
        throw ReadProblem(
          .truncated, file: name, reason: "ends before its end: the partial is not whole")
      }
    } catch {
      problems.add(error)
    }
    return .ended
  }

  private func close(_ arena: Arena) throws(ReadProblem) {
    guard let books = PartialBooks(arena.span) else { throw damaged }
    self.books = books
    arena.truncate(to: 0)
    if try reader.next(into: arena) != nil {
      throw ReadProblem(.corrupt, file: name, reason: "goes on behind its end")
    }
  }

  private var damaged: ReadProblem {
    ReadProblem(.corrupt, file: name, reason: "is damaged: its blocks are out of order")
  }
}

/// What a worker does with a block of a partial.
struct PartialStages: WorkerChain {
  let decoder: PartialDecoder

  mutating func countFrames(of batch: Batch) {}

  mutating func process(_ batch: Batch) { decoder.decode(batch) }
}
