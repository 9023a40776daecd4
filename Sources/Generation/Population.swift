import Model

/// What changes while the stream runs: processes, versions, and the requests under way.
struct Population: Sendable {
  private var processes: [EntryContext.ProcessState] = []
  private var versions: [EntryContext.Version] = []
  /// The last requests, and the last failing ones, as pairs of 64-bit halves.
  private var requests: [(UInt64, UInt64)] = []
  private var failing: [(UInt64, UInt64)] = []
  private var random: RandomSource

  init(_ landscape: Landscape, seed: UInt64) {
    random = RandomSource(seed: seed, stream: 4)
    for instance in landscape.instances {
      let isManager = landscape.services[instance.service].program.name == "systemd"
      processes.append(newProcess(pid: isManager ? 1 : random.within(400...60_000)))
    }
    for _ in landscape.services {
      versions.append(
        EntryContext.Version(
          major: random.within(1...6), minor: random.below(30), patch: random.below(12)))
    }
    for _ in 0..<16 { requests.append((random.next() | 1, random.next())) }
    for _ in 0..<4 { failing.append((random.next() | 1, random.next())) }
  }

  private mutating func newProcess(pid: Int) -> EntryContext.ProcessState {
    EntryContext.ProcessState(
      pid: pid, invocationHigh: random.next(), invocationLow: random.next())
  }

  func process(of instance: Int) -> EntryContext.ProcessState { processes[instance] }
  func version(of service: Int) -> EntryContext.Version { versions[service] }

  mutating func apply(_ flags: EntryFlags, instance: Int, service: Int) {
    if flags.contains(.newProcess) {
      processes[instance] = newProcess(pid: random.within(400...60_000))
    }
    if flags.contains(.newVersion) {
      versions[service].patch += 1
      if random.chance(0.4) {
        versions[service].patch = 0
        versions[service].minor += 1
      }
    }
  }

  /// A request's trace: usually one of the last ones, among failing requests one of the last few.
  mutating func request(isFailing: Bool) -> (high: UInt64, low: UInt64, span: UInt64) {
    let span = random.next() | 1
    if isFailing {
      let slot = random.below(failing.count)
      if random.below(3) == 0 { failing[slot] = (random.next() | 1, random.next()) }
      return (failing[slot].0, failing[slot].1, span)
    }
    let slot = random.below(requests.count)
    if random.below(4) == 0 { requests[slot] = (random.next() | 1, random.next()) }
    return (requests[slot].0, requests[slot].1, span)
  }
}
