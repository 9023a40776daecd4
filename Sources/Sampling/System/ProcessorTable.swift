internal import Bytes
internal import Model

/// CPU times of /proc/stat (proc(5)): seconds by core and mode, and the busy share since the last sample.
struct ProcessorTable {
  private static let modes = [
    "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal",
  ]

  private struct Times {
    var busy = 0.0
    var total = 0.0
  }

  private var last: [String: Times] = [:]

  mutating func families(
    _ bytes: [UInt8], ticksPerSecond: Double = SystemConstants.ticksPerSecond
  ) -> [MetricFamily] {
    var seconds: [MetricFamily.Point] = []
    var usage: [MetricFamily.Point] = []
    var now: [String: Times] = [:]
    for line in ProcText(bytes).lines where line[0].hasPrefix("cpu") {
      let core = String(line[0].dropFirst(3))
      var times = Times()
      for (at, mode) in Self.modes.enumerated() {
        let value = line.number(at + 1)
        times.total += value
        if mode != "idle", mode != "iowait" { times.busy += value }
        if !core.isEmpty {
          seconds.append(
            MetricFamily.Point(
              labels: [("cpu", core), ("mode", mode)], value: value / ticksPerSecond))
        }
      }
      let name = core.isEmpty ? "all" : core
      now[name] = times
      if let before = last[name], times.total > before.total {
        let share = (times.busy - before.busy) / (times.total - before.total)
        usage.append(
          MetricFamily.Point(labels: [("cpu", name)], value: min(max(share, 0), 1)))
      }
    }
    last = now
    return [
      .system(
        "cpu_seconds_total", "Seconds that each core spent in each mode.", .counter, seconds),
      .system(
        "cpu_usage_ratio", "Share of the time since the last sample that cores were busy.",
        .gauge, usage),
    ]
  }
}
