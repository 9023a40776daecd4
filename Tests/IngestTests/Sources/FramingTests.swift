import Bytes
import Ingest
import Model
import Testing

@Suite struct FramingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var input: [UInt8]
    var framing: Framing
    var texts: [String]
    var kinds: [Frame.Kind]?
    var testDescription: String { name }

    init(
      _ name: String, _ input: [UInt8], _ framing: Framing, _ texts: [String],
      kinds: [Frame.Kind]? = nil
    ) {
      self.name = name
      self.input = input
      self.framing = framing
      self.texts = texts
      self.kinds = kinds
    }
  }

  static let cases: [Case] = [
    Case("empty", [], .lines, []),
    Case(
      "lines", bytes("one\ntwo\r\n\nlast"), .lines, ["one", "two", "", "last"],
      kinds: [.body, .body, .blank, .body]),
    Case("byte order mark", bytes("\u{feff}one\ntwo\n"), .lines, ["one", "two"]),
    Case("half a byte order mark", [0xef, 0xbb], .lines, ["\u{fffd}"]),
    Case("JSON with NUL", bytes("{\"a\":1}\0{\"b\":2}\0"), .nul, [#"{"a":1}"#, #"{"b":2}"#]),
    Case("syslog with NUL", bytes("<34>1 a\nb\0<35>1 c\0\n"), .lines, ["<34>1 a", "b\0<35>1 c\0"]),
    Case(
      "syslog with NUL, one line each", bytes("<34>1 a\0<35>1 c\0\n"), .nul,
      ["<34>1 a", "<35>1 c", ""]),
    Case("a NUL within a line", bytes("<34>1 a\0b\nc\n"), .lines, ["<34>1 a\0b", "c"]),
    Case(
      "octets", bytes("8 <34>1 ab9 <35>1 c\nd\n10 <36>1 e\nfg"), .octetCounted,
      ["<34>1 ab", "<35>1 c\nd", "<36>1 e\nfg"]),
    Case(
      "octets cut short", bytes("8 <34>1 ab90 <35>1 c"), .octetCounted,
      ["<34>1 ab", "<35>1 c"], kinds: [.body, .cut]),
    Case(
      "octets with rubbish and lines", bytes("8 <34>1 abjunk8 <34>1 cd<36>line\n??\n7 <35>1 e"),
      .octetCounted, ["<34>1 ab", "junk", "<34>1 cd", "<36>line", "??", "<35>1 e"],
      kinds: [.body, .broken, .body, .body, .broken, .body]),
    Case("a line that begins with a number", bytes("12 <- arrow\n"), .lines, ["12 <- arrow"]),
    Case(
      "JSON sequence", bytes("\u{1e}{\"a\":1}\n\u{1e}{\n \"b\": \"}\\\"\"\n}\n\u{1e}[2]"),
      .jsonSequence, [#"{"a":1}"#, "{\n \"b\": \"}\\\"\"\n}", "[2]"]),
    Case(
      "JSON sequence, torn", bytes("\u{1e}{\"a\":\u{1e}{}\nrubbish\n\u{1e}1\n"), .jsonSequence,
      [#"{"a":"#, "{}", "rubbish", "1"], kinds: [.body, .body, .broken, .body]),
    Case(
      "export", bytes("__CURSOR=a\nMESSAGE=b\n\n__CURSOR=c\n"), .journalExport,
      ["__CURSOR=a\nMESSAGE=b\n", "__CURSOR=c\n"]),
    Case(
      "export, last line open", bytes("__CURSOR=a\n\n\n__CURSOR=c\nA=b"), .journalExport,
      ["__CURSOR=a\n", "", "__CURSOR=c\nA=b"], kinds: [.body, .blank, .body]),
    Case(
      "export with bytes",
      bytes("_A=a\n") + binaryField("M", bytes("x\n\ny")) + bytes("\n_A=b\n\n"), .journalExport,
      ["_A=a\nM\n\u{4}\0\0\0\0\0\0\0x\n\ny\n", "_A=b\n"]),
    Case(
      "export with a false length", bytes("_A=a\nM\n12345678zzz\n\n_A=b\n\n"), .journalExport,
      ["_A=a\nM\n12345678zzz\n", "_A=b\n"]),
    Case(
      "export with rubbish", bytes("_A=a\n\n?\n\n_A=b\n\n"), .journalExport,
      ["_A=a\n", "?\n", "_A=b\n"], kinds: [.body, .broken, .body]),
    Case(
      "an array", bytes("[{\"a\":1},{\"b\":[{}]} ,\n{}]\n"), .jsonObjects,
      [#"{"a":1}"#, #"{"b":[{}]}"#, "{}"]),
    Case(
      "arrays one after the other", bytes(" [\n{\"a\":\"]}\"}\n]\n[{\"b\":\"\\\"{\"}]"),
      .jsonObjects,
      [#"{"a":"]}"}"#, #"{"b":"\"{"}"#]),
    Case(
      "documents over several lines", bytes("{\n \"a\": {\n }\n}\n{\"b\":2}\nwords\n{\n}\n"),
      .jsonObjects,
      ["{\n \"a\": {\n }\n}", #"{"b":2}"#, "words", "{\n}"]),
    Case(
      "elements that are no objects", bytes("[{\"a\":1}, 7, null, \"x\", {\"b\":2}]"), .jsonObjects,
      [#"{"a":1}"#, "7", "null", #""x", {"b":2}]"#], kinds: [.body, .broken, .broken, .body]),
    Case(
      "an element without its end", bytes("[{\"a\":{\"b\":1},{\"c\":2},{\"d\":3}]"), .jsonObjects,
      [#"{"a":{"b":1}"#, #"{"c":2}"#, #"{"d":3}"#], kinds: [.broken, .body, .body]),
    Case(
      "an element without a quote",
      bytes("[\n {\n  \"a\": \"x,\n  \"b\": 1\n },\n {\n  \"c\": 2\n }\n]\n"), .jsonObjects,
      ["{\n  \"a\": \"x,\n  \"b\": 1\n }", "{\n  \"c\": 2\n }"], kinds: [.broken, .body]),
    Case(
      "a document that is not ended", bytes("{\n\"a\":1,\n\"b\":"), .jsonObjects,
      ["{\n\"a\":1,\n\"b\":"],
      kinds: [.broken]),
    Case(
      "events", bytes("<Event x='1'><a/></Event>\n <Event ><b/></Event>words\n"), .xmlEvents,
      ["<Event x='1'><a/></Event>", "<Event ><b/></Event>", "words"]),
    Case(
      "events within a root",
      bytes("\u{feff}<?xml version='1.0'?>\n<Events a='>'>\n<Event>\n<a>\n</a></Event></Events>\n"),
      .xmlEvents, ["<Event>\n<a>\n</a></Event>"]),
    Case(
      "events with comments and CDATA",
      bytes(
        "<!-- <Event> --> <Event><!-- </Event> --><![CDATA[</Event>]]></Event><Event>\n</Event>"),
      .xmlEvents,
      ["<Event><!-- </Event> --><![CDATA[</Event>]]></Event>", "<Event>\n</Event>"]),
    Case(
      "an event that is torn", bytes("<Event><a>\n<Event><b/></Event><Event><c"), .xmlEvents,
      ["<Event><a>\n", "<Event><b/></Event>", "<Event><c"], kinds: [.broken, .body, .broken]),
    Case("other elements", bytes("<Eventful/>\n<Event/>\n"), .lines, ["<Eventful/>", "<Event/>"]),
    Case(
      "a declaration alone", bytes("<?xml version='1.0'?>\n<log/>\n"), .lines,
      ["<?xml version='1.0'?>", "<log/>"]),
    Case("one object a line", bytes("{\"a\":1}\n{\n"), .lines, [#"{"a":1}"#, "{"]),
    Case("a bracket", bytes("[1] {x}\n"), .lines, ["[1] {x}"]),
  ]

  @Test(arguments: cases, [1, 2, 7, 4096])
  func framesDoNotDependOnChunks(_ one: Case, chunk: Int) {
    let reading = Reading(one.input, chunk: chunk)
    #expect(reading.framing == one.framing)
    #expect(reading.texts == one.texts)
    if let kinds = one.kinds { #expect(reading.frames.map(\.kind) == kinds) }
    #expect(reading == Reading(one.input, chunk: .max))
  }

  @Test(arguments: cases)
  func moreBytesDoNotChangeTheAnswer(_ one: Case) {
    let all = FramingSniffer.framing(of: one.input.span, atEnd: true)
    for count in 0...one.input.count {
      let start = one.input.span.extracting(0..<count)
      if let early = FramingSniffer.framing(of: start, atEnd: false) { #expect(early == all) }
    }
  }

  @Test func offsetsPointAtTheBytes() {
    let input = bytes("\u{feff}one\ntwo\r\nthree")
    for chunk in [1, 7, 100] {
      #expect(Reading(input, chunk: chunk).frames.map(\.offset) == [3, 7, 12])
    }
  }

  @Test func wideTextIsNoted() {
    let reader = BatchReader(ChunkedBytes([0xff, 0xfe, 0x61, 0, 0x0a, 0], size: 1), name: "wide")
    _ = Reading(reader)
    #expect(reader.wideFiles == 1)
  }

  @Test(arguments: [
    Framing.lines, .nul, .octetCounted, .journalExport, .jsonSequence, .jsonObjects,
  ])
  func walksEndOnAnyBytes(_ framing: Framing) {
    let seed: UInt64 = 20
    var random = SeededBytes(seed)
    let alphabet = bytes("19 <>,:\n\n\0A_=M{}[]\"\\\u{1e}x")
    for round in 0..<400 {
      let input = (0..<(round % 90)).map { _ in random.pick(alphabet) }
      var at = 0
      while let frame = FrameWalk.next(framing, input.span, from: at, atEnd: true) {
        #expect(frame.next > at, "seed \(seed), round \(round)")
        #expect(frame.body.lowerBound >= at && frame.body.upperBound <= frame.next)
        at = max(frame.next, at + 1)
      }
    }
  }

  @Test(arguments: [
    "\u{1e}", "7 <1>", "_A=", "x", "{\"a\":1}\0", "[{\"", "{\n\"a\":1,\n", " [\n  {\"a\":{",
  ])
  func anyBytesReadAlikeInAllChunks(_ start: String) {
    let seed: UInt64 = 7
    var random = SeededBytes(seed)
    let alphabet = bytes("129 <>,:\n\n\0\0AM_={}[]\"\\\u{1e}x")
    for round in 0..<150 {
      let input = bytes(start) + (0..<(round * 2)).map { _ in random.pick(alphabet) }
      let whole = Reading(input, chunk: .max)
      for chunk in [1, 2, 7] {
        #expect(Reading(input, chunk: chunk) == whole, "seed \(seed), round \(round), \(chunk)")
      }
    }
  }

  @Test func anyTagsReadAlikeInAllChunks() {
    let seed: UInt64 = 11
    var random = SeededBytes(seed)
    let pieces = [
      "<Event>", "<Event ", "</Event>", "<!--", "-->", "<![CDATA[", "]]>", "<Events>", "</Events>",
      "<?xml ", "?>", "<a>", "</a>", "<a b='", "'>", "\n", " ", ">", "<", "x",
    ].map { Array($0.utf8) }
    let choices = (0..<UInt8(pieces.count)).map { $0 }
    for round in 0..<300 {
      let input =
        bytes("<Event>") + (0..<(round / 6)).flatMap { _ in pieces[Int(random.pick(choices))] }
      let whole = Reading(input, chunk: .max)
      for chunk in [1, 2, 7] {
        #expect(Reading(input, chunk: chunk) == whole, "seed \(seed), round \(round), \(chunk)")
      }
      let cut = Reading(input, chunk: .max, frameLimit: 24)
      #expect(Reading(input, chunk: 1, frameLimit: 24) == cut, "seed \(seed), round \(round)")
    }
  }

  /// What lies between two objects may be longer than a frame may be.
  @Test(arguments: [1, 7, 4096])
  func aGapOverTheLimitEndsNothing(_ chunk: Int) {
    let gap = String(repeating: " ", count: 100)
    for text in [
      "[{\"a\":1},\(gap){\"b\":2}]\n{\"c\":3}\n",
      "<Event></Event>\(gap)<Event></Event>\n<Event></Event>",
    ] {
      let reading = Reading(bytes(text), chunk: chunk, frameLimit: 24)
      #expect(reading.frames.last?.kind == .body && reading.frames.count >= 2)
      #expect(reading == Reading(bytes(text), chunk: .max, frameLimit: 24))
    }
  }

  @Test func anExportEntryEndsWhereItEndsWhateverIsReadBehindIt() {
    // The length of `_B` reaches over the entry's end, to where no line ends.
    let entry =
      Array("_A=1\n_B\n".utf8) + [27, 0, 0, 0, 0, 0, 0, 0] + Array("x\n\n".utf8)
    let among = entry + Array("_C=another field of another entry\n\n".utf8)
    for bytes in [entry, among] {
      let frame = FrameWalk.next(
        .journalExport, bytes.span, from: 0, atEnd: true, isWhole: true)
      #expect(frame?.body == 0..<(entry.count - 1))
      #expect(frame?.next == entry.count)
      #expect(frame?.kind == .body)
    }
    // Where the source ends, the rest of the value is missing.
    let last = FrameWalk.next(.journalExport, entry.span, from: 0, atEnd: true)
    #expect(last?.kind == .cut)
  }
}

/// A seeded generator (splitmix64).
struct SeededBytes {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func pick(_ bytes: [UInt8]) -> UInt8 { bytes[Int(next() % UInt64(bytes.count))] }
}
