internal import Model

/// What was counted of one shape.
struct ShapeRecord {
  var count = 0
  var firstSeen = Timestamp.unknown
  var lastSeen = Timestamp.unknown
  var severity = Severity.unknown
  /// Of the first entry with the worst severity that had one.
  var category = Category.other
  var kind = GroupKind.message
  var services = SymbolCounts<8>()
  var hosts = SymbolCounts<4>()
  /// Of its exemplars in the store, or -1.
  var exemplars: Int32 = -1
  private var contexts: InlineArray<4, UInt64> = .init(repeating: 0)
  private var nextContext: UInt8 = 0

  /// A word at its start, middle and end.
  @inline(__always)
  var touch: Int { count &+ Int(services.others) &+ Int(exemplars) }

  @inline(__always)
  mutating func take(_ entry: Entry) {
    count &+= 1
    if entry.time.isKnown {
      if lastSeen < entry.time { lastSeen = entry.time }
      if entry.time < firstSeen || !firstSeen.isKnown { firstSeen = entry.time }
    }
    if entry.severity > severity {
      severity = entry.severity
      if entry.category != .other { category = entry.category }
    } else if category == .other {
      category = entry.category
    }
    services.add(entry.service)
    hosts.add(entry.host)
    if entry.context != 0 { note(entry.context) }
  }

  /// Counts an entry that was taken so many times more.
  mutating func takeMore(_ entry: Entry, times: Int) {
    count &+= times
    services.addMore(entry.service, times: times)
    hosts.addMore(entry.host, times: times)
  }

  @inline(__always)
  private mutating func note(_ context: UInt64) {
    let last = Int((nextContext &- 1) & 3)
    if contexts[last] == context { return }
    contexts[Int(nextContext)] = context
    nextContext = (nextContext &+ 1) & 3
  }

  /// Adds what is known of the shape to what is known of its group.
  func add(to group: inout GroupBrief) {
    group.count += count
    if severity > group.severity {
      group.severity = severity
      if category != .other { group.category = category }
    } else if group.category == .other {
      group.category = category
    }
    if lastSeen > group.lastSeen { group.lastSeen = lastSeen }
  }

  /// The latest contexts, latest first.
  var latestContexts: [UInt64] {
    (0..<4).map { contexts[Int((nextContext &- 1 &- UInt8($0)) & 3)] }.filter { $0 != 0 }
  }
}
