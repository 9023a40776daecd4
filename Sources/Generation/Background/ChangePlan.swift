import Model

/// Changes that must not alarm: deployments, restarts, and steps of traffic that stay.
struct ChangePlan: Sendable {
  /// From a moment on a service's plain traffic is `factor` of what it was.
  struct Step: Sendable {
    var service: Int
    /// Microseconds from the stream's start.
    var from: Int
    var factor: Double
  }

  private(set) var scripted: [ScriptedEntry] = []
  private(set) var steps: [Step] = []
  /// By service, when its late templates begin to appear.
  private(set) var lateFrom: [Int]

  /// About one deployment a day for each deployed service (but never fewer than one in two hours of
  /// stream), a restart a day on each fifth service, and a step a day somewhere.
  init(_ landscape: Landscape, _ settings: StreamSettings, _ random: inout RandomSource) {
    let length = settings.durationSeconds * 1_000_000
    let days = Double(settings.durationSeconds) / 86_400
    lateFrom = landscape.services.indices.map { _ in
      Int(Double(length) * (0.4 + 0.4 * random.fraction()))
    }
    guard settings.hasChanges else { return }
    let script = RestartScript(landscape)
    let deployed = landscape.services.indices.filter { landscape.services[$0].program.isDeployed }
    if !deployed.isEmpty {
      let wanted = random.poisson(mean: Double(deployed.count) * days)
      let count = settings.durationSeconds >= 7200 ? max(wanted, 1) : wanted
      for _ in 0..<min(count, 20_000) {
        let service = deployed[random.below(deployed.count)]
        let at = Int(Double(length) * (0.1 + 0.85 * random.fraction()))
        lateFrom[service] = min(lateFrom[service], at + 5_000_000)
        for slot in 0..<landscape.services[service].instanceCount {
          script.restart(
            service, slot: slot, at: at + slot * 20_000_000,
            becoming: slot == 0 ? [.newProcess, .newVersion] : [.newProcess], into: &scripted)
        }
      }
    }
    let restarts = random.poisson(mean: Double(landscape.services.count) * days * 0.2)
    for _ in 0..<min(restarts, 20_000) {
      let service = random.below(landscape.services.count)
      guard landscape.services[service].program.unit.hasSuffix(".service"),
        landscape.services[service].instanceCount > 0
      else { continue }
      let slot = random.below(landscape.services[service].instanceCount)
      script.restart(
        service, slot: slot, at: random.below(length), becoming: [.newProcess], into: &scripted)
    }
    for _ in 0..<min(random.poisson(mean: days), 400) {
      steps.append(
        Step(
          service: random.below(landscape.services.count), from: random.below(length),
          factor: random.chance(0.6) ? random.logUniform(1.3...2.5) : random.logUniform(0.5...0.8)))
    }
  }

  /// How a service's plain traffic stands to that of the stream's start.
  func level(of service: Int, at micros: Int) -> Double {
    var level = 1.0
    for step in steps where step.service == service && step.from <= micros { level *= step.factor }
    return min(max(level, 0.3), 4)
  }
}
