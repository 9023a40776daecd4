internal import Model

/// Words beside a bare number that say that it measures something.
enum QuantityWords {
  private static let durations: Set<String> = [
    "took", "elapsed", "duration", "latency", "time", "rt", "urt", "took_ms", "elapsed_ms",
    "duration_ms", "latency_ms", "delay", "wait", "waited", "lag", "uptime", "rtt", "runtime",
  ]
  /// What is counted: such a word stands before its number or behind it.
  private static let things: Set<String> = [
    "bytes", "rows", "records", "entries", "items", "messages", "requests", "connections",
    "clients", "sessions", "threads", "retries", "attempts", "errors", "failures", "events",
    "samples", "pending",
  ]
  /// Before the number.
  private static let counts = things.union([
    "size", "len", "length", "count", "total", "queue", "depth", "backlog", "active", "idle",
    "waiting", "used", "free", "load", "conns", "misses", "hits", "dropped", "lost", "received",
    "sent", "read", "written", "processed", "affected", "offset", "temperature", "usage",
    "utilization", "memory", "heap", "rss", "watermark", "batch", "qps", "rps",
  ])
  /// Behind the number.
  private static let units = things.union([
    "percent", "keys", "orders", "files", "packets", "objects", "changes",
  ])

  /// What a number behind this word measures, or nil.
  static func measure(_ word: [UInt8]) -> Measure? {
    guard !word.isEmpty else { return nil }
    let text = String(decoding: word, as: UTF8.self).lowercased()
    if durations.contains(text) || text.hasSuffix("_ms") || text.hasSuffix("_seconds") {
      return .number
    }
    return counts.contains(text) || text.hasSuffix("_bytes") || text.hasSuffix("_count")
      ? .number : nil
  }

  static func measureOfUnit(_ word: [UInt8]) -> Measure? {
    if word == [0x25] { return .number }
    guard !word.isEmpty else { return nil }
    return units.contains(String(decoding: word, as: UTF8.self).lowercased()) ? .number : nil
  }
}
