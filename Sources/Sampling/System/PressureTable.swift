internal import Model

/// Pressure stall information (kernel, Documentation/accounting/psi.rst): time lost to waiting.
enum PressureTable {
  static func families(_ tables: [(resource: String, bytes: [UInt8])]) -> [MetricFamily] {
    var waiting: [MetricFamily.Point] = []
    var stalled: [MetricFamily.Point] = []
    for table in tables {
      let text = ProcText(table.bytes)
      for (word, isStall) in [("some", false), ("full", true)] {
        guard let total = text.line(word)?.words.first(where: { $0.hasPrefix("total=") }),
          let microseconds = Double(total.dropFirst(6))
        else { continue }
        let point = MetricFamily.Point(
          labels: [("resource", table.resource)], value: microseconds / 1e6)
        if isStall { stalled.append(point) } else { waiting.append(point) }
      }
    }
    return [
      .system(
        "pressure_waiting_seconds_total", "Seconds during which some task waited.", .counter,
        waiting),
      .system(
        "pressure_stalled_seconds_total", "Seconds during which all tasks waited.", .counter,
        stalled),
    ]
  }
}
