internal import Model

/// Entries and errors of each service.
///
/// - Limits: the first `limit` services have series of their own; the others, and entries without a
///   service, are together under `(other)`, so that the number of series is bounded and no counter ever falls.
struct ServiceMetrics {
  static let limit = 200
  static let other = "(other)"

  /// By symbol.
  private var hasSeries: [Bool] = []
  private var admitted = 0

  mutating func families(
    _ services: [(entries: Int, errors: Int)], name: (Symbol) -> String
  ) -> [MetricFamily] {
    admit(services)
    var entries: [(String, String, Double)] = []
    var errors: [(String, String, Double)] = []
    var ratios: [(String, String, Double)] = []
    var rest = (entries: 0, errors: 0)
    func add(_ name: String, _ counts: (entries: Int, errors: Int)) {
      entries.append(("service", name, Double(counts.entries)))
      errors.append(("service", name, Double(counts.errors)))
      ratios.append(("service", name, Double(counts.errors) / Double(counts.entries)))
    }
    for (index, counts) in services.enumerated() where counts.entries > 0 {
      if hasSeries[index] {
        add(name(Symbol(number: UInt32(index))), counts)
      } else {
        rest.entries += counts.entries
        rest.errors += counts.errors
      }
    }
    if rest.entries > 0 { add(Self.other, rest) }
    return [
      .run("service_entries_total", "Analysed entries by service.", .counter, entries),
      .run("service_errors_total", "Analysed errors by service.", .counter, errors),
      .run("service_error_ratio", "Errors as a share of the service's entries.", .gauge, ratios),
    ]
  }

  /// Gives series to services that came since the last time, in order of their symbols.
  private mutating func admit(_ services: [(entries: Int, errors: Int)]) {
    while hasSeries.count < services.count { hasSeries.append(false) }
    for index in services.indices.dropFirst(2)
    where services[index].entries > 0 && !hasSeries[index] && admitted < Self.limit {
      hasSeries[index] = true
      admitted += 1
    }
  }
}
