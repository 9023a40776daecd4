internal import Model

/// Load averages of /proc/loadavg.
enum LoadTable {
  static func families(_ bytes: [UInt8]) -> [MetricFamily] {
    guard let line = ProcText(bytes, limit: 1).lines.first, line.words.count >= 3 else { return [] }
    return [("load1", 0, 1), ("load5", 1, 5), ("load15", 2, 15)].map { name, at, minutes in
      .system(
        name, "Load average over \(minutes) min.", .gauge,
        [MetricFamily.Point(value: line.number(at))])
    }
  }
}
