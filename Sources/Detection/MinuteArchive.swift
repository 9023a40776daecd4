package import Model

/// Counts entries by minute, service and shape for input in any order: all minutes stay open.
///
/// - Layout: two small tables for each minute that has entries.
/// - Limits: `limit` counters in all (4 million, some 100 MB); beyond it `add` refuses new ones, and the
///   caller counts the entry as late.
package struct MinuteArchive: Sendable {
  private struct Bin: Sendable {
    var entries = 0
    var errors = 0
    /// By symbol number: entries and errors.
    var services: [UInt32: (entries: Int, errors: Int)] = [:]
    var shapes: [Int: Int] = [:]
  }

  private var bins: [Int64: Bin] = [:]
  private var used = 0
  private let limit: Int

  package init(limit: Int = 4_000_000) { self.limit = limit }

  /// Counts an entry; false where there is no room for a counter that it needs.
  package mutating func add(
    service: Symbol, shape: ShapeNumber, isError: Bool, minute: Minute
  ) -> Bool {
    var bin = bins.removeValue(forKey: minute.number) ?? Bin()
    let isNew = bin.shapes[shape.index] == nil || bin.services[service.number] == nil
    let fits = !isNew || used < limit
    if fits {
      if isNew { used += 1 }
      bin.entries += 1
      bin.errors += isError ? 1 : 0
      bin.shapes[shape.index, default: 0] += 1
      let known = bin.services[service.number] ?? (0, 0)
      bin.services[service.number] = (known.entries + 1, known.errors + (isError ? 1 : 0))
    }
    bins[minute.number] = bin
    return fits
  }

  /// Counts an entry that was added so many times more.
  package mutating func addMore(
    service: Symbol, shape: ShapeNumber, isError: Bool, minute: Minute, times: Int
  ) {
    guard var bin = bins.removeValue(forKey: minute.number) else { return }
    bin.entries += times
    bin.errors += isError ? times : 0
    bin.shapes[shape.index, default: 0] += times
    let known = bin.services[service.number] ?? (0, 0)
    bin.services[service.number] = (known.entries + times, known.errors + (isError ? times : 0))
    bins[minute.number] = bin
  }

  /// All minutes that hold entries, in order.
  package var minutes: [Minute] { bins.keys.sorted().map { Minute(number: $0) } }

  package func entries(in minute: Minute) -> Int { bins[minute.number]?.entries ?? 0 }

  /// Ends a minute and hands out what was counted in it.
  package mutating func close(_ minute: Minute) -> MinuteTally {
    var tally = MinuteTally(minute: minute)
    guard let bin = bins.removeValue(forKey: minute.number) else { return tally }
    tally.entries = bin.entries
    tally.errors = bin.errors
    tally.services = bin.services.sorted { $0.key < $1.key }.map {
      MinuteFacts.ServiceCounts(
        service: Symbol(number: $0.key), entries: $0.value.entries, errors: $0.value.errors)
    }
    tally.shapes = bin.shapes.sorted { $0.key < $1.key }.map {
      (ShapeNumber(index: $0.key), $0.value)
    }
    return tally
  }
}
