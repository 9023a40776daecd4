import Bytes
import Masking
import Model
import Testing

@Suite struct MaskLexerTests {
  @Test(arguments: [
    ("<num>", "4711"), ("<num>", "-12"), ("<num>", "3.25"), ("<num>", "97%"), ("<num>", "1e-9"),
    ("<num>.", "42."), ("#x", "#x"), ("<hex>", "0xDEADBEEF"), ("<hex>", "a81bc81b"),
    ("deadbeef", "deadbeef"), ("face", "face"),
    ("<uuid>", "b9000564-fe1a-409b-b8cc-1e88b294cd1d"), ("<ip>", "10.0.0.7"),
    ("<ip>", "10.0.0.7:8443"), ("<ip>", "/10.0.0.7:8443"), ("<ip>", "192.168.0.0/16"),
    ("<ip>", "fe80::1"), ("<ip>", "::1"), ("<ip>", "::ffff:10.1.2.3"),
    ("<ip>", "2001:db8:0:0:0:ff00:42:8329"), ("<hex>", "00:1a:2b:3c:4d:5e"), ("<*>", "1.2.3"),
    ("<duration>", "12ms"), ("<duration>", "1h2m3.5s"), ("<duration>", "944.101µs"),
    ("<size>", "64MiB"), ("<size>", "512KB"), ("<time>", "12:30:45"), ("<time>", "12:30:45.123Z"),
    ("<time>", "2024-05-07T11:59:43.954655670Z"), ("<time>", "2024-05-07 11:59:43,954"),
    ("<time>", "2024-05-07"), ("<time>", "10/Oct/2000:13:55:36 -0700"), ("<time>", "07-May-2024"),
    ("<url>", "https://shop.example.com/a?b=c&d=(e)"), ("<url>.", "http://x.example/y."),
    ("<path>", "/var/log/syslog"), ("<path>", "/metrics?from=1&to=2"), ("<path>", "./run.sh"),
    ("<path>", "~/x"), ("<path>", "C:\\Windows\\system32"), ("/", "/"),
    ("read/write/execute", "read/write/execute"), ("<email>", "anna@example.org"),
    ("<id>", "anna@host7"), ("eth<num>", "eth0"), ("node-<num>", "node-3"),
    ("blk_<num>", "blk_-12"),
    ("jk<num>_init", "jk2_init"), ("<id>", "q62wCcIkEOueqFKF9x"), ("IPv6", "IPv6"),
    ("sha256", "sha256"), ("HTTP/1.1", "HTTP/1.1"), ("ssh2", "ssh2"), ("Foo::bar", "Foo::bar"),
    ("<id>", "1x2y"),
  ])
  func chunks(_ expected: String, _ message: String) {
    #expect(masked(message) == expected)
  }

  /// A text that is short is masked by its marks, one that is long byte by byte.
  @Test func aChunkIsMaskedAlikeInShortAndLongTexts() {
    let bytes = Array("0123456789019ab9fgZ--__..:/#@+".utf8)
    let behind = String(repeating: " word", count: 300)
    var random = 11 as UInt64
    func next(_ count: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % count
    }
    let messages = (0..<2000).map { _ in
      let chunk = (0..<(1 + next(next(8) == 0 ? 70 : 14))).map { _ in bytes[next(bytes.count)] }
      return "of " + String(decoding: chunk, as: UTF8.self) + " at"
    }
    let short = texts(messages)
    let long = texts(messages.map { $0 + behind })
    for (index, message) in messages.enumerated() {
      #expect(long[index] == short[index] + behind, "\(message)")
    }
  }

  /// The masked texts of messages, all by one masker.
  private func texts(_ messages: [String]) -> [String] {
    let batch = batch(messages.map { Array($0.utf8) })
    var masker = Masker(frames: shippedFrames)
    masker.process(batch)
    return batch.entries.map { batch.arenas.text(batch.newMasks[Int($0.mask) - 1].text) }
  }

  @Test(arguments: [
    (
      "Failed password for invalid user bob from <ip> port <num> ssh2",
      "Failed password for invalid user bob from 10.0.0.1 port 22 ssh2"
    ),
    ("took <duration>, wrote <size> (<num>)", "took 12ms, wrote 3MB (97%)"),
    ("a b c", "  a \t b\n\nc  "),
    ("user=<num> id=", "user=1 id="),
    ("\"GET <path> HTTP/1.1\" <num>", "\"GET /a/b?x=y:z HTTP/1.1\" 200"),
    ("audit(<num>:<num>): x", "audit(1715083184.1:25): x"),
    ("add: <num>", "add: 5"),
    ("", ""),
    ("", "   "),
  ])
  func messages(_ expected: String, _ message: String) {
    #expect(masked(message) == expected)
  }

  /// Short texts go by marks, long ones byte by byte: what stands behind a line feed must not show.
  @Test func shortAndLongTextsAreMaskedAlike() {
    let seed: UInt64 = 23
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      " ", "  ", "\t", ":", "=", "<", ">", "<num>", "<b>", "a", "word", "x9", "7", "12:30:45",
      "10.0.0.1",
      ":443", "fe80::1", "http://a.example/b", "C:\\", "/var/log", "~/", "@", "deadbeef", "0x1f",
      "ssh2",
      "2024-05-07", "T", "\"", "(", ")", ",", "é", ".", "-", "+", "12ms", "3MB", "ab:cd", "::",
    ]
    let tail = String(repeating: "z", count: 1100)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...14, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
      let short = masked("x " + text)
      #expect(short + " " + tail == masked("x " + text + "\n" + tail), "seed \(seed): \(text)")
    }
  }

  @Test func wildcardsInTheMessageAreEscaped() {
    #expect(masked("got <num> for <b> 7") == "got \\<num> for <b> <num>")
    #expect(masked("\\<*> 1") == "\\\\<*> <num>")
  }

  @Test func wordsOfLettersStay() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      let words = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        String(
          (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            "abcdefghijklmnopqrstuvwxyzABCDEFÄß".randomElement(using: &generator) ?? "a"
          })
      }
      let message = words.joined(separator: " ")
      #expect(masked(message) == message, "seed 11")
    }
  }

  @Test func longMessagesShareWhatFollowsTheLimit() {
    let words = String(repeating: "word ", count: 2000)
    let one = masked(words + "tail")
    #expect(one == masked(words + "other end"))
    #expect(one.hasSuffix(" <*>"))
    #expect(one.utf8.count < 4200)
    let short = String(repeating: "ab ", count: 700)
    #expect(masked(short + "x") == masked(short + "y"))
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func randomBytesNeverTrap(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("0123456789abcdefxX:./-_=<>*%@\\~ \"'()[]{}T+,Z\u{1}é".utf8) + [0xff, 0]
    for round in 0..<3000 {
      let count = Int.random(in: 0...(round % 50 == 0 ? 5000 : 60), using: &generator)
      let message = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      let text = masked(message)
      #expect(text == masked(message), "seed \(seed)")
      _ = masked(message, flags: .exception)
    }
  }

  @Test(arguments: [
    "1:", "a1:", "::", "a,", "<*>", "1s ", "/", "at x(", " ---> ", "File \"", "#1 ",
  ])
  func runsOfAnythingEnd(_ part: String) {
    let message = String(repeating: part, count: 20_000)
    #expect(masked(message) == masked(message))
    _ = masked(message, flags: .exception)
    _ = masked(String(repeating: part + "\n", count: 2000), flags: .exception)
  }
}
