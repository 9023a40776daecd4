internal import Bytes
internal import Detection
internal import Ingest
internal import Model
internal import Output

/// One run of `detect`: the inputs one after the other, each judged by a detector of its own.
///
/// Rows go out as they come: before a live input is waited for, what is judged is flushed. Memory doesn't grow with
/// the input.
struct SeriesRun {
  let choice: SeriesDetectorChoice
  let listing: any RowListing
  let stop: StopSignal

  func run(_ inputs: [String]) throws -> ExitStatus {
    var status = ExitStatus.success
    do {
      for input in inputs where !stop.isRaised {
        if try !judge(input) { status = .failure }
      }
      try listing.end()
    } catch is ReaderGone {
      return status
    }
    stop.endProcess()
    return status
  }

  /// Judges one input; false where it could not be read, or bytes came but no row.
  private func judge(_ input: String) throws -> Bool {
    var reader = SeriesReader(file: input)
    var isWhole = true
    do {
      let bytes = try InputBytes(input)
      try listing.begin(input)
      isWhole = try judge(bytes, &reader)
    } catch let problem as ReadProblem {
      Diagnostics.error("\(TerminalText.escaped(problem.file)): \(problem.reason)")
      isWhole = false
    } catch let error as ConfigurationError {
      Diagnostics.mistake(error)
      return false
    }
    for note in reader.tally.notes(TerminalText.escaped(input)) { Diagnostics.note(note) }
    return isWhole
  }

  private func judge(_ bytes: InputBytes, _ reader: inout SeriesReader) throws -> Bool {
    guard var detector = choice.make() else { return false }
    var splitter = LineSplitter()
    let piece = bytes.piece
    var hasBytes = false
    var problem: ReadProblem?
    let waiting = Patience(milliseconds: -1, wakeUp: stop.descriptor)
    func take(_ line: Span<UInt8>?) throws {
      if let row = try reader.row(line) {
        try listing.add(JudgedRow(row: row, verdict: detector.judge(row.time, row.value)))
      }
    }
    while !stop.isRaised {
      var hasMore = false
      do throws(ReadProblem) {
        hasMore = try bytes.next(waiting: waiting)
      } catch {
        problem = error
      }
      if piece.count > 0 { hasBytes = true }
      try splitter.cut(piece.span, take)
      if !hasMore { break }
      if bytes.isLive { try listing.flush() }
    }
    try splitter.end(take)
    try reader.finish()
    if let problem { throw problem }
    if hasBytes, reader.tally.read == 0 {
      Diagnostics.error(
        "no row could be read", hint: "a row is a time and a number, as in 2026-03-01 10:00:00,17.5"
      )
      return false
    }
    return true
  }
}
