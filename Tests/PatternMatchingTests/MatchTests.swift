import Bytes
import PatternMatching
import Testing

@Suite struct MatchTests {
  private func match(
    _ source: String, _ text: [UInt8], jit: Pattern.JITUse = .atOnce, limit: Int = 100_000,
    endsThere: Bool = true
  ) throws -> (result: MatchResult, captures: [Range<Int>?]) {
    let pattern = try Pattern(source, jit: jit)
    var scratch = MatchScratch(matchLimit: limit)
    let result = scratch.match(pattern.prepared(), text.span, endsThere: endsThere)
    let captures = (0...pattern.groupCount).map { scratch.capture($0) }
    return (result, result == .found ? captures : [])
  }

  @Test(arguments: [Pattern.JITUse.atOnce, .whenPrepared, .never])
  func capturesAreRanges(jit: Pattern.JITUse) throws {
    let text = Array("port 22 open".utf8)
    let (result, captures) = try match("port (?<p>[0-9]+)(?<x>y)? (open)", text, jit: jit)
    #expect(result == .found)
    #expect(captures == [0..<12, 5..<7, nil])
  }

  @Test func namesComeWithTheirNumbers() throws {
    let pattern = try Pattern("(?<b>x)|(?<a>y)|(?<b>z)")
    #expect(pattern.groups.map(\.name) == ["b", "a", "b"])
    #expect(pattern.groups.map(\.number) == [1, 2, 3])
  }

  @Test func mistakesCarryTheirPlace() {
    #expect {
      try Pattern("ab(c")
    } throws: {
      ($0 as? PatternError)?.offset == 4
        && ($0 as? PatternError)?.message == "missing closing parenthesis"
    }
  }

  @Test(arguments: ["(*UTF)a", "(*UCP)a", #"\C"#])
  func whatWouldNotWorkOnBytesIsRefused(source: String) {
    #expect(throws: PatternError.self) { try Pattern(source) }
  }

  @Test func bytesThatAreNotTextDoNotStopAMatch() throws {
    let text = Array("user ".utf8) + [0xff, 0x00, 0xc3] + Array(" failed".utf8)
    let (result, captures) = try match("^user (?<u>.+) failed$", text)
    #expect(result == .found)
    #expect(captures[1] == 5..<8)
  }

  @Test(arguments: [Pattern.JITUse.atOnce, .never])
  func aHostilePatternIsStopped(jit: Pattern.JITUse) throws {
    let text = Array(String(repeating: "a", count: 48).utf8) + [0x62]
    #expect(try match("(a+)+$", text, jit: jit).result == .gaveUp(.matchLimit))
  }

  @Test func aDeepGroupOnALongTextIsDecidedAllTheSame() throws {
    // Over the JIT's stack: the interpreter takes it.
    let text = [UInt8](repeating: 0x61, count: 16 << 10)
    let (result, _) = try match(
      "^(?:(?<x>(?<y>a|b)(?<z>))|c)+$", text, limit: 10_000_000)
    #expect(result == .found)
  }

  @Test func anEmptyTextIsAText() throws {
    #expect(try match("^$", []).result == .found)
    #expect(try match("a", []).result == .notFound)
  }

  @Test func aStartOnlyHasNoEnd() throws {
    let text = Array("abc".utf8)
    #expect(try match("c$", text).result == .found)
    #expect(try match("c$", text, endsThere: false).result == .notFound)
  }

  @Test func captureOutOfBoundsIsNone() throws {
    let pattern = try Pattern("a")
    var scratch = MatchScratch()
    let text: [UInt8] = [0x61]
    #expect(scratch.match(pattern.prepared(), text.span) == .found)
    #expect(scratch.capture(-1) == nil)
    #expect(scratch.capture(100_000) == nil)
  }

  @Test func randomBytesNeverFail() throws {
    var state: UInt64 = 0x5eed_0001
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    let alphabet = Array("ab(?:)[]|*+{}1,2^$.\\wd<n>=!".utf8)
    var scratch = MatchScratch(matchLimit: 1000)
    var compiled = 0
    for _ in 0..<3000 {
      let source = (0..<Int(next() % 16)).map { _ in alphabet[Int(next() % UInt64(alphabet.count))]
      }
      let text = (0..<Int(next() % 64)).map { _ in UInt8(truncatingIfNeeded: next()) }
      guard let pattern = try? Pattern(String(decoding: source, as: UTF8.self)) else { continue }
      compiled += 1
      if scratch.match(pattern.prepared(), text.span) == .found {
        for group in 0...pattern.groupCount {
          guard let range = scratch.capture(group) else { continue }
          #expect(range.upperBound <= text.count, "seed 0x5eed0001")
        }
      }
    }
    #expect(compiled > 500)
  }
}
