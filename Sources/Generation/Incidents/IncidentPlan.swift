import Model

/// All incidents of a stream, resolved: who writes how much more of what, and when.
///
/// What a ratio multiplies: `spike` the service's usual errors; `slow_queries`, `brute_force` and
/// `order_rejects` the usual entries of their templates; `new_error` and `dependency_outage`, whose
/// templates are unknown before, write the ratio times the service's usual errors, taken as at least
/// one a minute; `crash_loop` crashes `ratio` times a minute, ten at most. `latency_shift`, `token_shift` and
/// `status_shift` change no count (`Alteration`), `heartbeat_stop` stops one line on all hosts.
struct IncidentPlan: Sendable {
  /// Additional entries between two moments.
  struct Surge: Sendable {
    enum Basis: Sendable {
      /// `factor` times the service's usual errors, drawn from its usual ones.
      case errors
      /// `factor` times the template's usual entries.
      case template
      /// `factor` times the service's usual errors or one a minute, whichever is more.
      case atLeastOne
    }

    var service: Int
    /// Nil: drawn from the service's usual errors.
    var template: Int?
    var from: Int
    var to: Int
    var factor: Double
    var basis: Basis
  }

  /// A service's usual entries are `factor` of what they were, between two moments.
  struct Damping: Sendable {
    var service: Int
    var from: Int
    var to: Int
    var factor: Double
  }

  private(set) var surges: [Surge] = []
  private(set) var dampings: [Damping] = []
  /// What comes at an interval and is left out between two moments.
  struct Stop: Sendable {
    var template: Int
    var from: Int
    var to: Int
  }

  private(set) var stopped: [Stop] = []
  private(set) var alterations: [Alteration] = []
  private(set) var scripted: [ScriptedEntry] = []
  private(set) var truth: [InjectedIncident] = []

  private let landscape: Landscape
  private let start: Timestamp

  init(
    _ landscape: Landscape, _ settings: StreamSettings, _ random: inout RandomSource
  ) throws(ConfigurationError) {
    self.landscape = landscape
    start = settings.start
    let drawn = IncidentDraw(settings, &random).requests
    for request in settings.incidents {
      guard request.offsetSeconds + request.durationSeconds <= settings.durationSeconds else {
        throw ConfigurationError(
          file: "", problem: "an incident ends after the stream", found: request.kind.rawValue,
          allowed: ["offset and duration of at most \(settings.durationSeconds) s together"])
      }
    }
    for request in settings.incidents + drawn { try add(request, &random) }
    truth.sort { ($0.start, $0.service) < ($1.start, $1.service) }
  }

  private mutating func add(
    _ request: IncidentRequest, _ random: inout RandomSource
  ) throws(ConfigurationError) {
    let service = try self.service(for: request, &random)
    let drawn = random.logUniform(1.3...20)
    let ratio =
      switch request.kind {
      case .silence: 0.0
      // Which of the service's lines stops, the first one as a rule.
      case .heartbeatStop: request.ratio ?? 0
      default: request.ratio ?? drawn
      }
    let from = request.offsetSeconds * 1_000_000
    let to = from + request.durationSeconds * 1_000_000
    var main: Int?
    var callers: [String] = []
    let firstSurge = surges.count
    var ownSurges = firstSurge..<firstSurge
    switch request.kind {
    case .spike:
      surge(service, nil, from, to, max(ratio - 1, 0), .errors)
      main = landscape.services[service].templates.first {
        let text = landscape.templates[$0].text
        return text.severity == .error && !text.marks.contains(.incident)
      }
    case .newError:
      main = landscape.templates(of: service, role: .fresh).first
      surge(service, main, from, to, ratio, .atLeastOne)
    case .slowQueries, .bruteForce, .orderRejects:
      let usual = landscape.templates(of: service, role: IncidentPlan.role(of: request.kind))
      main = usual.first
      for template in usual { surge(service, template, from, to, max(ratio - 1, 0), .template) }
    case .silence:
      dampings.append(Damping(service: service, from: from, to: to, factor: 0))
    case .crashLoop:
      main = landscape.templates(of: service, role: .crash).first
      dampings.append(Damping(service: service, from: from, to: to, factor: 0.3))
      if let main { crashes(service, main, from, to, ratio, &random) }
    case .dependencyOutage:
      let own = landscape.templates(of: service, role: .outage)
      main = own.first
      for template in own {
        surge(service, template, from, to, ratio / Double(own.count), .atLeastOne)
      }
      ownSurges = firstSurge..<surges.count
      dampings.append(Damping(service: service, from: from, to: to, factor: 0.6))
      callers = spread(from: service, from, to, ratio, &random)
    case .heartbeatStop:
      let beats = beats(of: service)
      main = beats.isEmpty ? nil : beats[Int(ratio) % beats.count]
      if let main { stopped.append(Stop(template: main, from: from, to: to)) }
    case .latencyShift, .tokenShift, .statusShift:
      main = usual(service, holding: IncidentPlan.altered(by: request.kind)).first
      alter(request.kind, service, main, from, to, ratio)
    }
    var incident = InjectedIncident(
      start: start.advanced(byNanoseconds: Int64(from) * 1000),
      end: start.advanced(byNanoseconds: Int64(to) * 1000),
      service: landscape.services[service].program.name, kind: request.kind, ratio: ratio,
      template: main.map { landscape.templates[$0].text.wildcards } ?? "", callers: callers)
    incident.surges = callers.isEmpty ? firstSurge..<surges.count : ownSurges
    incident.serviceIndex = service
    truth.append(incident)
  }

