import Bytes
import Grouping
import Model
import Testing

/// Templates generalise as shapes come; what was given out before stays good.
@Suite struct LineageTests {
  private static let efforts: [TemplateMiner.Effort] = [.names, .phases, .reference]

  /// Entries of random shapes, with settles of random effort in between and exceptions among them.
  @Test(arguments: [UInt64(71), 72, 73, 74])
  func countsMoveAndNothingIsLostOrCountedTwice(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let shapes = OrderTests.shapes(seed: seed, count: 160)
    let exceptions = (0..<6).map { "a.B\($0 % 2)Error <- a.b\n" + shapes[$0] }
    let batch = Batch(inputCapacity: 1 << 16, sideCapacity: 1024)
    var registry = GroupRegistry()
    var given: Set<GroupID> = []
    var recorded = 0
    var counts: [ShapeNumber: Int] = [:]
    for step in 0..<1500 {
      let isException = Int.random(in: 0..<12, using: &generator) == 0
      let text = (isException ? exceptions : shapes).randomElement(using: &generator) ?? ""
      let shape = registry.insert(Array(text.utf8).span, kind: isException ? .exception : .message)
      registry.record(shape, Entry(), in: batch)
      recorded += 1
      counts[shape, default: 0] += 1
      guard step % 29 == 0 else { continue }
      registry.settle(Self.efforts.randomElement(using: &generator) ?? .phases)
      for shape in counts.keys { given.insert(registry.group(of: shape)) }
      let sum = registry.profiles { _ in "" }.reduce(0) { $0 + $1.count }
      #expect(sum == recorded, "seed \(seed), step \(step)")
    }
    registry.settle(.reference)
    let profiles = registry.profiles { _ in "" }
    let inUse = Set(profiles.map(\.reference.id))
    #expect(profiles.reduce(0) { $0 + $1.count } == recorded, "seed \(seed)")
    // Each group's count is that of its shapes, and each id ever given out leads to one in use.
    for profile in profiles {
      let own = counts.filter { registry.group(of: $0.key) == profile.reference.id }
      #expect(profile.count == own.values.reduce(0, +), "seed \(seed)")
    }
    for id in given {
      #expect(inUse.contains(registry.miner.current(id)), "seed \(seed)")
      #expect(registry.profile(of: id) { _ in "" } != nil, "seed \(seed)")
    }
    // An alias leads from what is not in use to what is.
    for alias in registry.miner.aliases where given.contains(alias.from) {
      #expect(!inUse.contains(alias.from), "seed \(seed)")
      #expect(inUse.contains(alias.to), "seed \(seed)")
    }
  }

  @Test(arguments: [UInt64(81), 82, 83])
  func threeShardsInAnyOrderGiveTheMapOfOneStream(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let shapes = OrderTests.shapes(seed: seed, count: 240)
    let reference = Dictionary(uniqueKeysWithValues: zip(shapes, templates(shapes)))
    // Overlapping shards, each settled by itself before their shapes are united.
    let shards = (0..<3).map { shard in
      shapes.filter { _ in Int.random(in: 0..<3, using: &generator) != shard }
    }
    let left = shapes.filter { shape in !shards.contains { $0.contains(shape) } }
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
      var united = TemplateMiner()
      for shard in order {
        let (own, _) = settled(shards[shard])
        #expect(own.templateCount > 0)
        for shape in shards[shard].shuffled(using: &generator) {
          _ = united.insert(Array(shape.utf8).span, kind: .message)
        }
        united.settle()
      }
      for shape in left { _ = united.insert(Array(shape.utf8).span, kind: .message) }
      united.settle(full: true)
      for shape in shapes {
        let number = united.insert(Array(shape.utf8).span, kind: .message)
        #expect(united.text(of: united.template(of: number)) == reference[shape], "seed \(seed)")
      }
    }
  }

  @Test func manyMessagesUnderOneExceptionStayOneGroup() throws {
    var registry = GroupRegistry()
    let batch = Batch(inputCapacity: 1 << 16, sideCapacity: 1024)
    let words = (0..<100).map {
      "w\(UnicodeScalar(UInt8(97 + $0 % 26)))\(UnicodeScalar(UInt8(97 + $0 / 26)))"
    }
    for word in words {
      let text = "a.BError <- a.b\nno \(word) here"
      let shape = registry.insert(Array(text.utf8).span, kind: .exception)
      registry.record(shape, Entry(), in: batch)
    }
    registry.settle(.reference)
    let profile = try #require(registry.profiles { _ in "" }.first)
    #expect(registry.profiles { _ in "" }.count == 1)
    #expect(profile.count == 100)
    #expect(profile.kind == .exception)
    #expect(profile.reference.template == "a.BError <- a.b")
    #expect(profile.messages.reduce(0) { $0 + $1.count } == 100)
    #expect(profile.messages.contains { $0.template == "no <*> here" && $0.count == 32 })
  }

  /// A message that reads like a name a user's rule gives is generalised with others; the named group stays what it is.
  @Test(arguments: [false, true])
  func aNamedGroupOutlivesAMessageThatReadsAlike(_ isNamedLast: Bool) {
    var miner = TemplateMiner()
    let words = ["apple", "cherry", "plum", "grape", "lemon", "melon"]
    let own = Array("put the apple aside now".utf8)
    let named = [TemplateMiner.namedMark] + own
    let id = GroupID(template: own.span)
    if !isNamedLast { _ = miner.insert(named.span, kind: .message) }
    let alike = miner.insert(own.span, kind: .message)
    miner.settle()
    #expect(miner.group(of: alike) == id)
    for word in words {
      _ = miner.insert(Array("put the \(word) aside now".utf8).span, kind: .message)
    }
    miner.settle()
    #expect(miner.text(of: miner.template(of: alike)) == "put the <*> aside now")
    let number = miner.insert(named.span, kind: .message)
    #expect(miner.group(of: number) == id)
    #expect(miner.current(id) == id)
    #expect(miner.merges.contains { $0.from == id } == isNamedLast)
  }

  @Test func aNamedGroupIsNeverMined() {
    var miner = TemplateMiner()
    let names = ["apple", "cherry", "plum", "grape", "lemon", "melon"]
    let numbers = names.map {
      miner.insert(Array("\u{1}put the \($0) aside now".utf8).span, kind: .message)
    }
    miner.settle(full: true)
    #expect(Set(numbers.map { miner.group(of: $0) }).count == names.count)
    let own = Array("put the plum aside now".utf8)
    #expect(miner.group(of: numbers[2]) == GroupID(template: own.span))
  }
}
