internal import Bytes
internal import Model

/// This process: CPU, memory and threads, from /proc/self/stat and /proc/self/status.
enum ProcessTable {
  static func families(
    stat: [UInt8], status: [UInt8], ticksPerSecond: Double = SystemConstants.ticksPerSecond,
    pageSize: Int = SystemConstants.pageSize
  ) -> [MetricFamily] {
    // The name stands in parentheses and may hold anything: what counts comes after the last one.
    guard let close = stat.lastIndex(of: 0x29),
      let line = ProcText(Array(stat[(close + 1)...])).lines.first, line.words.count >= 22
    else { return [] }
    var families = [
      family(
        "cpu_seconds_total", "CPU time of this process.", .counter,
        (line.number(11) + line.number(12)) / ticksPerSecond),
      family("threads", "Threads of this process.", .gauge, line.number(17)),
      family(
        "virtual_memory_bytes", "Address space of this process.", .gauge, line.number(20)),
      family(
        "resident_memory_bytes", "Memory of this process that is in RAM.", .gauge,
        line.number(21) * Double(pageSize)),
    ]
    if let peak = ProcText(status).line("VmHWM:") {
      families.append(
        family(
          "resident_memory_peak_bytes", "Most memory that this process had in RAM.", .gauge,
          peak.number(1) * 1024))
    }
    return families
  }

  private static func family(
    _ name: String, _ help: String, _ kind: MetricFamily.Kind, _ value: Double
  ) -> MetricFamily {
    MetricFamily(
      name: "taffrail_process_\(name)", help: help, kind: kind,
      points: [MetricFamily.Point(value: value)])
  }
}
