internal import Bytes
internal import Model

/// A file that is read as it grows, through rotation, truncation and disappearance.
///
/// A file that was renamed is read to its end before the new one of its name is begun, and that only
/// once the new one holds something: until then the writer may still write to the old one. A file
/// shorter than what was read of it was truncated and is read from its start.
/// - Limits: a file that was truncated and has grown beyond its old length since the last look can't be
///   told from one that has only grown.
final class FollowedFile: FollowedSource {
  private(set) var path: FilePath
  /// How often it was found shorter than before.
  private(set) var truncations = 0
  /// How often another file took its place.
  private(set) var replacements = 0

  private let number: Int
  private var cutter: FrameCutter
  /// Older siblings, read first.
  private var backlog: BatchReader?
  private var file: FollowedDescriptor?
  private var offset: Int64 = 0
  /// What the file held when following began ends here.
  private var mark: Int64 = 0
  /// Number of the next file of the source.
  private var fileNumber: Int
  private var hasTried = false
  private var successor: FilePath?
  /// The file that was read to its end and closed, to be opened again when it has grown.
  private var resting: FileIdentity?
  private var problems: [ReadProblem] = []
  private var hasReportedRefusal = false
  private let watch: FileWatch?
  private(set) var isWatched = false

  init(
    _ path: FilePath, older: [InputFile], number: Int, frameLimit: Int, framing: FramingChoice,
    watch: FileWatch?
  ) {
    self.path = path
    self.number = number
    self.watch = watch
    cutter = FrameCutter(limit: frameLimit, framing: framing)
    fileNumber = older.count
    if !older.isEmpty {
      let source = InputSource(name: path.text, files: older)
      backlog = BatchReader(
        source, number: number, frameLimit: frameLimit, framing: framing)
    }
  }

  var descriptor: Int32 { -1 }

  /// Opens the file and marks its end; whether it or an older sibling holds anything to there.
  func markBacklog() -> Bool {
    open()
    mark = (try? file?.descriptor.status())?.size ?? 0
    return mark > 0 || backlog != nil
  }

  /// Fills an empty batch from what stands before the mark; false where all of it has been handed over.
  ///
  /// It touches nothing that files share.
  func fillToMark(_ batch: Batch, limit: Int) -> Bool {
    if backlog == nil, file == nil || offset >= mark { return false }
    return fill(batch, limit: limit, lookAtNames: false)
  }

  func takeProblems() -> [ReadProblem] {
    defer { problems = [] }
    return problems + (backlog?.takeProblems() ?? [])
  }

  /// Another name goes on where this file ends.
  func goOn(with path: FilePath) { if path != self.path { successor = path } }

  func fill(_ batch: Batch, limit: Int, lookAtNames: Bool) -> Bool {
    if fillFromBacklog(batch, limit: limit) { return true }
    if resting != nil, !wake() { return false }
    if file == nil, lookAtNames || !hasTried { open() }
    guard file != nil else { return false }
    let input = batch.arenas.input
    let target = min(limit, input.capacity - 64)
    begin(batch)
    while true {
      let isFull = cutter.hasWholeFrame && input.count >= target
      if isFull || cutter.isOverlong(input) {
        cutter.cut(batch, atEnd: false)
        return true
      }
      if read(into: input, limit: cutter.wanted(input, target: target)) { continue }
      if cutter.hasWholeFrame {
        cutter.cut(batch, atEnd: false)
        return true
      }
      if isTruncated {
        if close(batch, reopening: false) { return true }
      } else if lookAtNames, isReplaced {
        if read(into: input, limit: cutter.wanted(input, target: target)) { continue }
        if close(batch, reopening: true) { return true }
      } else {
        cutter.keepAll(input)
        return false
      }
      guard file != nil else { return false }
      begin(batch)
    }
  }

  func finish(_ batch: Batch) -> Bool {
    if backlog != nil {
      backlog?.stop()
      if fillFromBacklog(batch, limit: 1 << 20) { return true }
    }
    guard file != nil else { return false }
    begin(batch)
    cutter.look(batch.arenas.input, atEnd: true)
    cutter.cut(batch, atEnd: true)
    if !cutter.hasKept { file = nil }
    return batch.arenas.input.count > 0
  }

