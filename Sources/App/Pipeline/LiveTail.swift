internal import Model

/// Tells whether a quiet source is live, so that the edge's clock may close its minutes: its last
/// entries were of the present. An archive read through a slow pipe is not.
struct LiveTail {
  private static let near: Int64 = 300_000_000_000
  private var wasLive = false
  private var hasNewEntries = true

  mutating func noteEntries() { hasNewEntries = true }

  mutating func isLive(watermark: Timestamp, now: Timestamp) -> Bool {
    guard watermark.isKnown else { return false }
    if hasNewEntries {
      hasNewEntries = false
      wasLive = abs(now.nanoseconds &- watermark.nanoseconds) <= Self.near
    }
    return wasLive
  }
}
