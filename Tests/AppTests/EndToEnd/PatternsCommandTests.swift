import Foundation
import Testing

/// `taffrail patterns`: its actions on packs and logs of a test's own.
@Suite("taffrail patterns")
struct PatternsCommandTests {
  private static let log = (0..<40).map { number in
    "2026-03-01T10:00:\(number + 10)Z host1 shop[7]: sold item \(number * 37) for \(number) EUR\n"
      + "2026-03-01T10:00:\(number + 10)Z host1 sshd[9]: Connection closed by 192.0.2.\(number) port 22\n"
  }.joined()

  private static let pack = """
    pack: till
    applies: { program: [till] }
    patterns:
      - id: till.any
        match: '^drawer '
        samples: [{ text: drawer opened }]
      - id: till.jam
        match: '^drawer jammed$'
        set: { event.type: [error], till.known: true }
        samples: [{ text: drawer jammed }]

    """

  private func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write("till.yaml", Self.pack)
    try shell.write("shop.log", Self.log)
    return shell
  }

  @Test func checkNamesWhatIsNeverReached() throws {
    let shell = try shell()
    let found = try shell.run("taffrail patterns check -o json till.yaml")
    #expect(found.status == 1)
    let lines = try found.objects
    let never = lines.filter { $0["kind"] as? String == "unreachable" }
    #expect(never.compactMap { $0["pattern"] as? String } == ["till.jam"])
    #expect(never.compactMap { $0["line"] as? Int } == [7])
    let shadow = lines.filter {
      $0["kind"] as? String == "shadow" && $0["by"] as? String == "till.any"
    }
    #expect(shadow.compactMap { $0["line"] as? Int } == [10])
    let text = try shell.run("taffrail patterns check -o text till.yaml").out
    #expect(text.contains("NEVER   till.jam  till.yaml:7: every sample is taken first by till.any"))
  }

  @Test func coverageTellsWhatNoPatternKnows() throws {
    let shell = try shell()
    let found = try shell.run("taffrail patterns coverage -c - -o json shop.log")
    #expect(found.status == 0)
    let lines = try found.objects
    #expect(lines[0]["entries"] as? Int == 80)
    #expect(lines[0]["matched"] as? Int == 40)
    let template = try #require(lines.first { $0["kind"] as? String == "template" })
    #expect(template["count"] as? Int == 40)
    #expect(template["programs"] as? [String] == ["shop"])
    #expect((template["example"] as? String)?.hasPrefix("sold item") == true)
    let packs = lines.filter { $0["kind"] as? String == "pack" }
    #expect(packs.compactMap { $0["pack"] as? String } == ["sshd"])
    #expect(
      try shell.run("taffrail patterns coverage -c - -o text shop.log").out
        .hasPrefix("  50 % of 80 entries match a pattern\n"))
  }

  @Test func whatSuggestWritesPassesItsTestAndCoversTheRest() throws {
    let shell = try shell()
    let made = try shell.run(
      "taffrail patterns suggest -c - --pack shop shop.log > shop.yaml && "
        + "taffrail patterns test shop.yaml && "
        + "taffrail patterns coverage -c - -o json --patterns shop.yaml shop.log")
    #expect(made.status == 0, "\(made.error)")
    #expect(made.out.contains(" 0 patterns with failures\n"))
    #expect(made.out.contains(#""entries":80,"matched":80,"share":1"#))
    #expect(try shell.read("shop.yaml").contains("applies: { program: ['shop'] }"))
  }

  @Test func benchNamesWhatGoesBackAndForth() throws {
    let shell = try shell()
    try shell.write(
      "evil.yaml",
      "pack: evil\npatterns:\n  - id: evil.twice\n    match: '^(a+)+$'\n"
        + "    samples: [{ text: aaaa }]\n  - id: evil.not\n    match: '^bbbb '\n"
        + "    samples: [{ text: 'bbbb c' }]\n")
    let found = try shell.run(
      "mkdir none && TAFFRAIL_PATTERNS_DIR=none taffrail patterns bench -o json --patterns evil.yaml"
    )
    let costs = try found.objects
    #expect(Set(costs.compactMap { $0["pattern"] as? String }) == ["evil.twice", "evil.not"])
    for cost in costs {
      let isEvil = cost["pattern"] as? String == "evil.twice"
      #expect(cost["backtracks"] as? Bool == isEvil)
      #expect((cost["steps"] as? Int == nil) == isEvil)
      #expect(cost["hits"] as? Int == 1)
      #expect((cost["hit_ns"] as? Double ?? 0) > 0)
    }
  }

  @Test func compiledPacksGiveTheSameBytes() throws {
    let shell = try shell()
    let run = "taffrail parse -c - --patterns mine shop.log till.log"
    try shell.write("mine/till.yaml", Self.pack)
    try shell.write("till.log", "2026-03-01T10:00:00Z host1 till[7]: drawer jammed\n")
    let before = try shell.run(run)
    #expect(try shell.run("taffrail patterns compile --quiet --patterns mine").status == 0)
    let size = try Data(contentsOf: shell.folder.appending(path: "mine/.compiled")).count
    #expect(size > 1000)
    #expect(try shell.run(run).out == before.out)
    try shell.write("mine/.compiled", Data(repeating: 0x41, count: size))
    #expect(try shell.run(run).out == before.out)
    #expect(before.out.contains(#""taffrail.pattern":"till.any""#))
  }

  @Test func aPatternStatesFields() throws {
    let shell = try shell()
    try shell.write(
      "set.yaml",
      "pack: s\npatterns:\n  - id: s.a\n    match: '^drawer '\n"
        + "    set: { event.type: [error, info], till.known: true, till.no: 7, till.text: '8' }\n"
        + "    samples: [{ text: drawer x }]\n")
    try shell.write("till.log", "drawer jammed\n")
    let found = try shell.run("taffrail parse -c - --patterns set.yaml till.log")
    #expect(
      found.out.contains(
        #""event.type":["error","info"],"till.known":true,"till.no":7,"till.text":"8""#))
  }
}
