import Bytes
import Testing

@Suite struct TextMarksTests {
  /// What each byte must be, said without registers.
  private func expected(_ text: [UInt8]) -> (delimiters: [Int], stops: [Int]) {
    let delimiters = Set("=,;()[]{}\"'<>|:".utf8)
    let values = Set("0123456789/\\@~".utf8)
    var found: (delimiters: [Int], stops: [Int]) = ([], [])
    for (at, byte) in text.enumerated() {
      let isSpace = byte <= 0x20
      let next = at + 1 < text.count ? text[at + 1] : 0
      if isSpace || delimiters.contains(byte) { found.delimiters.append(at) }
      let isSqueezed = isSpace && (byte != 0x20 || at == 0 || text[at - 1] <= 0x20)
      if values.contains(byte) || isSqueezed || byte == 0x3c || (byte == 0x3a && next > 0x20) {
        found.stops.append(at)
      }
    }
    return found
  }

  private func all(_ count: Int, _ next: (Int) -> Int) -> [Int] {
    var found: [Int] = []
    var at = next(0)
    while at < count {
      found.append(at)
      at = next(at + 1)
    }
    return found
  }

  @Test(arguments: [StructureIndex.Machine.widest, .plain])
  func everyByteIsMarkedAsItsKindSays(_ machine: StructureIndex.Machine) {
    let alphabet = Array(" \t:<=x9/~\u{e9}|A.-".utf8) + Array(0...255)
    let marks = TextMarks()
    var state: UInt64 = 7
    for count in Array(0...200) + [1023, 1024] {
      let text = (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
      }
      marks.scan(text.span, by: machine)
      let expected = expected(text)
      #expect(expected.delimiters == all(count) { marks.delimiter(from: $0) }, "\(text)")
      #expect(expected.stops == all(count) { marks.stop(from: $0) }, "\(text)")
      for at in 0..<count {
        let start = (expected.delimiters.last { $0 < at } ?? -1) + 1
        #expect(start == marks.chunkStart(of: at, from: 0))
        #expect(expected.delimiters.contains(at) == marks.isDelimiter(at))
      }
      var start = 0
      for end in expected.delimiters + [count] {
        let chunk = start..<end
        start = end + 1
        if chunk.isEmpty || chunk.count > 64 { continue }
        var digits: UInt64 = 0
        var values: UInt64 = 0
        for at in chunk {
          let bit = UInt64(1) << UInt64(at - chunk.lowerBound)
          if text[at] >= 0x30, text[at] <= 0x39 { digits |= bit }
          if expected.stops.contains(at) { values |= bit }
        }
        let found = marks.values(from: chunk.lowerBound, count: chunk.count)
        #expect(digits == found.digits, "\(text[chunk])")
        #expect(values == found.values, "\(text[chunk])")
      }
    }
  }

  @Test func copiesNoMoreThanFits() {
    let source = (0..<100).map { UInt8($0) }
    for count in [0, 1, 15, 16, 17, 31, 32, 33, 40, 64, 100] {
      var target = [UInt8](repeating: 255, count: 100)
      var span = target.mutableSpan
      span.copy((100 - count)..<100, of: source.span, at: 100 - count)
      #expect(Array(source.suffix(count)) == Array(target.suffix(count)))
      #expect(target.prefix(100 - count).allSatisfy { $0 == 255 })
    }
  }
}
