import Correlation
import Model
import Testing

@Suite("The memory of contexts")
struct ContextMemoryTests {
  private func entry(
    _ second: Int64, service: UInt32 = 1, severity: Severity = .info, context: UInt64 = 0,
    host: UInt32 = 0
  ) -> Entry {
    var entry = Entry()
    entry.time = Timestamp(seconds: second)
    entry.service = Symbol(number: service)
    entry.host = Symbol(number: host)
    entry.severity = severity
    entry.context = context
    return entry
  }

  private func shapes(
    _ memory: borrowing ContextMemory, before second: Int64, service: UInt32? = nil,
    contexts: [UInt64] = [], host: UInt32? = nil, limit: Int = 10, excluded: Int = -1
  ) -> [Int] {
    var question = ContextMemory.Question(before: Timestamp(seconds: second), limit: limit)
    question.service = service.map { Symbol(number: $0) }
    question.host = host.map { Symbol(number: $0) }
    question.contexts = contexts
    let found = memory.preceding(
      question, isRare: { $0.index % 2 == 0 }, isExcluded: { $0.index == excluded })
    return found.map(\.shape.index)
  }

  @Test("warnings and errors come first, then what is rare, latest first")
  func order() {
    var memory = ContextMemory()
    memory.record(entry(10, severity: .warning), shape: ShapeNumber(index: 3))
    memory.record(entry(11), shape: ShapeNumber(index: 2))
    memory.record(entry(12), shape: ShapeNumber(index: 5))
    memory.record(entry(13, severity: .error), shape: ShapeNumber(index: 7))
    memory.record(entry(14), shape: ShapeNumber(index: 4))
    memory.record(entry(15, service: 2, severity: .error), shape: ShapeNumber(index: 9))
    #expect(shapes(memory, before: 20, service: 1) == [7, 3, 4, 2])
    #expect(shapes(memory, before: 20, service: 1, limit: 2) == [7, 3])
    #expect(shapes(memory, before: 13, service: 1) == [3, 2])
    #expect(shapes(memory, before: 20, service: 1, excluded: 7) == [3, 4, 2])
    #expect(shapes(memory, before: 20, service: 3) == [])
    #expect(shapes(memory, before: 2000, service: 1) == [])
  }

  @Test("a flood of one message washes nothing out")
  func flood() {
    var memory = ContextMemory()
    memory.record(entry(1, severity: .warning), shape: ShapeNumber(index: 1))
    for second in 2..<500 {
      memory.record(entry(Int64(second), severity: .error), shape: ShapeNumber(index: 2))
      memory.record(entry(Int64(second)), shape: ShapeNumber(index: second))
    }
    #expect(shapes(memory, before: 2, service: 1) == [1])
    #expect(shapes(memory, before: 3, service: 1) == [2, 1])
  }

  @Test("an id reaches over services, a host over ids")
  func idsAndHosts() {
    var memory = ContextMemory()
    memory.record(entry(1, service: 1, context: 9, host: 1), shape: ShapeNumber(index: 2))
    memory.record(
      entry(2, service: 2, severity: .error, context: 9, host: 1), shape: ShapeNumber(index: 3))
    #expect(shapes(memory, before: 5, contexts: [9, 8]) == [3, 2])
    #expect(shapes(memory, before: 5, host: 1) == [3])
    #expect(memory.contexts(of: ShapeNumber(index: 3)) == [9])
    #expect(memory.contexts(of: ShapeNumber(index: 2)) == [])
  }

  @Test("keeps the latest four ids of an error, each once")
  func errorIDs() {
    var memory = ContextMemory()
    for context in [1, 2, 2, 3, 2, 4, 5] as [UInt64] {
      memory.record(entry(1, severity: .error, context: context), shape: ShapeNumber(index: 1))
    }
    #expect(memory.contexts(of: ShapeNumber(index: 1)).prefix(3) == [5, 4, 2])
    #expect(memory.contexts(of: ShapeNumber(index: 1)).count <= 4)
  }

  @Test("is bounded, and counts what it forgets")
  func bounds() {
    var limits = ContextMemory.Limits()
    limits.ids = 3
    limits.services = 2
    var memory = ContextMemory(limits: limits)
    for number in 1...10 {
      memory.record(
        entry(Int64(number), service: UInt32(number), severity: .info, context: UInt64(number)),
        shape: ShapeNumber(index: number * 2))
    }
    #expect(memory.evictedContexts == 7 + 8)
    #expect(shapes(memory, before: 100, contexts: [1, 7, 8]) == [16])
    #expect(shapes(memory, before: 100, service: 10) == [20])
    #expect(shapes(memory, before: 100, service: 8) == [])
  }

  @Test("does not remember what has no time")
  func noTime() {
    var memory = ContextMemory()
    var timeless = entry(1, severity: .error)
    timeless.time = .unknown
    memory.record(timeless, shape: ShapeNumber(index: 2))
    #expect(shapes(memory, before: 100, service: 1) == [])
  }
}
