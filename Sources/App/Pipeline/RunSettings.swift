internal import Bytes
internal import Detection
internal import Glibc
internal import Ingest
internal import Model
internal import Output

/// What a run was asked to do, read from the command line and checked before anything is read.
struct RunSettings: Sendable {
  enum OutputKind: Sendable { case text, json }

  var inputs: [String]
  /// Journals to read by their files: folders and files; an empty one is this machine's.
  var journals: [String] = []
  /// Where the journals are begun.
  var journalStart = JournalStart.head
  var follows = false
  /// Name of the format that the user asked for; nil to recognise it.
  var format: String?
  /// Of stamps without a zone.
  var zone = InputZone()
  var year: Int?
  var lineLimit = 1 << 20
  var workers = 1
  var output = OutputKind.json
  var outputFile: String?
  /// The output file is written anew rather than appended to.
  var replacesOutput = false
  var usesColor = false
  var redacts = false
  var showsStatistics = false
  var isQuiet = false
  var isVerbose = false
  /// Pack folders and files of the user's own, which come before the built-in ones.
  var patterns: [String] = []
  /// Files and folders of Sigma rules.
  var rules: [String] = []
  /// What the user calls a framework's frames, or the application's.
  var frameworkFrames: [String] = []
  var applicationFrames: [String] = []
  /// Files whose `fingerprints` are taken, the most particular first.
  var configuration: [ConfigurationSource] = []
  var selection = Selection()
  var analysis = AnalysisSettings()

  /// Input that may go on for ever, so that output must not wait for more.
  var isLive: Bool { follows || inputs.contains("-") }

  init(_ arguments: Arguments) throws(UsageError) {
    inputs = arguments.operands
    try readJournals(arguments)
    if inputs.isEmpty, journals.isEmpty {
      guard isatty(STDIN_FILENO) == 0 else {
        var nothing = UsageError(
          "no input", hint: "taffrail --journal, journalctl -o json | taffrail, or taffrail FILE")
        nothing.showsHelp = true
        throw nothing
      }
      inputs = ["-"]
    }
    if let name = arguments.value("format"), name != "auto" { format = name }
    if let text = arguments.value("input-tz") {
      zone = try Zones.read(text, flag: "input-tz")
    }
    if let text = arguments.value("input-year") {
      year = try Values.count(text, flag: "input-year", allowed: 1970...2261)
    }
    if let text = arguments.value("max-line") {
      lineLimit = try Values.size(text, flag: "max-line", allowed: 1024...(64 << 20))
    }
    workers = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    if let text = arguments.value("workers") {
      workers = try Values.count(text, flag: "workers", allowed: 1...256)
    }
    try readOutput(arguments)
    patterns = arguments.all("patterns")
    rules = arguments.all("rules")
    frameworkFrames = arguments.all("framework-frames")
    applicationFrames = arguments.all("application-frames")
    configuration = arguments.configuration
    selection = try Selection(arguments)
    analysis = try AnalysisSettings(arguments)
  }

  private mutating func readJournals(_ arguments: Arguments) throws(UsageError) {
    follows = arguments.has("follow")
    journals = arguments.all("journal")
    for (flag, isBehind) in [("cursor", false), ("after-cursor", true)] {
      guard let text = arguments.value(flag) else { continue }
      guard let cursor = JournalCursor(text) else {
        throw UsageError(
          "--\(flag): \(text.quotedForMessage) is not a cursor",
          hint: "journalctl --show-cursor and journald.cursor give them: s=…;i=…;b=…;m=…;t=…;x=…")
      }
      journalStart = isBehind ? .after(cursor) : .at(cursor)
    }
    if journalStart != .head, journals.isEmpty {
      throw UsageError("a cursor is a place in a journal", hint: "add --journal")
    }
    if follows, !journals.isEmpty, journals.count > 1 || !inputs.isEmpty {
      throw UsageError("-f follows one journal, without other input")
    }
  }

