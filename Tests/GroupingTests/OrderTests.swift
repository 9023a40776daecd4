import Bytes
import Grouping
import Model
import Testing

/// The map from shapes to templates is a function of the set of shapes.
@Suite struct OrderTests {
  /// Shapes of random templates with words put into their holes.
  static func shapes(seed: UInt64, count: Int) -> [String] {
    var generator = SeededGenerator(seed: seed)
    let words = (0..<60).map { _ in
      String((0..<5).map { _ in "abcdefghiklmnoprstuvw".randomElement(using: &generator) ?? "a" })
    }
    let values = [
      "<num>", "<ip>", "<*>", "a.b.c", "x_y", "eth<num>", "\"q\"", "[s]", "started", "k=<*>",
    ]
    let bases = (0..<25).map { _ in
      (0..<Int.random(in: 3...9, using: &generator)).map { _ in
        words.randomElement(using: &generator) ?? ""
      }
    }
    var shapes: Set<String> = []
    while shapes.count < count {
      var tokens = bases.randomElement(using: &generator) ?? []
      for _ in 0..<Int.random(in: 0...2, using: &generator) {
        let place = Int.random(in: 0..<tokens.count, using: &generator)
        tokens[place] =
          (Bool.random(using: &generator) ? values : words).randomElement(using: &generator) ?? ""
      }
      shapes.insert(tokens.joined(separator: " "))
    }
    return shapes.sorted()
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func anyOrderGivesTheSameMap(_ seed: UInt64) {
    let shapes = Self.shapes(seed: seed, count: 300)
    let reference = Dictionary(uniqueKeysWithValues: zip(shapes, templates(shapes)))
    #expect(Set(reference.values).count < shapes.count)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<3 {
      let shuffled = shapes.shuffled(using: &generator)
      let found = Dictionary(uniqueKeysWithValues: zip(shuffled, templates(shuffled)))
      #expect(found == reference, "seed \(seed)")
    }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func settlesInBetweenDoNotShowAtTheEnd(_ seed: UInt64) {
    let shapes = Self.shapes(seed: seed, count: 200)
    var miner = TemplateMiner()
    var numbers: [ShapeNumber] = []
    for (index, shape) in shapes.enumerated() {
      numbers.append(miner.insert(Array(shape.utf8).span, kind: .message))
      if index % 3 == 0 { miner.settle() }
    }
    miner.settle(full: true)
    #expect(numbers.map { miner.text(of: miner.template(of: $0)) } == templates(shapes))
  }

  @Test func shardsUnitedGiveTheMapOfOneStream() {
    let shapes = Self.shapes(seed: 9, count: 300)
    let shards = (0..<3).map { shard in shapes.indices.filter { $0 % 3 == shard }.map { shapes[$0] }
    }
    var miner = TemplateMiner()
    for shard in shards {
      for shape in shard + shards[0] { _ = miner.insert(Array(shape.utf8).span, kind: .message) }
    }
    miner.settle(full: true)
    let united = shapes.map { shape in
      let number = miner.insert(Array(shape.utf8).span, kind: .message)
      return miner.text(of: miner.template(of: number))
    }
    #expect(united == templates(shapes))
  }

  @Test(arguments: [UInt64(1), 2])
  func aGroupThatGoesLeadsToOneInUse(_ seed: UInt64) {
    let shapes = Self.shapes(seed: seed, count: 200)
    var miner = TemplateMiner()
    var given: [(ShapeNumber, GroupID)] = []
    for (index, shape) in shapes.enumerated() {
      let number = miner.insert(Array(shape.utf8).span, kind: .message)
      miner.settle(full: index % 50 == 49)
      given.append((number, miner.group(of: number)))
    }
    miner.settle()
    let inUse = Set(given.map { miner.group(of: $0.0) })
    for (_, id) in given { #expect(inUse.contains(miner.current(id)), "seed \(seed)") }
  }
}
