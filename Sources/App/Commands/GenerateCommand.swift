internal import Bytes
internal import Generation
internal import Model
internal import Output

/// `taffrail generate`: seeded streams with known incidents.
enum GenerateCommand {
  static let command = Command(
    name: "generate", summary: "Write a seeded synthetic stream with known incidents",
    usage: "taffrail generate [FLAGS] > FILE",
    options: [
      Option(
        "format", nil, .choice(StreamFormat.allCases.map(\.rawValue)),
        help: "Wire format (default: journald)"),
      Option("seed", nil, .value("N"), help: "Equal seeds give equal bytes (default: 1)"),
      Option("start", nil, .value("TIME"), help: "First minute (default: 2026-03-02)"),
      Option("duration", nil, .value("DURATION"), help: "Length in event time (default: 1d)"),
      Option("rate", nil, .value("N/m|N/s"), help: "Entries a minute or second (default: 600/m)"),
      Option("bytes", nil, .value("SIZE"), help: "Stop at this size; sets the duration's rate"),
      Option("count", nil, .value("N"), help: "Stop after N entries"),
      Option("services", nil, .value("N"), help: "How many programs take part"),
      Option("hosts", nil, .value("N"), help: "How many hosts (default: 8)"),
      Option(
        "incident", nil, .value("KIND@OFFSET+DURATION[*RATIO][:SERVICE]"), repeats: true,
        help: "Inject this incident"),
      Option("incidents", nil, .value("N"), help: "Inject N incidents drawn from the seed"),
      Option("calm", nil, help: "No deployments, restarts or lasting steps"),
      Option(
        "truth", nil, .value("FILE"), help: "Write the injected incidents to FILE, JSON Lines"),
      Option("help", "h", help: "Show this help"),
    ],
    examples: [
      (
        "taffrail generate --duration 3h --incident 'dependency_outage@90m+20m*8:ledger' | taffrail",
        "a fault, found"
      ),
      ("taffrail generate --format rfc3164 --bytes 200M > bench.log", "input for a benchmark"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var generator = try StreamGenerator(settings(arguments))
    if let path = arguments.value("truth") {
      var truth = ByteWriter()
      for incident in generator.truth { incident.write(into: &truth) }
      if case .failed(let number) = FileReplacement.replace(path, with: truth.bytes.span) {
        throw SinkFailure(name: path, errno: number)
      }
    }
    let sink = DescriptorSink.standardOutput(flushing: .whenFull)
    _ = StopSignal()
    var writer = ByteWriter(reserving: 1 << 20)
    var goesOn = true
    while goesOn {
      writer.removeAll()
      goesOn = generator.next(atLeast: 256 << 10, into: &writer)
      switch sink.write(writer.bytes.span) {
      case .open: continue
      case .closed: return .success
      case .failed(let failure): throw failure
      }
    }
    if case .failed(let failure) = sink.flush() { throw failure }
    return .success
  }

  private static func settings(_ arguments: Arguments) throws -> StreamSettings {
    var settings = StreamSettings()
    if let text = arguments.value("format"), let format = StreamFormat(rawValue: text) {
      settings.format = format
    }
    if let text = arguments.value("seed") {
      settings.seed = UInt64(try Values.count(text, flag: "seed", allowed: 0...Int.max))
    }
    if let text = arguments.value("start") {
      let bound = try TimeBound(text, flag: "start")
      guard case .at(let time) = bound else {
        throw UsageError("--start: \(text.quotedForMessage) is not a fixed time")
      }
      settings.start = time
    }
    if let text = arguments.value("duration") {
      settings.durationSeconds = Int(try Values.duration(text, flag: "duration") / 1_000_000_000)
    }
    if let text = arguments.value("rate") { settings.entriesPerMinute = try rate(text) }
    if let text = arguments.value("bytes") {
      let bytes = try Values.size(text, flag: "bytes", allowed: 1...(1 << 40))
      settings.byteLimit = bytes
      if !arguments.has("rate") { settings.entriesPerMinute = rate(filling: bytes, settings) }
    }
    if let text = arguments.value("count") {
      settings.entryLimit = try Values.count(text, flag: "count", allowed: 1...Int.max)
    }
    if let text = arguments.value("services") {
      settings.serviceCount = try Values.count(text, flag: "services", allowed: 1...1000)
    }
    if let text = arguments.value("hosts") {
      settings.hostCount = try Values.count(text, flag: "hosts", allowed: 1...60)
    }
    if let text = arguments.value("incidents") {
      settings.randomIncidentCount = try Values.count(text, flag: "incidents", allowed: 0...1000)
    }
    settings.incidents = try arguments.all("incident").map { try IncidentRequest(parsing: $0) }
    settings.hasChanges = !arguments.has("calm")
    return settings
  }

  private static func rate(_ text: String) throws(UsageError) -> Double {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let number = parts.first.flatMap({ Double($0) }), number > 0, parts.count <= 2,
      let factor = ["m": 1.0, "s": 60.0][parts.count == 2 ? String(parts[1]) : "m"]
    else {
      throw UsageError(
        "--rate: \(text.quotedForMessage) is not a rate", hint: "as in 600/m or 20/s")
    }
    return number * factor
  }

  /// A rate at which the duration holds about so many bytes, with a tenth to spare.
  private static func rate(filling bytes: Int, _ settings: StreamSettings) -> Double {
    let perEntry: Double =
      switch settings.format {
      case .journald: 1070
      case .rfc3164: 136
      case .rfc5424: 250
      case .json: 270
      case .logfmt: 200
      }
    let minutes = Double(settings.durationSeconds) / 60
    return min(max(1.1 * Double(bytes) / perEntry / minutes, 1), 20_000_000)
  }
}
