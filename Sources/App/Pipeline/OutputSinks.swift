internal import Bytes
internal import Glibc
internal import Output

/// Opens the outputs that a run was asked for, before anything is read.
enum OutputSinks {
  static func open(
    _ settings: RunSettings, flushing: DescriptorSink.Flushing = .eachWrite
  ) throws(SinkFailure) -> EventWriter.Sinks {
    let main: any LineSink
    if let path = settings.outputFile {
      main =
        settings.replacesOutput
        ? try DescriptorSink(replacing: path, flushing: flushing)
        : try DescriptorSink(appendingTo: path, flushing: flushing)
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

  /// The regular files that the run writes, which a folder's search must not read.
  static func files(_ settings: RunSettings) throws(UsageError) -> Set<FileIdentity> {
    let analysis = settings.analysis
    let paths = [
      settings.outputFile, analysis.insightsFile, analysis.alertsFile, analysis.entriesFile,
      analysis.metricsFile, "/dev/stdout",
    ]
    var files: Set<FileIdentity> = []
    for path in paths.compactMap(\.self) {
      guard let status = try? FileStatus(FilePath(path)), status.kind == .regular else { continue }
      files.insert(status.identity)
    }
    for input in settings.inputs {
      guard let status = try? FileStatus(FilePath(input)) else { continue }
      if files.contains(status.identity) {
        throw UsageError("\(input): it is an input and an output")
      }
    }
    return files
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
      zone: settings.analysis.zone)
  }

  private static func file(_ path: String?) throws(SinkFailure) -> (any LineSink)? {
    guard let path else { return nil }
    return try DescriptorSink(appendingTo: path)
  }
}
