import Bytes
import Grouping
import Model
import Testing

@Suite struct ShaperTests {
  @Test(arguments: [
    ("at <time>", "at Sat Jun <num> <time> <num>"),
    ("at <time>", "at Mon, <num> Jan <num> <time> GMT"),
    ("May <num> be", "May <num> be"),
    ("from <*> port <num>", "from mail.example.com port <num>"),
    ("from <*> now", "from db<num>.prod.internal:<num> now"),
    ("com.example.app started", "com.example.app started"),
    ("took <duration> and <size>", "took <num> ms and <num> bytes"),
    ("wrote <size> to", "wrote <num> bytes (<num> KB) to"),
    ("user=<*> id=<num> up", "user=anna id=<num> up"),
    ("name=<*> next", "name=\"two words\" next"),
    ("msg=\"two words\" next", "msg=\"two words\" next"),
    ("logname=<*> uid=<num>", "logname= uid=<num>"),
    ("list [<*>] of", "list [] of"),
    ("is [<*>], (of [<*>]) and \"<*>\".", "is [], (of []) and \"\"."),
    ("call f() now", "call f() now"),
    ("is <*> now", "is true now"),
    ("true is", "true is"),
    ("at <*> end", "at <num>, <num>,<num> end"),
    ("at <time> end", "at <time> <time> end"),
    ("file <*>", "file <ip>.log"),
    ("remove blk_<num> done", "remove blk_<num> blk_<num> blk_<num> done"),
    ("pairs a=<num>", "pairs a=<num>, a=<num>, a=<num>"),
    ("--- start ---", "-------- start ----------"),
    ("for <*> of <*> and <*>", "for (null) of <nil> and (None)"),
    ("free(<*>) of x", "free(null) of x"),
    ("kept [<*>] of x", "kept [a-<num>, b, c<num>] of x"),
    ("kept t[<*>] of x", "kept t[a-<num>,b] of x"),
    ("kept [a] of x", "kept [a] of x"),
    ("kept [a b, c] of x", "kept [a b, c] of x"),
    ("with {<*>} set", "with {x=<num>, y=up} set"),
    ("with {<*>} set", "with {x=up} set"),
    ("with {on, off} set", "with {on, off} set"),
    ("Node{id=<num>, up=<*>} set", "Node{id=<num>, up=yes} set"),
    ("Node[id=<num>, up=<*>] set", "Node[id=<num>, up=yes] set"),
    ("at [main] [x=<*>] set", "at [main] [x=up] set"),
    ("depth... <num>", "depth....... <num>"),
    ("x \\<num> y", "x \\<num> y"),
    ("", ""),
  ])
  func rules(_ expected: String, _ mask: String) {
    #expect(shape(mask) == expected)
  }

  @Test func aShapeIsItsOwnShape() {
    for mask in ["user=anna id=<num>", "a <num>, <num> b", "wrote <num> bytes (<num> KB) to x"] {
      #expect(shape(shape(mask)) == shape(mask))
    }
  }

  @Test func longTextsAreCut() {
    let long = (0..<400).map { "w\($0 % 7 == 0 ? "a" : "b")\(String(repeating: "c", count: $0))" }
    let one = shape(long.joined(separator: " "))
    #expect(one.hasSuffix(" <*>"))
    #expect(one.split(separator: " ").count == 161)
  }

  @Test func exceptionsKeepTheirText() {
    let batch = batch(masks: ["a.BError <- a.b"])
    batch.newMasks[0].kind = .exception
    let text = batch.newMasks[0].text
    var shaper = Shaper()
    shaper.process(batch)
    #expect(batch.newMasks[0].shape == text)
  }

  @Test(arguments: [UInt64(5), 6])
  func randomTextsNeverTrap(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "<num>", "<*>", "\\<num>", "=", "(", ")", "[", "]", "\"", ",", " ", "Jun", "Mon", "true",
      "ms", "KB", "a.b.com", ":", "....", "x", "word", "<", ">", "\\", "é",
    ]
    for _ in 0..<4000 {
      let mask = (0..<Int.random(in: 0...24, using: &generator))
        .map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
      let one = shape(mask)
      #expect(one == shape(mask), "seed \(seed)")
      _ = templates([one, mask])
    }
  }
}
