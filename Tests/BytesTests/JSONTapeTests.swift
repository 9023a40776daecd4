import Bytes
import Testing

@Suite struct JSONTapeTests {
  @Test(arguments: [
    "{}", "[]", "1", "\"a\"", "null", "{\"a\":[1,{\"b\":{}}],\"c\":\"\\u00e9\\n\"}", " [ 1 , 2 ] ",
    "{\"a\":1,}", "[1,]", "{,}", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{a:1}", "{} {}", "",
    "[1 2]", "{\"a\":01}", "\"\\q\"", "\"a\nb\"", "tru", "nulll", "[", "{\"a\":[}", "]",
    "{\"a\":1]",
    "[1}", "\"", "\"\\", "-", "{\"a\":tru}", "[[[[]]]]", "[\"a\",\"b\"", "{\"\":\"\"}",
  ])
  func agreesWithSimdjson(text: String) {
    let bytes = Array(text.utf8)
    let tape = JSONTape()
    let isValid = tape.read(bytes.span) == .valid
    let accepts = bytes.span.simdjsonAccepts
    #expect(isValid == accepts, "\(text)")
  }

  @Test func agreesWithSimdjsonOnMutations() {
    let seed: UInt64 = 0x7a9e_2026
    var state = seed
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let texts = [
      #"{"a":"b\\\"c","d":[1,2.5,-3,true,false,null,{"e":{"f":"g"}}],"h":{},"i":[],"j":"\u00e9"}"#,
      #"[{"time":"2026-03-01T09:30:00Z","level":30},"x",[[],[[]]],0,{"k":"v"}]"#,
    ]
    let alphabet = Array("\"\\{}[]:, \n\t0123456789-+.aeEtfnu/x\u{e9}".utf8)
    let tape = JSONTape()
    var valid = 0
    for round in 0..<60_000 {
      var bytes = Array(texts[round % texts.count].utf8)
      for _ in 0...random(3) {
        let at = random(bytes.count)
        switch random(4) {
        case 0: bytes[at] = alphabet[random(alphabet.count)]
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(alphabet[random(alphabet.count)], at: at)
        default: bytes.swapAt(at, random(bytes.count))
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      guard bytes.span.isValidUTF8 else { continue }
      let isValid = tape.read(bytes.span) == .valid
      if isValid { valid += 1 }
      let accepts = bytes.span.simdjsonAccepts
      #expect(isValid == accepts, "seed \(seed), round \(round): \(String(bytes.span))")
    }
    #expect(valid > 1000, "too few mutations stayed valid to mean anything")
  }

  @Test func noteWhereValuesStand() {
    let bytes = Array(#"{"a":{"b":[1,"x"]},"c":null}"#.utf8)
    let tape = JSONTape()
    let verdict = tape.read(bytes.span)
    #expect(verdict == .valid)
    var items: [JSONItem] = []
    for place in 0..<tape.count { items.append(tape.items[place]) }
    #expect(items.count == 6)
    #expect(items[0].next == 6)
    #expect(items[1].next == 5)
    #expect(items[2].kind == .array)
    #expect(items[2].depth == 2)
    let start = Int(items[2].valueStart)
    let value = String(bytes.span.extracting(start..<(start + Int(items[2].valueCount))))
    #expect(value == #"[1,"x"]"#)
    #expect(items[5].kind == .null)
  }

  @Test func refusesDepthAndCountsWhatFindsNoRoom() {
    let tape = JSONTape()
    let deep = [UInt8](repeating: 0x5b, count: 200) + [UInt8](repeating: 0x5d, count: 200)
    let deepVerdict = tape.read(deep.span)
    #expect(deepVerdict == .tooDeep)
    let long = Array(("[0" + String(repeating: ",1", count: 99_999) + "]").utf8)
    let longVerdict = tape.read(long.span)
    #expect(longVerdict == .valid)
    #expect(tape.count == 65_536)
    #expect(tape.missed == 100_001 - 65_536)
    let next = tape.items[0].next
    #expect(next == 65_536)
  }
}
