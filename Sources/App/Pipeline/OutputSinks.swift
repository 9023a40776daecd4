internal import Output

/// Opens the outputs that a run was asked for, before anything is read.
enum OutputSinks {
  static func open(
    _ settings: RunSettings, flushing: DescriptorSink.Flushing = .eachWrite
  ) throws(SinkFailure) -> EventWriter.Sinks {
    let main: any LineSink
    if let path = settings.outputFile {
      main = try DescriptorSink(appendingTo: path, flushing: flushing)
    } else {
      main = DescriptorSink.standardOutput(flushing: flushing)
    }
    var sinks = EventWriter.Sinks(main: main)
    sinks.insights = try file(settings.analysis.insightsFile)
    sinks.alerts = try file(settings.analysis.alertsFile)
    sinks.entries = try file(settings.analysis.entriesFile)
    sinks.metricEvents = try file(settings.analysis.metricEventsFile)
    return sinks
  }

  static func form(_ settings: RunSettings) -> EventForm {
    switch settings.output {
    case .json: .json
    case .text:
      .text(TextReport(style: style(settings), isVerbose: settings.isVerbose))
    }
  }

  static func style(_ settings: RunSettings) -> TextStyle {
    TextStyle(
      columns: Terminal.columns, isColoured: settings.usesColor,
      zone: .fixed(seconds: settings.analysis.displayOffset))
  }

  private static func file(_ path: String?) throws(SinkFailure) -> (any LineSink)? {
    guard let path else { return nil }
    return try DescriptorSink(appendingTo: path)
  }
}
