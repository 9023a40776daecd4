import Bytes
import Grouping
import Model
import Testing

@Suite struct GroupRegistryTests {
  private func entry(_ message: String, at second: Int64, in batch: Batch) -> Entry {
    var entry = Entry()
    entry.time = Timestamp(seconds: second)
    if let offset = batch.arenas.input.append(message) {
      entry.message = ByteRange(offset, count: message.utf8.count)
    }
    return entry
  }

  private func place(_ place: EntryPlace) -> String { "\(place.source):\(place.line)" }

  @Test func aGroupIsTheSumOfItsShapes() throws {
    let batch = Batch(inputCapacity: 4096, sideCapacity: 1024)
    batch.firstLine = 10
    var registry = GroupRegistry()
    let one = registry.insert(Array("put the <num> aside now".utf8).span, kind: .message)
    let two = registry.insert(Array("put the apple aside now".utf8).span, kind: .message)
    registry.settle()
    for second in 1...3 {
      var entry = entry("put the \(second) aside now", at: Int64(second), in: batch)
      entry.service = Symbol(number: 4)
      entry.host = Symbol(number: 9)
      entry.line = UInt32(second)
      registry.record(one, entry, in: batch)
    }
    var error = entry("put the apple aside now", at: 9, in: batch)
    error.severity = .error
    error.category = .database
    error.service = Symbol(number: 5)
    error.context = 77
    registry.record(two, error, in: batch)
    let profile = try #require(registry.profile(of: registry.group(of: one), reference: place))
    #expect(profile.count == 4)
    #expect(profile.severity == .error)
    #expect(profile.category == .database)
    #expect(profile.services == [Symbol(number: 4), Symbol(number: 5)])
    #expect(profile.firstSeen == Timestamp(seconds: 1))
    #expect(profile.lastSeen == Timestamp(seconds: 9))
    #expect(profile.exemplars.map(\.reference) == ["0:11", "0:12", "0:10"])
    #expect(profile.reference.template == "put the <*> aside now")
    #expect(registry.hosts(of: registry.group(of: two)) == [Symbol(number: 9)])
    #expect(registry.contexts(of: registry.group(of: one)) == [77])
  }

  @Test func theLastErrorIsKept() throws {
    let batch = Batch(inputCapacity: 4096, sideCapacity: 1024)
    var registry = GroupRegistry()
    let shape = registry.insert(Array("broken <num>".utf8).span, kind: .message)
    registry.settle()
    for second in 1...5 {
      var error = entry("broken \(second)", at: Int64(second), in: batch)
      error.severity = .error
      registry.record(shape, error, in: batch)
    }
    let profile = try #require(registry.profile(of: registry.group(of: shape), reference: place))
    #expect(profile.exemplars.map(\.message) == ["broken 1", "broken 2", "broken 5"])
  }

  @Test(arguments: [UInt64(31), 32])
  func countsSumToTheRecordedEntries(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let shapes = OrderTests.shapes(seed: seed, count: 150)
    let batch = Batch(inputCapacity: 1 << 20, sideCapacity: 1024)
    var registry = GroupRegistry(shapeLimit: 100)
    for round in 0..<2000 {
      guard let text = shapes.randomElement(using: &generator) else { continue }
      let shape = registry.insert(Array(text.utf8).span, kind: .message)
      registry.record(shape, entry(text, at: Int64(round), in: batch), in: batch)
      if round % 40 == 0 { registry.settle() }
    }
    registry.settle(full: true)
    let profiles = registry.profiles(reference: place)
    #expect(profiles.reduce(0) { $0 + $1.count } == 2000, "seed \(seed)")
    #expect(registry.recorded == 2000)
    #expect(profiles.contains { $0.reference.template == "<overflow>" })
    #expect(profiles.map(\.count) == profiles.map(\.count).sorted(by: >))
    #expect(Set(profiles.map(\.reference.id)).count == profiles.count)
  }

  @Test func messagesAreCutBetweenCharacters() throws {
    let batch = Batch(inputCapacity: 8192, sideCapacity: 1024)
    var registry = GroupRegistry()
    let shape = registry.insert(Array("long".utf8).span, kind: .message)
    registry.settle()
    let message = "a" + String(repeating: "é", count: 2000)
    registry.record(shape, entry(message, at: 1, in: batch), in: batch)
    let profile = try #require(registry.profile(of: registry.group(of: shape), reference: place))
    #expect(profile.exemplars[0].message == "a" + String(repeating: "é", count: 511))
  }
}
