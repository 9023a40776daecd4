import Bytes
import Correlation
import Model
import Testing

@Suite("Change markers")
struct ChangeMarkersTests {
  private func record(
    _ markers: inout ChangeMarkers, at second: Int64, action: String? = nil,
    category: Category = .system, message: String = "m", boot: UInt32 = 0, host: UInt32 = 0,
    flags: EntryFlags = .change
  ) {
    let batch = Batch(inputCapacity: 8192, sideCapacity: 64)
    func range(_ text: String) -> ByteRange {
      ByteRange(batch.arenas.input.append(text) ?? 0, count: text.utf8.count)
    }
    var entry = Entry()
    entry.time = Timestamp(seconds: second)
    entry.message = range(message)
    entry.flags = flags
    entry.category = category
    entry.boot = boot
    entry.host = Symbol(number: host)
    if let action {
      batch.fields = [Field(WellKnownField.eventAction.name, range(action))]
      entry.captureCount = 1
    }
    markers.record(entry, of: batch)
  }

  private func all(_ markers: borrowing ChangeMarkers) -> [ChangeMarker] {
    markers.changes(from: Timestamp(seconds: 0), to: Timestamp(seconds: 10_000))
  }

  @Test(
    "tell their kind by the action",
    arguments: [
      ("deployment_started", .deployment), ("release", .deployment), ("boot", .boot),
      ("reboot", .boot), ("service_restarted", .restart), (nil, .restart), ("", .restart),
    ] as [(String?, ChangeMarker.Kind)])
  func kinds(action: String?, expected: ChangeMarker.Kind) {
    var markers = ChangeMarkers()
    record(&markers, at: 1, action: action)
    #expect(all(markers).map(\.kind) == [expected])
  }

  @Test("the category tells a deployment; an entry that is no change tells nothing")
  func category() {
    var markers = ChangeMarkers()
    record(&markers, at: 1, category: .deployment)
    record(&markers, at: 2, flags: [])
    #expect(all(markers).map(\.kind) == [.deployment])
  }

  @Test("a host's boot is a change once, not its first and not when stragglers come")
  func boots() {
    var markers = ChangeMarkers()
    for (second, boot, host) in [(1, 7, 1), (2, 7, 1), (3, 8, 1), (4, 7, 1), (5, 8, 1), (6, 9, 2)] {
      record(&markers, at: Int64(second), boot: UInt32(boot), host: UInt32(host), flags: [])
    }
    #expect(all(markers).map(\.at) == [Timestamp(seconds: 3)])
    #expect(all(markers).map(\.kind) == [.boot])
  }

  @Test("are bounded, latest first, within the span asked for")
  func bounds() {
    var markers = ChangeMarkers(limit: 3)
    for second in [1, 2, 5, 4, 3] { record(&markers, at: Int64(second), message: "m\(second)") }
    #expect(all(markers).map(\.message) == ["m5", "m4", "m3"])
    #expect(markers.evicted == 2)
    let some = markers.changes(from: Timestamp(seconds: 4), to: Timestamp(seconds: 4))
    #expect(some.map(\.message) == ["m4"])
  }

  @Test("cut a long text between characters")
  func longText() {
    var markers = ChangeMarkers()
    record(&markers, at: 1, message: "x" + String(repeating: "é", count: 500))
    let text = all(markers)[0].message
    #expect(text == "x" + String(repeating: "é", count: 119))
  }
}
