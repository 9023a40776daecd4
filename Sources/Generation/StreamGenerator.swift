package import Bytes
package import Model

/// A seeded stream of log entries, in the order of time, with its incidents known.
///
/// Pure: the bytes are a function of the settings alone. Memory follows the entries of one minute
/// (8 bytes each).
package struct StreamGenerator: Sendable {
  /// The incidents that were injected, by start.
  package var truth: [InjectedIncident] { plan.truth }
  /// Entries written so far; a stack trace belongs to its entry.
  package private(set) var entryCount = 0
  package private(set) var byteCount = 0

  private let settings: StreamSettings
  private let stackTraceThreshold: Double
  private var plan: MinutePlan
  private var entries: [PlannedEntry] = []
  private var nextEntry = 0
  private var minuteStart: Timestamp
  /// Microseconds from the stream's start to the minute's.
  private var microsBefore = -60_000_000
  private var population: Population
  private var wording: Wording
  // One of the four is set, by the settings' format.
  private var journald: JournaldFormat?
  private var syslog: SyslogFormat?
  private var json: JSONLinesFormat?
  private var logfmt: LogfmtFormat?
  private var buffer = FrameBuffer()
  private var random: RandomSource
  private let inRequests: [Bool]

  package init(_ settings: StreamSettings) throws(ConfigurationError) {
    self.settings = settings
    plan = try MinutePlan(settings)
    let landscape = plan.landscape
    minuteStart = settings.start.advanced(byNanoseconds: -60_000_000_000)
    population = Population(landscape, seed: settings.seed)
    random = RandomSource(seed: settings.seed, stream: 5)
    stackTraceThreshold = settings.stackTraceShare
    inRequests = landscape.services.map(\.program.isDeployed)
    let spelling: MessageTable.Spelling
    switch settings.format {
    case .journald:
      spelling = .json
      journald = JournaldFormat(landscape, seed: settings.seed, start: settings.start)
    case .rfc3164, .rfc5424:
      spelling = .plain
      syslog = SyslogFormat(landscape, settings.format == .rfc3164 ? .rfc3164 : .rfc5424)
    case .json:
      spelling = .json
      json = JSONLinesFormat(landscape)
    case .logfmt:
      spelling = .json
      logfmt = LogfmtFormat(landscape)
    }
    wording = Wording(landscape, spelling, seed: settings.seed)
  }

  /// Appends the next entry, its newline included; false, and nothing written, at the end.
  package mutating func next(into writer: inout ByteWriter) -> Bool {
    guard write() else { return false }
    writer.write(contentsOf: buffer.bytes)
    buffer.removeAll()
    return true
  }

  /// Appends entries until at least `byteCount` bytes were added; false where none was left.
  package mutating func next(atLeast byteCount: Int, into writer: inout ByteWriter) -> Bool {
    while buffer.count < byteCount, write() {}
    guard buffer.count > 0 else { return false }
    writer.write(contentsOf: buffer.bytes)
    buffer.removeAll()
    return true
  }

  private mutating func write() -> Bool {
    if let limit = settings.entryLimit, entryCount >= limit { return false }
    if let limit = settings.byteLimit, byteCount >= limit { return false }
    while nextEntry == entries.count {
      nextEntry = 0
      minuteStart = minuteStart.advanced(byNanoseconds: 60_000_000_000)
      microsBefore += 60_000_000
      guard plan.next(into: &entries) else {
        entries.removeAll()
        return false
      }
    }
    let before = buffer.count
    let entry = context(entries[nextEntry])
    nextEntry += 1
    journald?.write(entry, &wording, into: &buffer)
    syslog?.write(entry, &wording, into: &buffer)
    json?.write(entry, &wording, into: &buffer)
    logfmt?.write(entry, &wording, into: &buffer)
    entryCount += 1
    byteCount += buffer.count - before
    return true
  }

  private mutating func context(_ planned: PlannedEntry) -> EntryContext {
    let template = plan.landscape.templates[planned.template]
    let service = template.service
    let instance = plan.landscape.instance(of: service, slot: planned.slot)
    let flags = planned.flags
    if flags.rawValue & 3 != 0 { population.apply(flags, instance: instance, service: service) }
    var entry = EntryContext(
      time: minuteStart.advanced(byNanoseconds: Int64(planned.offset) * 1000),
      template: planned.template, service: service, instance: instance, subject: planned.subject,
      flags: flags, severity: template.text.severity, process: population.process(of: instance),
      version: population.version(of: service), traceHigh: 0, traceLow: 0, span: 0,
      hasStackTrace: false)
    if inRequests[service], template.text.marks.isDisjoint(with: [.startup, .shutdown]) {
      let request = population.request(isFailing: flags.contains(.incident))
      entry.traceHigh = request.high
      entry.traceLow = request.low
      entry.span = request.span
    }
    entry.alteration = plan.alteration(of: service, at: microsBefore + planned.offset)
    if template.text.marks.contains(.traced) {
      entry.hasStackTrace = random.fraction() < stackTraceThreshold
    }
    return entry
  }
}
