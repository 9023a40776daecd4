import Bytes
import Model
import Testing

@testable import Grouping

/// Shapes over restarts: a run that knows those of earlier ones has their groups.
@Suite struct KeptShapesTests {
  private static let texts = [
    "user alice logged in from <ip>", "user bob logged in from <ip>",
    "user carol logged in from <ip>", "user dave logged in from <ip>",
    "disk <path> is full", "job <num> took <duration>",
  ]

  private static func registry(_ texts: [String]) -> (GroupRegistry, [ShapeNumber]) {
    var registry = GroupRegistry()
    registry.keepTexts()
    var numbers: [ShapeNumber] = []
    for text in texts {
      let bytes = Array(text.utf8)
      let number = registry.insert(bytes.span, kind: .message)
      if number.index == numbers.count + 1 { numbers.append(number) }
      var record = ShapeRecord()
      record.firstSeen = Timestamp(seconds: Int64(100 + number.index))
      record.lastSeen = Timestamp(seconds: Int64(900 - number.index))
      record.severity = .error
      record.services.add(Symbol(number: 5))
      registry.records[number.index] = record
    }
    registry.learn(numbers.map { ($0, 10 * $0.index) })
    registry.settle(.reference)
    return (registry, numbers)
  }

  private static var names: KeptNames {
    KeptNames(
      place: { $0.index == 5 ? 0 : nil }, symbol: { $0 == 0 ? Symbol(number: 3) : nil })
  }

  @Test func oneShapeOfAnOldGroupIsEnough() throws {
    let (before, numbers) = Self.registry(Self.texts)
    var after = GroupRegistry()
    after.keepTexts()
    for number in before.keptShapes(limit: 100) {
      #expect(after.resume(before.keep(number, Self.names), Self.names)?.index == number)
    }
    after.settle(.reference)
    for number in numbers { #expect(after.group(of: number) == before.group(of: number)) }
    // Another user: the group is the old one, under its old id, and was first seen then.
    let bytes = Array("user erin logged in from <ip>".utf8)
    let new = after.insert(bytes.span, kind: .message)
    after.settle(.phases)
    #expect(after.group(of: new) == before.group(of: numbers[0]))
    let profile = try #require(after.profile(of: after.group(of: new)) { _ in "" })
    #expect(profile.count == 0)
    #expect(profile.earlier == 10 + 20 + 30 + 40)
    #expect(profile.firstSeen == Timestamp(seconds: 101))
    #expect(profile.lastSeen == Timestamp(seconds: 899))
    #expect(profile.services == [Symbol(number: 3)])
    #expect(after.profiles { _ in "" }.isEmpty, "groups without entries in this run are not listed")
  }

  @Test func onlyTheLatestAreKept() {
    let (registry, _) = Self.registry(Self.texts)
    #expect(registry.keptShapes(limit: 2) == [1, 2])
    #expect(registry.keptShapes(limit: 0) == [])
  }

  @Test func damagedShapesAreLeftOut() {
    let (before, _) = Self.registry(Self.texts)
    var kept = before.keep(1, Self.names)
    kept.bytes[kept.bytes.count - 1] ^= 1
    var after = GroupRegistry()
    #expect(after.resume(kept, Self.names) == nil)
    #expect(after.shapeCount == 1)
  }
}
