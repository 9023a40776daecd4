internal import Bytes
package import Model

/// Reads one source, file after file, straight into batches.
///
/// Only what stands behind the last whole frame is copied, to the front of the next batch. Each file
/// ends its batch, so that offsets and lines belong to one file; its last line needs no line feed.
/// - Limits: a frame over `frameLimit` is cut (see `FrameCutter`).
package final class BatchReader: BatchSource {
  package static let frameLimit = 1 << 20

  package let source: InputSource
  /// The number that its batches carry.
  package let number: Int
  private var cutter: FrameCutter
  private var file: OpenedFile?
  private var nextFile = 0
  private var isStopped = false
  private var hasEnded = false
  private var problems: [ReadProblem] = []

  package init(
    _ source: InputSource, number: Int = 0, frameLimit: Int = BatchReader.frameLimit,
    framing: FramingChoice = .told
  ) {
    self.source = source
    self.number = number
    cutter = FrameCutter(limit: frameLimit, framing: framing)
  }

  /// Reads what any other source of bytes gives.
  package convenience init(
    _ bytes: any ByteSource, name: String, number: Int = 0,
    frameLimit: Int = BatchReader.frameLimit, framing: FramingChoice = .told
  ) {
    let file = InputFile(FilePath(name))
    self.init(
      InputSource(name: name, files: [file]), number: number, frameLimit: frameLimit,
      framing: framing)
    self.file = OpenedFile(bytes, name: name)
    nextFile = 1
  }

  /// The descriptor that is being read, to be waited for together with others; -1 for none.
  package var openDescriptor: Int32 { file?.number ?? -1 }

  /// Compressed files behind whose data stood something else, which was not read.
  package private(set) var trailedFiles = 0
  /// How many bytes that was.
  package private(set) var trailingBytes = 0

  /// Files whose text is UTF-16, which is not understood.
  package var wideFiles: Int { cutter.wideFiles }

  package func takeProblems() -> [ReadProblem] {
    defer { problems = [] }
    return problems
  }

  package func stop() { isStopped = true }

  package func fill(
    _ batch: Batch, limit: Int = 1 << 20, waiting: Patience = Patience(milliseconds: -1)
  ) -> Fill {
    batch.source = number
    guard let file = opened() else { return end(batch) }
    let input = batch.arenas.input
    let target = min(limit, input.capacity - 64)
    batch.file = nextFile - 1
    batch.modified = file.modified
    cutter.begin(input)
    if file.isRecognised { cutter.look(input, atEnd: false) }
    while !isStopped {
      let isFull = cutter.hasWholeFrame && input.count >= target
      if isFull || cutter.isOverlong(input) { return filled(batch) }
      let patience = cutter.hasWholeFrame ? waiting.none : waiting
      let outcome: ReadOutcome
      do {
        outcome = try file.read(
          into: input, limit: cutter.wanted(input, target: target), waiting: patience)
      } catch {
        report(error)
        break
      }
      switch outcome {
      case .bytes: cutter.look(input, atEnd: false)
      case .nothing:
        if cutter.hasWholeFrame { return filled(batch) }
        cutter.keepAll(input)
        return .idle
      case .end: return closeFile(batch)
      }
    }
    return closeFile(batch)
  }

  /// The file that is being read, or the next that can be opened; nil behind the last.
  private func opened() -> OpenedFile? {
    while file == nil, nextFile < source.files.count, !isStopped {
      let next = source.files[nextFile]
      nextFile += 1
      cutter.beginFile()
      do {
        file = try OpenedFile(next)
      } catch {
        report(error)
      }
    }
    return hasEnded ? nil : file
  }

  private func report(_ problem: ReadProblem) {
    var problem = problem
    problem.origin = source.files[nextFile - 1].origin
    problems.append(problem)
  }

  private func filled(_ batch: Batch) -> Fill {
    cutter.cut(batch, atEnd: false)
    return .filled
  }

  /// Hands over what the file has left; more than one batch where a frame of it has to be cut.
  private func closeFile(_ batch: Batch) -> Fill {
    let input = batch.arenas.input
    cutter.look(input, atEnd: true)
    cutter.cut(batch, atEnd: true)
    if cutter.hasKept { return .filled }
    noteTrailing()
    file = nil
    if nextFile == source.files.count || isStopped { return end(batch) }
    return input.count > 0 ? .filled : fill(batch)
  }

  private func noteTrailing() {
    guard let passed = file?.passedOver, passed > 0 else { return }
    trailedFiles += 1
    trailingBytes += passed
  }

  private func end(_ batch: Batch) -> Fill {
    file = nil
    hasEnded = true
    batch.endsSource = true
    return .ended
  }
}
