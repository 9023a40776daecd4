import Foundation
import Testing

/// Two levels of exceptions, the user's rules on grouping, and what explains them.
@Suite("Fingerprints")
struct FingerprintTests {
  private static func trace(_ order: Int, frame: String = "com.acme.Cart.total") -> String {
    """
    java.lang.IllegalStateException: order \(order) refused
    \tat \(frame)(Cart.java:\(order))
    \tat org.apache.shop.Till.pay(Till.java:7)
    \tat java.base/java.lang.Thread.run(Thread.java:829)

    """
  }

  private static let rules = """
    fingerprints:
      - match: { message: 'code (?<code>\\d)' }
        split: [code, service]
        title: Refused
      - match: { type: '*IllegalState*', message: 'order 9' }
        merge: Order nine
      - match: { message: noise }
        ignore: true

    """

  private func groups(_ shell: Shell, _ flags: String = "-c -") throws -> [[String: Any]] {
    try shell.run("taffrail groups \(flags) -o json a.log").objects
  }

  @Test("One fault is one group, with its messages under it")
  func twoLevels() throws {
    let shell = try Shell()
    let other =
      "java.lang.IllegalStateException: cart is closed\n\tat com.acme.Cart.total(Cart.java:1)\n"
    try shell.write("a.log", Self.trace(1) + Self.trace(2) + other)
    let found = try groups(shell)
    #expect(found.count == 1)
    #expect(
      found.first?["template"] as? String
        == "java.lang.IllegalStateException <- com.acme.Cart.total")
    #expect(found.first?["kind"] as? String == "exception")
    let messages = found.first?["messages"] as? [[String: Any]] ?? []
    #expect(
      messages.map { $0["template"] as? String ?? "" } == [
        "java.lang.IllegalStateException: order <num> refused",
        "java.lang.IllegalStateException: cart is closed",
      ])
    #expect(messages.map { $0["count"] as? Int ?? 0 } == [2, 1])
  }

  @Test("A user's word on frames comes before the list")
  func frames() throws {
    let shell = try Shell()
    try shell.write("a.log", Self.trace(1))
    let found = try groups(
      shell, "-c - --application-frames org.apache.shop. --framework-frames com.acme.")
    #expect(
      found.first?["template"] as? String
        == "java.lang.IllegalStateException <- org.apache.shop.Till.pay")
  }

  @Test("Rules win over mining, for any number of workers")
  func rules() throws {
    let shell = try Shell()
    let lines = (0..<600).map { number -> String in
      switch number % 4 {
      case 0: "code \(number / 4 % 2) for \(number)\n"
      case 1: "noise \(number)\n"
      case 2: Self.trace(number % 8 == 2 ? 9 : 5)
      default: "all is well with \(number)\n"
      }
    }
    try shell.write("a.log", lines.joined())
    try shell.write("rules.yaml", Self.rules)
    let expected = try shell.run("taffrail groups -c rules.yaml --workers 1 -o json a.log")
    #expect(expected.status == 0, "\(expected.error)")
    let counts = Dictionary(
      uniqueKeysWithValues: try expected.objects.map {
        ($0["template"] as? String ?? "", $0["count"] as? Int ?? 0)
      })
    #expect(
      counts == [
        "Refused [code=0, service=]": 75, "Refused [code=1, service=]": 75, "Order nine": 75,
        "java.lang.IllegalStateException <- com.acme.Cart.total": 75,
        "all is well with <num>": 150,
      ])
    for workers in [2, 3] {
      let other = try shell.run("taffrail groups -c rules.yaml --workers \(workers) -o json a.log")
      #expect(other.out == expected.out)
    }
    let ledger = try shell.run("taffrail analyze -c rules.yaml -o json a.log").ledger
    #expect(ledger["filtered"] == 150)
    #expect(ledger.isBalanced)
  }

  @Test("A configuration may come through a pipe: it is read once")
  func pipe() throws {
    let shell = try Shell()
    try shell.write("a.log", "code 1 for 2\nfine\n")
    try shell.write("rules.yaml", Self.rules)
    let outcome = try shell.run(
      """
      mkfifo pipe; cat rules.yaml >pipe & taffrail groups -c pipe -o json a.log
      (cat rules.yaml; echo nothing: 1) >pipe & taffrail groups -c pipe a.log
      """)
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("unknown key 'nothing'"))
    let templates = try outcome.objects.map { $0["template"] as? String ?? "" }
    #expect(templates.contains("Refused [code=1, service=]"), "\(templates)")
  }

  @Test(
    "A mistake in a rule is told with its place and what is allowed",
    arguments: [
      (
        "fingerprints:\n  - match: { message: '(' }\n    merge: a\n",
        ["rules.yaml:2:", "no PCRE2 pattern"]
      ),
      (
        "fingerprints:\n  - match: { host: a }\n    merge: a\n",
        ["rules.yaml:2:14", "unknown key 'host'"]
      ),
      (
        "fingerprints:\n  - match: { type: a }\n",
        ["rules.yaml:2:5", "allowed  merge, split, rename, ignore"]
      ),
    ])
  func mistakes(_ yaml: String, _ says: [String]) throws {
    let shell = try Shell()
    try shell.write("a.log", "x\n")
    try shell.write("rules.yaml", yaml)
    let outcome = try shell.run("taffrail groups -c rules.yaml a.log")
    #expect(outcome.status == 2)
    #expect(outcome.out.isEmpty)
    for text in says { #expect(outcome.error.contains(text), "\(outcome.error)") }
  }

  @Test("explain says what went into a fingerprint")
  func explained() throws {
    let shell = try Shell()
    try shell.write("a.log", Self.trace(1) + Self.trace(9) + "all is well with 7\n")
    try shell.write("rules.yaml", Self.rules)
    let cases = try shell.run("taffrail explain --fingerprint -c rules.yaml -o json a.log").objects
    #expect(cases.count == 3)
    #expect(cases.first?["types"] as? [String] == ["java.lang.IllegalStateException"])
    #expect(cases.first?["frames"] as? [String] == ["com.acme.Cart.total"])
    #expect(
      cases.first?["dropped"] as? [String] == [
        "org.apache.shop.Till.pay: framework, listed as org.apache.",
        "java.lang.Thread.run: framework, listed as java.",
      ])
    #expect(cases.map { $0["rule"] as? Int ?? 0 } == [0, 2, 0])
    #expect(cases.last?["masked"] as? String == "all is well with <num>")
    let text = try shell.run("taffrail explain --fingerprint -c rules.yaml -o text a.log").out
    #expect(text.contains("  dropped   java.lang.Thread.run: framework, listed as java.\n"))
    #expect(text.contains("  rule      number 2 of fingerprints\n"))
  }
}