  private func fillFromBacklog(_ batch: Batch, limit: Int) -> Bool {
    guard let backlog else { return false }
    let fill = backlog.fill(batch, limit: limit)
    if fill == .ended {
      batch.endsSource = false
      problems += backlog.takeProblems()
      self.backlog = nil
    }
    return batch.arenas.input.count > 0
  }

  private func begin(_ batch: Batch) {
    batch.source = number
    batch.file = fileNumber - 1
    batch.modified = file?.modified ?? .unknown
    cutter.begin(batch.arenas.input)
    cutter.look(batch.arenas.input, atEnd: false)
  }

  var isOpen: Bool { file != nil }
  /// It stands in its owner's list of open files.
  var isNoted = false

  /// Closes the file until it has grown or another has taken its place, if it was read to its end.
  ///
  /// What is written to it and then renamed away while it rests is not seen.
  func rest() {
    guard let file, backlog == nil, !cutter.hasKept,
      let status = try? file.descriptor.status(), status.size == offset
    else { return }
    resting = file.identity
    self.file = nil
  }

  /// Opens the resting file again; false where nothing has changed.
  private func wake() -> Bool {
    guard let identity = resting, let status = try? FileStatus(successor ?? path) else {
      return false
    }
    if status.identity == identity, status.size == offset { return false }
    guard let opened = try? FollowedDescriptor(path), opened.identity == identity else {
      resting = nil
      hasTried = false
      replacements += 1
      return true
    }
    try? opened.descriptor.seek(to: offset)
    file = opened
    resting = nil
    return true
  }

  private func read(into input: Arena, limit: Int) -> Bool {
    guard let file else { return false }
    do throws(SystemError) {
      let count = try file.descriptor.read(into: input, limit: limit)
      offset += Int64(count)
      if count > 0 { cutter.look(input, atEnd: false) }
      return count > 0
    } catch {
      report(ReadProblem(.failed, file: path.text, reason: error.text))
      return false
    }
  }

  private var isTruncated: Bool {
    guard let file, let status = try? file.descriptor.status() else { return false }
    return status.size < offset
  }

  private var isReplaced: Bool {
    guard let file, let status = try? FileStatus(successor ?? path) else { return false }
    return status.identity != file.identity && status.kind == .regular && status.size > 0
  }

  /// Hands over what is left, and begins the file anew or the one that has taken its place.
  private func close(_ batch: Batch, reopening: Bool) -> Bool {
    let input = batch.arenas.input
    cutter.look(input, atEnd: true)
    cutter.cut(batch, atEnd: true)
    if cutter.hasKept { return true }
    if reopening {
      replacements += 1
      file = nil
      open()
    } else {
      truncations += 1
      try? file?.descriptor.seek(to: 0)
      fileNumber += 1
      cutter.beginFile()
    }
    offset = 0
    return input.count > 0
  }

  private func open() {
    hasTried = true
    let next = successor ?? path
    do throws(SystemError) {
      let opened = try FollowedDescriptor(next)
      path = next
      successor = nil
      file = opened
      offset = 0
      fileNumber += 1
      cutter.beginFile()
      isWatched = watch?.watch(path) ?? false
      hasReportedRefusal = false
    } catch {
      isWatched = true
      if !error.isMissing { report(ReadProblem(opening: next, error)) }
    }
  }

  private func report(_ problem: ReadProblem) {
    if !hasReportedRefusal { problems.append(problem) }
    hasReportedRefusal = true
  }
}

/// A followed file that is open.
final class FollowedDescriptor {
  let descriptor: FileDescriptor
  let identity: FileIdentity
  let modified: Timestamp

  init(_ path: FilePath) throws(SystemError) {
    descriptor = try FileDescriptor(reading: path)
    let status = try descriptor.status()
    identity = status.identity
    modified = Timestamp(nanoseconds: status.modified)
  }
}
