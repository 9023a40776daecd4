import Testing

@testable import Grouping

@Suite struct NumberTableTests {
  @Test func findsWhatWasNotedWhateverElseHasItsHash() {
    var table = NumberTable()
    // Ten numbers to a hash.
    func hash(_ number: Int) -> UInt64 { UInt64(number / 10) &* 0x9e37_79b9_7f4a_7c15 }
    for number in 0..<5000 { table.insert(number, under: hash(number)) { hash($0) } }
    for number in 0..<5000 {
      #expect(table.first(hash(number)) { $0 == number } == number)
    }
    #expect(table.first(hash(7)) { $0 == 17 } == nil)
    #expect(table.first(hash(6000)) { _ in true } == nil)
  }

  @Test func whatNobodyWantsLeavesWhenItGrows() {
    var table = NumberTable()
    for number in 0..<1000 {
      table.insert(number, under: UInt64(number)) { $0 >= 500 ? UInt64($0) : nil }
    }
    #expect(table.first(3) { $0 == 3 } == nil)
    #expect(table.first(700) { $0 == 700 } == 700)
  }

  @Test func growsByAQuarter() {
    var numbers: [Int] = []
    for number in 0..<20_000 { numbers.appendTightly(number) }
    #expect(numbers == Array(0..<20_000))
    #expect(numbers.capacity < 27_000)
  }
}