  private mutating func readOutput(_ arguments: Arguments) throws(UsageError) {
    let isTerminal = isatty(STDOUT_FILENO) == 1 && arguments.value("output-file") == nil
    switch arguments.value("output") {
    case "text": output = .text
    case "json": output = .json
    default: output = isTerminal ? .text : .json
    }
    outputFile = arguments.value("output-file")
    switch arguments.value("color") {
    case "always": usesColor = true
    case "never": usesColor = false
    default: usesColor = outputFile == nil && Terminal.colours(STDOUT_FILENO)
    }
    redacts = arguments.has("redact")
    showsStatistics = arguments.has("stats")
    isQuiet = arguments.has("quiet")
    isVerbose = arguments.has("verbose")
  }
}

/// Which entries a run looks at; the others are counted as filtered.
struct Selection: Sendable {
  var since: TimeBound?
  var until: TimeBound?
  var units: [String] = []
  var severity = Severity.unknown
  var grep: String?
  var fields: [(name: String, value: String)] = []

  init() {}

  init(_ arguments: Arguments) throws(UsageError) {
    if let text = arguments.value("since") { since = try TimeBound(text, flag: "since") }
    if let text = arguments.value("until") { until = try TimeBound(text, flag: "until") }
    units = arguments.all("unit")
    if let text = arguments.value("priority") {
      severity = try Values.severity(text, flag: "priority")
    }
    grep = arguments.value("grep")
    for text in arguments.all("where") {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw UsageError(
          "--where: \(text.quotedForMessage) is not FIELD=VALUE",
          hint: "as in --where user.name=root")
      }
      fields.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
    }
  }

  /// Whether a bound counts back from the last entry.
  var needsEnd: Bool {
    [since, until].contains { if case .beforeEnd? = $0 { true } else { false } }
  }

  var isEverything: Bool {
    since == nil && until == nil && units.isEmpty && severity == .unknown && grep == nil
      && fields.isEmpty
  }
}

/// How `analyze` judges, and where what it says goes.
struct AnalysisSettings: Sendable {
  /// Nanoseconds.
  var lateness: Int64 = 30_000_000_000
  var insightsFile: String?
  var alertsFile: String?
  var entriesFile: String?
  var metricsFile: String?
  var metricEventsFile: String?
  /// Nanoseconds.
  var metricsInterval: Int64 = 10_000_000_000
  var ignored: [String] = []
  var budget: AlertBudget?
  /// Where what is learned is kept.
  var stateFolder: String?
  var showsUpdates = false
  /// In which text shows times.
  var zone = TextZone.utc
  var failOn: FindingSeverity?

  init() {}

  init(_ arguments: Arguments) throws(UsageError) {
    if let text = arguments.value("lateness") {
      lateness = try Values.duration(text, flag: "lateness")
    }
    insightsFile = arguments.value("insights")
    alertsFile = arguments.value("alerts")
    entriesFile = arguments.value("entries")
    metricsFile = arguments.value("metrics")
    metricEventsFile = arguments.value("metric-events")
    if let text = arguments.value("metrics-interval") {
      metricsInterval = max(try Values.duration(text, flag: "metrics-interval"), 100_000_000)
    }
    ignored = arguments.all("ignore")
    if let text = arguments.value("budget") {
      guard let budget = AlertBudget(parsing: text) else {
        throw UsageError(
          "--budget: \(text.quotedForMessage) is not a budget",
          hint: "as in 5/day, 2/hour or 10/week")
      }
      self.budget = budget
    }
    stateFolder = try Values.stateFolder(arguments)
    showsUpdates = arguments.has("updates")
    if let text = arguments.value("tz") {
      let shown = try Zones.read(text, flag: "tz")
      zone = shown.rules.map { .rules($0) } ?? .fixed(seconds: shown.seconds)
    }
    failOn = arguments.value("fail-on").flatMap { name in
      FindingSeverity.allCases.first { $0.name == name }
    }
  }
}