  /// Whether a beat is left out at a moment.
  func stops(_ beat: Beat, at micros: Int) -> Bool {
    stopped.contains {
      $0.template == beat.template && $0.from <= micros && $0.to > micros
    }
      || dampings.contains {
        $0.factor == 0 && $0.service == beat.service && $0.from <= micros && $0.to > micros
      }
  }

  private func beats(of service: Int) -> [Int] {
    landscape.services[service].templates.filter {
      Beat.period(of: landscape.templates[$0].text.role) != nil
    }
  }

  /// A service's usual templates that hold one of these parameters, most frequent first.
  private func usual(_ service: Int, holding wanted: Set<Parameter>) -> [Int] {
    landscape.services[service].templates.filter { number in
      let text = landscape.templates[number].text
      return text.role == .none && text.marks.isEmpty && text.severity < .warning
        && text.parts.contains {
          if case .parameter(let parameter) = $0 { wanted.contains(parameter) } else { false }
        }
    }
  }

  private static func altered(by kind: IncidentKind) -> Set<Parameter> {
    switch kind {
    case .latencyShift: Alteration.durations
    case .tokenShift: Alteration.lists
    case .statusShift: [.status]
    default: []
    }
  }

  private mutating func alter(
    _ kind: IncidentKind, _ service: Int, _ main: Int?, _ from: Int, _ to: Int, _ ratio: Double
  ) {
    var alteration = Alteration(
      service: service, from: from, to: to, change: .durations, ratio: ratio)
    switch kind {
    case .statusShift: alteration.change = .statuses
    case .tokenShift:
      let parameters = main.map { landscape.templates[$0].text.parts } ?? []
      for case .parameter(let parameter) in parameters where Alteration.lists.contains(parameter) {
        alteration.change = .words(parameter)
        break
      }
    default: break
    }
    alterations.append(alteration)
  }

  /// The outage reaches the callers 15 to 75 seconds later; tells which.
  private mutating func spread(
    from service: Int, _ from: Int, _ to: Int, _ ratio: Double, _ random: inout RandomSource
  ) -> [String] {
    var reached: [String] = []
    for name in landscape.services[service].program.callers {
      let delay = random.within(15...75) * 1_000_000
      guard let caller = landscape.service(named: name), from + delay < to else { continue }
      let templates = landscape.templates(of: caller, role: .caller)
      guard !templates.isEmpty else { continue }
      reached.append(name)
      for template in templates {
        surge(
          caller, template, from + delay, to, ratio * 0.6 / Double(templates.count), .atLeastOne)
      }
    }
    return reached
  }

  private mutating func crashes(
    _ service: Int, _ crash: Int, _ from: Int, _ to: Int, _ ratio: Double,
    _ random: inout RandomSource
  ) {
    let script = RestartScript(landscape)
    let period = Int(60_000_000 / min(max(ratio, 0.1), 10))
    let slot = random.below(landscape.services[service].instanceCount)
    var at = from
    while at < to {
      script.crash(
        service, slot: slot, at: at, crash: crash, restartAfter: period / 3, into: &scripted)
      at += period - period / 20 + random.below(period / 10 + 1)
    }
  }

  private mutating func surge(
    _ service: Int, _ template: Int?, _ from: Int, _ to: Int, _ factor: Double,
    _ basis: Surge.Basis
  ) {
    surges.append(
      Surge(
        service: service, template: template, from: from, to: to, factor: factor, basis: basis))
  }

  private static func role(of kind: IncidentKind) -> TemplateText.Role {
    switch kind {
    case .newError: .fresh
    case .crashLoop: .crash
    case .dependencyOutage: .outage
    case .slowQueries: .slow
    case .bruteForce: .bruteforce
    case .orderRejects: .reject
    case .spike, .silence, .heartbeatStop, .latencyShift, .tokenShift, .statusShift: .none
    }
  }

  /// The service asked for, or one at random that can fail this way.
  private func service(
    for request: IncidentRequest, _ random: inout RandomSource
  ) throws(ConfigurationError) -> Int {
    let role = IncidentPlan.role(of: request.kind)
    let able = landscape.services.indices.filter { index in
      let program = landscape.services[index].program
      switch request.kind {
      case .heartbeatStop: return !beats(of: index).isEmpty
      case .latencyShift, .tokenShift, .statusShift:
        return !usual(index, holding: IncidentPlan.altered(by: request.kind)).isEmpty
      default:
        return role == .none
          ? program.isDeployed || program.name == "postgres" || program.name == "nginx"
          : !landscape.templates(of: index, role: role).isEmpty
      }
    }
    let isOpenToAll = request.kind == .spike || request.kind == .silence
    let choice = random.below(max(able.count, 1))
    guard let named = request.service else {
      if able.indices.contains(choice) { return able[choice] }
      throw ConfigurationError(
        file: "", problem: "no service of this stream can have such an incident",
        found: request.kind.rawValue, hint: "take more services")
    }
    guard let found = landscape.service(named: named) else {
      throw ConfigurationError(
        file: "", problem: "unknown service in an incident", found: named,
        allowed: able.map { landscape.services[$0].program.name })
    }
    guard isOpenToAll || able.contains(found) else {
      throw ConfigurationError(
        file: "", problem: "\(named) can't have an incident of this kind",
        found: request.kind.rawValue, allowed: able.map { landscape.services[$0].program.name })
    }
    return found
  }
}
