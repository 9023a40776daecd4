/// How far the entries of each source have come, and where a source was silent: that is nobody's absence.
///
/// A source was silent where 120 s and ten times its mean gap lie between two of its entries.
/// - Limits: 4,096 sources; those beyond share the last place.
struct SourceClocks: Sendable {
  static let limit = 4096
  static let leastGap: Int64 = 120_000_000_000

  /// Far enough back for no stamp, near enough for differences.
  static let never = Int64.min / 2

  struct Clock: Sendable {
    /// Of its first, its latest entry, and the first after its last silence, in nanoseconds.
    var first = SourceClocks.never
    var last = SourceClocks.never
    var resumed = SourceClocks.never
    var count: Int64 = 0
    /// How often it has been silent.
    var epoch: UInt32 = 0

    @inline(__always)
    mutating func see(_ time: Int64) {
      count &+= 1
      if time <= last { return }
      if time &- last > SourceClocks.leastGap { pause(time) }
      last = time
    }

    @inline(never)
    private mutating func pause(_ time: Int64) {
      if last == SourceClocks.never {
        first = time
        resumed = time
        return
      }
      let mean = (last &- first) / max(1, count)
      guard (time &- last) / 10 > mean else { return }
      resumed = time
      epoch &+= 1
    }
  }

  private var clocks: [Clock] = []

  @inline(__always)
  mutating func see(_ time: Int64, _ source: Int) {
    let at = min(source, Self.limit - 1)
    if at >= clocks.count {
      clocks.append(contentsOf: repeatElement(Clock(), count: at + 1 - clocks.count))
    }
    clocks[at].see(time)
  }

  func epoch(of source: Int) -> UInt32 { self[source].epoch }

  subscript(source: Int) -> Clock {
    let at = min(source, Self.limit - 1)
    return at >= 0 && at < clocks.count ? clocks[at] : Clock()
  }
}
