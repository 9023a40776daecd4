import Testing

/// A line that tells how often a message came counts so many times.
@Suite("Repeated messages")
struct RepetitionTests {
  static let log = """
    Mar  1 09:30:00 web kernel: link is down
    Mar  1 09:30:00 db sshd[4]: Failed password for root from 192.0.2.7 port 4000 ssh2
    Mar  1 09:30:09 web last message repeated 5 times
    Mar  1 09:30:10 db sshd[4]: message repeated 30 times: [ Failed password for root from 192.0.2.7 port 4000 ssh2]
    Mar  1 09:31:00 mail last message repeated 7 times

    """

  private func counts(_ outcome: Shell.Outcome) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for group in try outcome.objects {
      counts[group["template"] as? String ?? ""] = group["count"] as? Int
    }
    return counts
  }

  @Test func groupsAndLedgerCountThem() throws {
    let shell = try Shell()
    try shell.write("a.log", Self.log)
    let groups = try shell.run("taffrail groups -c - -o json --input-year 2026 a.log")
    let found = try counts(groups)
    #expect(found["link is down"] == 6)
    #expect(found.values.reduce(0, +) == 38)
    let run = try shell.run("taffrail analyze -c - -o json --input-year 2026 a.log")
    let book = try run.ledger
    #expect(book["read"] == 5 && book["expanded"] == 33 && book["entries"] == 38)
    #expect(book.isBalanced)
    #expect(run.out.contains("guessing") || run.out.contains("brute"))
  }

  /// Guesses that a syslog daemon counted are guesses, wherever batches end.
  @Test(arguments: ["cat a.log | ", "dd if=a.log bs=1 status=none | "])
  func whatCameAgainIsWatchedForAttacks(_ reader: String) throws {
    let shell = try Shell()
    try shell.write(
      "a.log",
      """
      Mar  1 09:30:00 web sshd[4]: Failed password for root from 192.0.2.7 port 4000 ssh2
      Mar  1 09:30:00 db cron[9]: job done
      Mar  1 09:30:20 web last message repeated 2 times
      Mar  1 09:30:40 web last message repeated 2 times
      Mar  1 09:31:00 db last message repeated 30 times

      """)
    let run = try shell.run("\(reader)taffrail analyze -c - -o json --input-year 2026 --workers 2")
    let insights = try run.objects.filter { $0["type"] as? String == "security" }
    let opened = try #require(insights.first)
    let detector = try #require(opened["detector"] as? [String: Any])
    #expect(detector["name"] as? String == "brute_force" && detector["actual"] as? Int == 5)
    #expect((opened["title"] as? String)?.hasSuffix("from 192.0.2.7") == true)
    #expect((opened["at"] as? String)?.hasPrefix("2026-03-01T09:30:40") == true)
    let exemplar = (opened["exemplars"] as? [[String: Any]])?.first
    #expect((exemplar?["message"] as? String)?.hasPrefix("Failed password for root") == true)
    #expect((exemplar?["ref"] as? String)?.hasSuffix(":4") == true)
    #expect(insights.allSatisfy { $0["host"] as? String == "web" })
  }

  @Test func whatIsFilteredIsFilteredAsOftenAsItCame() throws {
    let shell = try Shell()
    try shell.write("a.log", Self.log)
    let run = try shell.run("taffrail analyze -c - -o json --input-year 2026 -u kernel a.log")
    let book = try run.ledger
    #expect(book["analysed"] == 6 && book["filtered"] == 32 && book.isBalanced)
  }

  @Test func aClaimIsBounded() throws {
    let shell = try Shell()
    try shell.write(
      "a.log",
      """
      Mar  1 09:30:00 web kernel: link is down
      Mar  1 09:30:01 web last message repeated 1000000000000000000 times

      """)
    let run = try shell.run("taffrail analyze -c - -o json --input-year 2026 a.log")
    #expect(try run.ledger["entries"] == 1_000_001)
    #expect(run.out.contains(#""repetitions":"#))
  }
}
