internal import Detection
internal import Glibc
internal import Model
internal import Output

/// `taffrail detect`: a detector over a plain time series.
enum DetectCommand {
  static let command = Command(
    name: "detect", summary: "Find what is unusual in a plain time series (CSV)",
    usage: "taffrail detect [FLAGS] [CSV…]",
    options: [
      Option(
        "detector", nil, .choice(SeriesDetectorChoice.names),
        help: "Which detector (default: \(SeriesDetectorChoice.standard))"),
      Option("window", nil, .value("N"), help: "Rows of history (default: 60; ensemble: all)"),
      Option(
        "threshold", nil, .value("X"),
        help: "What makes an anomaly, in the detector's own measure (docs/detectors.md)"),
      Option(
        "explain", nil, help: "Say of each anomaly what was usual, what decided, and how rare it is"
      ),
      Option("at", nil, .value("TIME"), help: "Explain the first row at or after TIME instead"),
      Option(
        "output", "o", .choice(DetectForm.allCases.map(\.rawValue)),
        help: "Output format (default: csv; on a terminal: text, the anomalies alone)"),
      Option("config", "c", .value("FILE"), help: "Accepted for symmetry; - reads none"),
      Option("help", "h", help: "Show this help"),
    ],
    examples: [
      ("taffrail detect requests.csv", "the rows that are unlike all that came before"),
      ("taffrail detect --explain requests.csv", "and why"),
      ("taffrail detect -o html requests.csv > requests.html", "plotted, with band and marks"),
      (
        "taffrail detect --detector two_sigma -o csv < series.csv", "every row, judged, from a pipe"
      ),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    let choice = try choice(arguments)
    let filter = try filter(arguments)
    let inputs = try inputs(arguments)
    let form = form(arguments, explains: filter != nil)
    if filter != nil, ![.text, .json].contains(form) {
      throw UsageError("--explain is said in words or JSON", hint: "-o text or -o json")
    }
    if form == .svg, inputs.count > 1 {
      throw UsageError("an SVG holds one series", hint: "-o html takes several")
    }
    let sink = DescriptorSink.standardOutput(flushing: .whenFull)
    let listing = form.listing(choice, filter: filter, inputs: inputs, to: sink)
    let run = SeriesRun(choice: choice, listing: listing, stop: StopSignal())
    let status = try run.run(inputs)
    if let filter, filter.lacksRow { Diagnostics.note("--at: no row at or after that time") }
    return status
  }

  private static func choice(_ arguments: Arguments) throws(UsageError) -> SeriesDetectorChoice {
    let name = arguments.value("detector") ?? SeriesDetectorChoice.standard
    var choice = SeriesDetectorChoice(name: name)
    if let text = arguments.value("window") {
      choice.window = try Values.count(text, flag: "window", allowed: 2...100_000)
    }
    if let text = arguments.value("threshold") {
      guard let threshold = Double(text), threshold > 0, threshold.isFinite else {
        throw UsageError("--threshold: \(text.quotedForMessage) is not a number above 0")
      }
      choice.threshold = threshold
    }
    return choice
  }

  private static func filter(_ arguments: Arguments) throws(UsageError) -> RowFilter? {
    if let text = arguments.value("at") {
      guard let time = RowCells.time(text) else {
        throw UsageError(
          "--at: \(text.quotedForMessage) is not a time",
          hint: "write it as in the timestamp column")
      }
      return RowFilter(.at(time))
    }
    return arguments.has("explain") ? RowFilter(.anomalies) : nil
  }

  private static func inputs(_ arguments: Arguments) throws(UsageError) -> [String] {
    guard arguments.operands.isEmpty else { return arguments.operands }
    guard isatty(STDIN_FILENO) == 0 else {
      var nothing = UsageError("no input", hint: "taffrail detect FILE.csv, or a CSV from a pipe")
      nothing.showsHelp = true
      throw nothing
    }
    return ["-"]
  }

  /// What is asked for; else text on a terminal, and in a pipe CSV, or JSON where rows are explained.
  private static func form(_ arguments: Arguments, explains: Bool) -> DetectForm {
    if let form = arguments.value("output").flatMap(DetectForm.init(rawValue:)) { return form }
    if isatty(STDOUT_FILENO) == 1 { return .text }
    return explains ? .json : .csv
  }
}
