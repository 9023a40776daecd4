import Model
import Testing

@testable import Security

@Suite struct SigmaModifierTests {
  private static let values: [(String, String, Bool)] = [
    ("F: abc", "abc", true), ("F: abc", "ABC", true), ("F: abc", "abcd", false),
    ("F|cased: abc", "ABC", false), ("F: 'a*c'", "a--c", true), ("F: 'a?c'", "abc", true),
    ("F: 'a?c'", "abbc", false), ("F: 'a\\*c'", "a*c", true), ("F: 'a\\*c'", "abc", false),
    ("F: 'a\\c'", "a\\c", true), ("F: 'a\\\\*'", "a\\x", true), ("F: 'a?c'", "aöc", true),
    ("F|contains: b", "abc", true), ("F|contains: 'b*d'", "abcde", true),
    ("F|startswith: ab", "abc", true), ("F|startswith: bc", "abc", false),
    ("F|endswith: bc", "aBC", true), ("F|endswith: ab", "abc", false),
    ("F|contains|all: [a, c]", "abc", true), ("F|contains|all: [a, d]", "abc", false),
    ("F: [x, abc]", "abc", true), ("F|neq: abc", "abd", true), ("F|neq: abc", "abc", false),
    ("F|exists: true", "", true), ("F|exists: false", "x", false), ("G|exists: false", "x", true),
    ("G: null", "x", true), ("F: null", "x", false), ("F: ''", "", true),
    ("F|re: 'a.c$'", "xabc", true), ("F|re: 'a.c$'", "ABC", false), ("F|re|i: 'a.c$'", "ABC", true),
    ("F|re|s: 'a.c'", "a\nc", true), ("F|re: 'a.c'", "a\nc", false),
    ("F|re|m: '^c'", "a\nc", true),
    ("F|lt: 5", "4.5", true), ("F|lte: 5", "5", true), ("F|gt: 5", "5", false),
    ("F|gte: 5", "5", true), ("F|gte: 5", "five", false),
    ("F|cidr: 192.0.2.0/24", "192.0.2.77", true), ("F|cidr: 192.0.2.0/24", "192.0.3.1", false),
    ("F|cidr: '2001:db8::/32'", "2001:db8:1::5", true),
    ("F|cidr: '2001:db8::/32'", "2001:db9::5", false), ("F|cidr: 10.0.0.0/8", "10.x", false),
    ("F|base64: foobar", "Zm9vYmFy", true), ("F|base64: foobar", "zm9vymfy", false),
    ("F|base64offset|contains: '/bin/bash'", "xxL2Jpbi9iYXNo", true),
    ("F|base64offset|contains: '/bin/bash'", "IC9iaW4vYmFzaC", true),
    ("F|base64offset|contains: '/bin/bash'", "ICAvYmluL2Jhc2", true),
    ("F|wide|base64offset|contains: ping", "cABpAG4AZw", true),
    ("F|utf16le: ab", "a\0b\0", true), ("F|utf16be: ab", "\0a\0b", true),
    ("F|windash|contains: ' -f'", "x /f", true), ("F|windash|contains: ' -f'", "x –f", true),
    ("F|windash|contains: ' -f'", "x +f", false),
    ("F|hour: 7", "2026-03-02T07:08:09Z", true), ("F|minute: 8", "2026-03-02 07:08:09", true),
    ("F|day: 3", "2026-03-02T07:08:09Z", false), ("F|week: 53", "2027-01-01T00:00:00", true),
    ("F|month: 3", "2026-03-02T07:08:09Z", true),
    ("F|year|gte: 2026", "2026-03-02T07:08:09Z", true),
    ("F|fieldref: H", "same", true), ("F|fieldref|startswith: H", "sameness", true),
    ("F|fieldref: H", "other", false),
  ]

  @Test(arguments: values)
  func aValueIsCompared(_ detection: String, _ value: String, _ isMet: Bool) {
    var rule = RuleOfTests(detection: "  s: { \(detection) }\n  condition: s\n")
    #expect(0 == rule.loader.brokenCount, "\(detection)")
    #expect(isMet == !rule.matches(["F": value, "H": "Same"]).isEmpty, "\(detection) on \(value)")
  }

  private static let conditions: [(String, [Int], Bool)] = [
    ("a", [1, 0, 0], true), ("a and b", [1, 0, 0], false), ("a and b", [1, 1, 0], true),
    ("a or b", [0, 1, 0], true), ("not a", [0, 0, 0], true), ("a and not b", [1, 1, 0], false),
    ("a or b and c", [1, 0, 0], true), ("(a or b) and c", [1, 0, 0], false),
    ("not (a or b)", [0, 0, 1], true), ("1 of a*", [1, 0, 0], true),
    ("all of them", [1, 1, 0], false),
    ("all of them", [1, 1, 1], true), ("1 of them", [0, 0, 1], true),
    ("NOT a AND c", [0, 0, 1], true),
  ]

  @Test(arguments: conditions)
  func aConditionIsJudged(_ condition: String, _ given: [Int], _ isMet: Bool) {
    var rule = RuleOfTests(
      detection: "  a: { A: 1 }\n  b: { B: 1 }\n  c: { C: 1 }\n  condition: \(condition)\n")
    let fields = Dictionary(uniqueKeysWithValues: zip(["A", "B", "C"], given.map { "\($0)" }))
    #expect(isMet == !rule.matches(fields).isEmpty, "\(condition)")
  }

  @Test(arguments: [
    ("[evil thing]", "an EVIL thing came", true), ("['evil*came']", "an evil thing came.", true),
    ("[evil]", "good", false), ("{ '|all': [evil, came] }", "evil came", true),
    ("{ '|all': [evil, went] }", "evil came", false), ("[{ F: x }, evil]", "evil", true),
  ])
  func keywordsAreLookedForInTheMessage(_ keywords: String, _ message: String, _ isMet: Bool) {
    var rule = RuleOfTests(detection: "  k: \(keywords)\n  condition: k\n")
    #expect(isMet == !rule.matches([:], message: message, format: .syslog).isEmpty)
  }

  @Test(arguments: [
    ("type: SYSCALL", true), ("exe|endswith: /cat", true), ("comm: cat", true),
    ("a1: 'my file'", true), ("key: sshd", false), ("uid: 1000", true), ("res: success", true),
  ])
  func auditRecordsGiveTheirOwnKeys(_ detection: String, _ isMet: Bool) {
    var rule = RuleOfTests([
      "title: t\nlogsource: { product: linux, service: auditd }\n"
        + "detection: { s: { \(detection) }, condition: s }"
    ])
    let record =
      "type=SYSCALL msg=audit(1.2:3): syscall=59 uid=1000 exe=\"/bin/cat\" comm=\"cat\" "
      + "a1=6D792066696C65 msg='op=login res=success'"
    #expect(isMet == !rule.matches([:], message: record, format: .plain).isEmpty)
    #expect(rule.matches([:], message: "exe=/bin/cat", format: .plain).isEmpty)
  }

  @Test func argumentsOfAProcessAreOneLine() {
    var rule = RuleOfTests([
      "title: t\nlogsource: { product: linux, category: process_creation }\n"
        + "detection: { s: { CommandLine|contains: 'ls -la /my file' }, condition: s }"
    ])
    let record = "type=EXECVE msg=audit(1.2:3): argc=3 a0=\"ls\" a1=\"-la\" a2=2F6D792066696C65"
    #expect([0] == rule.matches([:], message: record, format: .plain))
  }
}
