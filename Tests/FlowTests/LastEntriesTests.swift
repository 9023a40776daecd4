import Bytes
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

  /// Its fields' values are copied where its batch is gone, also over several echoes.
  @Test(arguments: [1, 2, 3, 5])
  func theSignalOfWhatCameAgainIsKept(_ size: Int) {
    let words = Array("192.0.2.7".utf8)
    var memory = LastEntries()
    let hosts: [(host: UInt32, isEcho: Bool)] = [
      (1, false), (2, false), (1, true), (2, false), (1, true),
    ]
    var observed: [String] = []
    for from in stride(from: 0, to: hosts.count, by: size) {
      let batch = Batch(inputCapacity: 4096, sideCapacity: 4096)
      for (host, isEcho) in hosts[from..<min(from + size, hosts.count)] {
        var entry = Self.entry(host, 7, isEcho: isEcho)
        if isEcho { entry.flags.insert(.repeated) }
        if host == 1, !isEcho {
          entry.signal = .refusedLogin
          entry.fieldStart = UInt32(batch.fields.count)
          entry.fieldCount = 1
          batch.fields.append(
            Field(FieldName(number: 3), batch.arenas.keep(words.span) ?? .empty))
        }
        batch.entries.append(entry)
        guard isEcho else { continue }
        let at = batch.entries.count - 1
        let kept = memory.signal(before: at, in: batch.entries, of: batch)
        let scratch = Batch(inputCapacity: 4096, sideCapacity: 8192)
        kept?.place(in: scratch, for: entry, of: batch)
        observed += scratch.fields.map { scratch.arenas.text($0.value) }
      }
      memory.keep(batch)
    }
    #expect(observed == ["192.0.2.7", "192.0.2.7"])
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
