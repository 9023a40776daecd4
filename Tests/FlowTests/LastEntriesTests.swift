import Flow
import Model
import Testing

@Suite struct LastEntriesTests {
  private static func entry(_ host: UInt32, _ mask: UInt32, isEcho: Bool = false) -> Entry {
    var entry = Entry()
    entry.host = Symbol(number: host)
    entry.mask = mask
    entry.format = .syslog
    entry.isEcho = isEcho
    return entry
  }

  /// What the host of the last entry said last, with the entries divided into batches of `size`.
  private static func last(_ entries: [Entry], size: Int, first: Int = 0) -> UInt32? {
    var memory = LastEntries()
    var from = 0
    while true {
      let batch = Batch(inputCapacity: 64, sideCapacity: 64)
      batch.firstEntry = first
      let end = min(from + size, entries.count)
      batch.entries =
        Array(repeating: Self.entry(9, 99), count: first) + Array(entries[from..<end])
      if end == entries.count {
        return memory.last(before: batch.entries.count - 1, in: batch.entries, of: batch)?.mask
      }
      memory.keep(batch)
      from = end
    }
  }

  @Test(arguments: [1, 2, 7, 300, 1000])
  func theDivisionIntoBatchesPlaysNoPart(_ size: Int) {
    let others = Array(repeating: Self.entry(2, 5), count: LastEntries.reach - 2)
    let echo = Self.entry(1, 0, isEcho: true)
    for (expected, entries): (UInt32?, [Entry]) in [
      (7, [Self.entry(1, 6), Self.entry(1, 7), Self.entry(2, 8), echo]),
      (7, [Self.entry(1, 7)] + others + [echo]),
      (nil, [Self.entry(1, 7), Self.entry(2, 5), Self.entry(2, 5)] + others + [echo]),
      (nil, [echo, echo]),
      (3, [Self.entry(1, 3), Self.entry(3, 4), echo]),
    ] {
      #expect(expected == Self.last(entries, size: size))
      #expect(expected == Self.last(entries, size: size, first: 3))
    }
  }

  @Test func anEchoIsWhatTheLastEntryWas() {
    var last = Self.entry(1, 7)
    last.service = Symbol(number: 4)
    last.severity = .error
    last.flags.insert(.filtered)
    var echo = Self.entry(1, 0, isEcho: true)
    echo.weight = 5
    echo.flags.insert(.repeated)
    var lost = echo
    echo.echo(last)
    #expect(echo.mask == 7 && echo.service.number == 4 && echo.severity == .error)
    #expect(echo.flags == [.filtered, .repeated] && echo.weight == 5)
    lost.echo(nil)
    #expect(lost.flags == [] && lost.weight == 1)
  }
}
