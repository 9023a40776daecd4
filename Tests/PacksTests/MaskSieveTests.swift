import Bytes
import Masking
import Model
import PatternMatching
import Testing

@testable import Packs

/// What a masked text rules out must match none of the messages that it stands for.
@Suite struct MaskSieveTests {
  @Test(
    arguments: [
      (#"^Failed (?<m>\S+) for"#, "Failed password for <id>", true),
      (#"^Failed (?<m>\S+) for"#, "failed password for <id>", false),
      (#"(?i)^Failed (?<m>\S+) for"#, "failed password for <id>", true),
      (#"^session closed for (?<u>\S+)$"#, "session closed for chen", true),
      (#"^session closed for (?<u>\w+)$"#, "session closed for user chen", false),
      // A control character is a blank to the masker, and none to `\S`.
      (#"^session closed for (?<u>\S+)$"#, "session closed for user chen", true),
      (#"^session closed for (?<u>\S+)$"#, "session closed for <id>", true),
      (#"out of memory"#, "Killed: out of memory <num>", true),
      (#"out of memory"#, "Killed: out of <num> memory", false),
      (#"out of memory"#, "Killed: out <*>", true),
      (#"out of memory"#, "Killed: out <id>", false),
      (#"out of memory"#, "<path> <num> <time> <duration> <size> <url> <ip>", false),
      (#"at (?<t>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC) up$"#, "at <time> up", true),
      (#"at (?<t>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+]0100) up$"#, "at <time> up", true),
      (#"at (?<t>\d{4}-\d\d-\d\d)$"#, "at <time> ", true),
      (#"^HHH\d{6}: "#, "<num> items: now", false),
      (#"^HHH\d{6}: "#, "HHH<num>: now", true),
      (#"^(?<s>[\d.]+) ?kB"#, "<size> read", true),
      (#"^(?<s>\S+):(?<p>\d+) "#, "<ip> read", true),
      (#"(?:^|[\s:(])EADDRINUSE(?=[\s:,]|$)"#, "bind EADDRINUSE", true),
      (#"(?:^|[\s:(])EADDRINUSE(?=[\s:,]|$)"#, "EADDRINUSE", true),
      (#"(?:^|[\s:(])EADDRINUSE(?=[\s:,]|$)"#, "xEADDRINUSE", false),
      (#"(?:^|[\s:(])EADDRINUSE(?=[\s:,]|$)"#, "EADDRINUSED", false),
      (#"^(?=.*?\bdenied\b)(?=.*?(?<a>\d+))"#, "access denied to <ip>", true),
      (#"^(?=.*?\bdenied\b)(?=.*?(?<a>\d+))"#, "access denied to all", false),
      (#"^(?=.*?\bdenied\b)(?=.*?(?<a>\d+))"#, "access granted to <num>", false),
      (#"^aab"#, "aa <*>", true),
      (#"^aab"#, "aa <*> c", false),
      (#"^a  b$"#, "a b", true),
      (#"^ a"#, "a", true),
      (#"^a\s$"#, "a", true),
      (#"^a\n?$"#, "a", true),
      (#"^a$"#, "a", true),
      (#"^a$"#, "a b", false),
      (#"(?m)^a$"#, "a b", true),
      (#"^took (?<ms>\S+)$"#, "took <duration>", true),
      (#"^ab"#, "a b", false),
      (#"^(?:abc){2,3}$"#, "abcabc", true),
      (#"^(?:abc){2,3}$"#, "abc", false),
      (#"^(?:abc){2,3}$"#, "abcabcab", false),
      (#"^a{9}b"#, "aaaaaaaaab", true),
      (#"^a{9}b"#, "aaab", false),
      (#"^[^\]x-z[:digit:]]+$"#, "abc", true),
      (#"^[^\]x-z[:digit:]]+$"#, "abcy", false),
      (#"^[^\]x-z[:digit:]]+$"#, "ab]c", false),
      (#"^x\x41\.y"#, "xA.y", true),
      (#"^x\x41\.y"#, "xAzy", false),
      (#"^a(?!b)c"#, "ac", true),
      (#"^(?<x>a+)=\k<x>$"#, "a=aa", true),
      (#"^(?<x>a+)=\k<x>$"#, "b=aa", false),
      (#"^<num> items"#, #"\<num> items"#, true),
      (#"^\\x"#, #"\<num>"#, true),
      (#"^(?:a|^b)c"#, "bc", true),
      (#"^x$|^y$"#, "y", true),
      (#"^x$|^y$"#, "xy", false),
      (#"(?m)b$\n^c"#, "b c", true),
      (#"^(?:foo)?bar"#, "bar", true),
      (#"^(?:foo)?bar"#, "foobaz", false),
      (#"^$"#, "", true),
      (#"^$"#, "a", false),
      (#"(?x) ^ foo $"#, "bar", true),
      (#"^\Qfoo\E"#, "bar", true),
      (#"^(?(1)foo)"#, "bar", true),
      (#""#, "", true),
    ] as [(String, String, Bool)])
  func aMaskRulesOutWhatItCannotStandFor(regex: String, mask: String, passes: Bool) {
    let sieve = MaskSieve(PatternStore(text: Array(regex.utf8), ends: [UInt32(regex.utf8.count)]))
    let text = Array(mask.utf8)
    let found = sieve.passes(0, text.span)
    #expect(found == passes)
  }

  @Test func whatHasNoRoomInAnAutomatonRulesNothingOut() {
    let long = "^" + String(repeating: "a", count: 700)
    let sieve = MaskSieve(PatternStore(text: Array(long.utf8), ends: [UInt32(long.utf8.count)]))
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 520)
    for (text, passes) in [
      (letters, true), (Array(letters[..<400]), false), ([UInt8(ascii: "b")] + letters, false),
    ] {
      let found = sieve.passes(0, text.span)
      #expect(found == passes)
    }
  }

  @Test func aTextThatTheMaskerCutsInAWordIsNotRuledOut() throws {
    let regex = "^a+b"
    let sieve = MaskSieve(PatternStore(text: Array(regex.utf8), ends: [UInt32(regex.utf8.count)]))
    var masker = Masker()
    var masks: [UInt32: [UInt8]] = [:]
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 5000) + [UInt8(ascii: "b")]
    let mask = try #require(Self.mask(text, &masker, &masks))
    let found = sieve.passes(0, mask.span)
    #expect(found)
  }

  /// Every pattern that matches a text passes the text's mask, as the masker makes it.
  @Test func noMatchIsRuledOut() throws {
    var names = FieldNames()
    let library = try PackLibrary(
      [.path(BuiltInPacksTests.folder)], names: &names, verification: .none)
    let samples = library.patterns.flatMap(\.samples).map(\.text)
    let pieces = samples.flatMap { $0.split(separator: " ").map(String.init) }
    let odd = [
      "", " ", "\t\t", "\n", "<num>", "\\", "<", "42", "10.0.0.1:80", "C:\\a\\b", "/a/b?c=d",
      "\u{1}",
    ]
    var look = library.tables.index.scratch()
    var scratch = MatchScratch()
    var masker = Masker()
    var masks: [UInt32: [UInt8]] = [:]
    var state: UInt64 = 0x5eed_0007
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var matched = 0
    var ruledOut = 0
    for round in 0..<(samples.count * 4) {
      var words = samples[round % samples.count].split(separator: " ").map(String.init)
      if round >= samples.count, !words.isEmpty {
        let at = next(words.count)
        switch next(6) {
        case 0: words.remove(at: at)
        case 1: words[at] = pieces[next(pieces.count)]
        case 2: words.insert(pieces[next(pieces.count)], at: at)
        case 3: words.insert(odd[next(odd.count)], at: at)
        case 4: words.append(odd[next(odd.count)])
        default: words = Array(words.prefix(at))
        }
      }
      let text = Array(words.joined(separator: " ").utf8)
      guard let mask = Self.mask(text, &masker, &masks) else { continue }
      library.tables.index.look(text.span, &look)
      for candidate in look.found {
        let pattern = library.patterns[Int(candidate)]
        let passes = library.tables.sieve.passes(Int(candidate), mask.span)
        if !passes { ruledOut += 1 }
        guard scratch.match(pattern.pattern.prepared(), text.span) == .found else { continue }
        matched += 1
        #expect(
          passes,
          "seed 0x5eed0007: \(pattern.id) on '\(String(decoding: text, as: UTF8.self))'")
      }
    }
    #expect(matched > samples.count)
    #expect(ruledOut > matched)
  }

  /// A text's mask; `masks` holds those of earlier texts, by slot.
  private static func mask(
    _ text: [UInt8], _ masker: inout Masker, _ masks: inout [UInt32: [UInt8]]
  ) -> [UInt8]? {
    let batch = Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 17)
    var entry = Entry()
    guard !text.isEmpty, let at = batch.arenas.input.append(text.span) else { return nil }
    entry.message = ByteRange(at, count: text.count)
    batch.entries.append(entry)
    masker.process(batch)
    if batch.restartsMasks { masks = [:] }
    if let new = batch.newMasks.first {
      let arenas = batch.arenas
      let bytes = arenas.bytes(new.text)
      var copy: [UInt8] = []
      for index in 0..<bytes.count { copy.append(bytes[index]) }
      masks[new.slot] = copy
    }
    return masks[batch.entries[0].mask]
  }
}
