internal import Bytes
internal import Detection
internal import Model
internal import Output

/// `taffrail detect`: the spike detectors over a plain time series.
enum DetectCommand {
  static let command = Command(
    name: "detect", summary: "Run a spike detector over a plain time series (CSV)",
    usage: "taffrail detect [FLAGS] [CSV…]",
    options: [
      Option(
        "detector", nil, .choice(SeriesDetectorChoice.names),
        help: "Which detector (default: rolling_zscore)"),
      Option("window", nil, .value("N"), help: "Rows of history (default: 60)"),
      Option("threshold", nil, .value("X"), help: "Deviations (default: 3; two_sigma: 2)"),
      Option("output", "o", .choice(["csv"]), help: "Output format"),
      Option("config", "c", .value("FILE"), help: "Accepted for symmetry; - reads none"),
      Option("help", "h", help: "Show this help"),
    ],
    examples: [
      ("taffrail detect --detector two_sigma requests.csv", "mark the rows that stand out"),
      ("taffrail detect -o csv < series.csv", "from a pipe"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var choice = SeriesDetectorChoice(name: arguments.value("detector") ?? "rolling_zscore")
    if let text = arguments.value("window") {
      choice.window = try Values.count(text, flag: "window", allowed: 2...100_000)
    }
    if let text = arguments.value("threshold") {
      guard let threshold = Double(text), threshold > 0, threshold.isFinite else {
        throw UsageError("--threshold: \(text.quotedForMessage) is not a number above 0")
      }
      choice.threshold = threshold
    }
    _ = StopSignal()
    let sink = DescriptorSink.standardOutput(flushing: .whenFull)
    let inputs = arguments.operands.isEmpty ? ["-"] : arguments.operands
    var status = ExitStatus.success
    var isFirst = true
    for input in inputs {
      do {
        let bytes = try WholeFile.read(input == "-" ? "/dev/stdin" : input, limit: 4 << 30)
        let bad = try SeriesTable.judge(bytes, file: input, choice, header: isFirst, to: sink)
        if bad > 0 { Diagnostics.note("\(input): \(bad) rows could not be read and were left out") }
        isFirst = false
      } catch let error as FileError {
        Diagnostics.error("\(error.path): \(error.reason)")
        status = .failure
      } catch let error as ConfigurationError {
        Diagnostics.mistake(error)
        status = .failure
      }
    }
    if case .failed(let failure) = sink.flush() { throw failure }
    return status
  }
}
