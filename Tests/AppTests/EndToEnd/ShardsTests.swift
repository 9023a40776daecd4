import Foundation
import Generation
import Testing

/// Partials of shards, merged, against one run over all of them.
@Suite("Shards")
struct ShardsTests {
  /// How a stream's lines are dealt out to shards.
  enum Division: String, CaseIterable, Sendable {
    case byLine, byTime, byProgram

    func shard(_ line: Substring, _ number: Int, of count: Int) -> Int {
      switch self {
      case .byLine: number * 7 % 3
      case .byTime: number * 3 / count
      case .byProgram: line.utf8.dropFirst(30).prefix(12).reduce(0) { $0 &+ Int($1) } % 3
      }
    }
  }

  private func shell(
    _ format: StreamFormat, _ division: Division, seed: UInt64
  ) throws -> Shell {
    let shell = try Shell()
    let text = String(
      decoding: try Streams.bytes(format, seed: seed, byteCount: 1_500_000), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    var shards = ["", "", ""]
    for (number, line) in lines.enumerated() {
      shards[division.shard(line, number, of: lines.count)] += line + "\n"
    }
    for (number, shard) in shards.enumerated() { try shell.write("\(number).log", shard) }
    return shell
  }

  private func findings(_ outcome: Shell.Outcome) throws -> [String] {
    try outcome.objects.map { event in
      String(
        decoding: try JSONSerialization.data(withJSONObject: event, options: .sortedKeys),
        as: UTF8.self)
    }
  }

  @Test(
    "merged they say what one run says",
    arguments: [
      (StreamFormat.journald, Division.byLine, 11), (.json, .byTime, 4), (.rfc5424, .byProgram, 5),
      (.rfc3164, .byLine, 6),
    ] as [(StreamFormat, Division, UInt64)])
  func merged(format: StreamFormat, division: Division, seed: UInt64) throws {
    let shell = try shell(format, division, seed: seed)
    let made = try shell.run(
      """
      for n in 0 1 2; do
        taffrail partial -c - --input-year 2026 --workers $((n+1)) $n.log > $n.partial || exit 1
      done
      """)
    #expect(made.status == 0, "\(made.error)")
    let one = try shell.run("taffrail analyze -c - --input-year 2026 -o json 0.log 1.log 2.log")
    let merged = try shell.run("taffrail merge -c - -o json 0.partial 1.partial 2.partial")
    #expect(merged.status == 0, "\(merged.error)")
    let expected = try findings(one)
    #expect(expected.count > 3)
    #expect(try findings(merged) == expected)
    let groups = try shell.run("taffrail groups -c - --input-year 2026 -o json 0.log 1.log 2.log")
    let mergedGroups = try shell.run(
      "taffrail merge -c - --workers 1 --write groups -o json 0.partial 1.partial 2.partial")
    #expect(mergedGroups.out == groups.out)
    let steps = try shell.run(
      """
      taffrail merge -c - --write partial 0.partial 1.partial > 01.partial &&
      gzip 2.partial && cat 2.partial.gz | taffrail merge -c - -o json 01.partial -
      """)
    #expect(steps.status == 0, "\(steps.error)")
    #expect(try findings(steps).count == expected.count)
    #expect(try steps.ledger["analysed"] == one.ledger["analysed"])
    #expect(try steps.ledger.isBalanced)
  }

  /// Six hours of three hosts: a heartbeat of one stops, another's answers fail, a third's reads become slow, and a mix of names turns.
  private func shifting(_ host: Int) -> String {
    var lines = ""
    for second in stride(from: 0, to: 21_600, by: 5) {
      let (hour, minute) = (second / 3600 + 10, second / 60 % 60)
      let stamp = String(
        format: "2026-03-01T%02d:%02d:%02d.%03dZ", hour, minute, second % 60, host * 7)
      let isLate = second > 18_000
      let noise = (second &* 2_654_435_761 >> 7) & 1023
      if host == 0, second % 60 == 0, !isLate { lines += "\(stamp) a beat[1]: alive\n" }
      if host == 0 { lines += "\(stamp) a web[1]: page \(noise) drawn\n" }
      if host == 1 {
        let status = noise % 100 < (isLate ? 40 : 2) ? 500 : 200
        lines +=
          "\(stamp) b nginx[1]: 10.0.0.\(noise % 9) - - "
          + "[01/Mar/2026:\(hour):\(stamp.dropFirst(14).prefix(5)) +0000] "
          + "\"GET / HTTP/1.1\" \(status) \(noise)\n"
      }
      if host == 2 {
        lines += "\(stamp) c store[1]: read took \(noise % 9 + (isLate ? 90 : 10)) ms\n"
        let name = isLate ? "north" : ["south", "east", "west"][noise % 3]
        lines += "\(stamp) c lane[1]: order \(noise) sent to venue \(name)-\(noise % 2)\n"
      }
    }
    return lines
  }

  @Test("what has to see each entry finds in shards what it finds in one run")
  func shifts() throws {
    let shell = try Shell()
    for host in 0..<3 { try shell.write("\(host).log", shifting(host)) }
    let made = try shell.run(
      """
      for n in 0 1 2; do taffrail partial -c - --workers $((n+1)) $n.log > $n.partial || exit 1; done
      taffrail partial -c - 1.log 2.log > 12.partial
      """)
    #expect(made.status == 0, "\(made.error)")
    let one = try shell.run("taffrail analyze -c - -o json 0.log 1.log 2.log")
    let expected = try findings(one)
    let types = Set(try one.objects.compactMap { $0["type"] as? String })
    #expect(types.isSuperset(of: ["absence", "numeric_shift", "status_shift"]), "\(types)")
    for partials in ["0.partial 1.partial 2.partial", "0.partial 12.partial"] {
      let merged = try shell.run("taffrail merge -c - -o json \(partials)")
      #expect(try findings(merged) == expected)
    }
  }

  @Test("a line that tells of repetitions counts for security as often as in one run")
  func repetitions() throws {
    let shell = try Shell()
    let refused = "sshd[1]: Failed password for root from 203.0.113.9 port 22 ssh2"
    for shard in 0..<2 {
      try shell.write(
        "\(shard).log",
        "Mar  2 02:25:27 db-\(shard) \(refused)\n"
          + "Mar  2 02:25:28 db-\(shard) last message repeated 20 times\n")
    }
    let one = try shell.run("taffrail analyze -c - --input-year 2026 -o json 0.log 1.log")
    let merged = try shell.run(
      """
      for n in 0 1; do
        taffrail partial -c - --input-year 2026 $n.log > $n.partial || exit 1
      done
      taffrail merge -c - --write partial 0.partial > step.partial
      taffrail merge -c - -o json step.partial 1.partial
      """)
    #expect(try findings(merged) == findings(one))
    #expect(try one.objects.contains { $0["type"] as? String == "security" })
  }

  @Test("what rules on grouping made of the entries is what one run makes of them")
  func ruled() throws {
    let shell = try Shell()
    try shell.write(
      "rules.yaml",
      """
      fingerprints:
        - { match: { message: '(a+)+$' }, merge: Never }
        - { match: { message: 'code (?<code>\\d)' }, split: [code, service], title: Refused }
        - { match: { type: '*IllegalState*' }, merge: Wrong state }
        - { match: { message: 'timed out' }, rename: Slow }
        - { match: { message: noise }, ignore: true }

      """)
    var shards = ["", "", ""]
    for number in 0..<900 {
      let stamp =
        "2026-03-01T10:\(number / 60 + 10):\(number % 60 / 10)\(number % 10)Z host app[7]: "
      let text =
        switch number % 6 {
        case 0: "code \(number % 4) for \(number)"
        case 1: "noise \(number)"
        case 2: "ERROR read of \(number) timed out"
        case 3: "Wrong state"
        case 4 where number % 100 == 4: String(repeating: "a", count: 60) + "!"
        default: "all is well with \(number)"
        }
      shards[number * 7 % 3] += stamp + text + "\n"
    }
    for (number, shard) in shards.enumerated() { try shell.write("\(number).log", shard) }
    for (write, flags) in [("analyze", ""), ("groups", "--write groups")] {
      let one = try shell.run("taffrail \(write) -c rules.yaml -o json 0.log 1.log 2.log")
      let merged = try shell.run(
        """
        for n in 0 1 2; do taffrail partial -c rules.yaml $n.log > $n.partial || exit 1; done
        taffrail merge -c rules.yaml \(flags) -o json 0.partial 1.partial 2.partial
        """)
      #expect(merged.status == 0, "\(merged.error)")
      if write == "groups" {
        #expect(merged.out == one.out)
        let templates = try merged.objects.map { $0["template"] as? String ?? "" }
        #expect(templates.contains("Refused [code=2, service=app]"))
        #expect(templates.contains { $0.hasPrefix("Slow: ") })
      } else {
        #expect(try merged.ledger["filtered"] == 150)
        #expect(try findings(merged) == findings(one))
        let hints = try merged.summary["hints"] as? [String] ?? []
        #expect(hints.contains { $0.contains("fingerprints[1] gave up 3 times") }, "\(hints)")
      }
    }
  }

  @Test("shards of any order, and entries without a time, are merged as one run takes them")
  func disordered() throws {
    let shell = try Shell()
    var lines = ["no time at all", "neither has this"]
    for minute in (0..<40).reversed() {
      lines.append(
        "2026-03-01T10:\(minute / 10)\(minute % 10):05Z web[1]: request \(minute) failed")
      lines.append("2026-03-01T10:\(minute / 10)\(minute % 10):06Z web[1]: ok")
    }
    try shell.write("a.log", lines.joined(separator: "\n") + "\n")
    try shell.write("b.log", "2026-03-01T10:10:00Z db[2]: ERROR gone\n")
    let one = try shell.run("taffrail analyze -c - -o json a.log b.log")
    let merged = try shell.run(
      """
      taffrail partial -c - a.log > a.partial && taffrail partial -c - b.log > b.partial &&
      taffrail merge -c - -o json a.partial b.partial
      """)
    #expect(try merged.ledger["analysed"] == 83)
    #expect(try merged.ledger["late"] == 0)
    #expect(try findings(merged) == findings(one))
  }

  @Test("a signal ends the waiting for a pipe, and what came is told")
  func stopped() throws {
    let shell = try Shell()
    try shell.write("a.log", "2026-03-01T10:10:00Z db[2]: ERROR gone\n")
    for held in ["$(wc -c <a.partial)", "$(($(wc -c <a.partial) - 5))", "0"] {
      let outcome = try shell.run(
        """
        taffrail partial -c - a.log > a.partial; rm -f pipe begun; mkfifo pipe
        (head -c \(held) a.partial; touch begun; exec sleep 60) >pipe & writer=$!
        taffrail merge -c - -o json pipe >out & tool=$!
        until [ -e begun ]; do sleep 0.02; done; sleep 0.3
        kill -TERM $tool; wait $tool; status=$?; kill $writer; cat out; exit $status
        """)
      #expect(outcome.status == 143, "\(held): \(outcome.error)")
      #expect(try outcome.ledger.isBalanced)
    }
  }

  @Test("what needs the entries is no flag of merge", arguments: ["framework", "application"])
  func framesOfTheEntries(_ whose: String) throws {
    let shell = try Shell()
    let outcome = try shell.run("taffrail merge -c - --\(whose)-frames org.example x")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("--\(whose)-frames"))
  }

  @Test("what can't be merged is told, and the rest is merged")
  func refused() throws {
    let shell = try Shell()
    try shell.write("a.log", "2026-03-01T10:10:00Z db[2]: ERROR gone\n")
    try shell.write("text", "2026-03-01T10:10:00Z db[2]: ERROR gone\n")
    let made = try shell.run(
      """
      taffrail partial -c - a.log --output-file a.partial && cp a.partial b.partial
      taffrail partial -c - a.log --output-file a.partial && cmp a.partial b.partial
      head -c 100 a.partial > short; head -c -1 a.partial > cut
      (head -c 16 a.partial; printf '\\x09'; tail -c +18 a.partial) > later
      (cat a.partial; echo more) > long
      python3 -c "d=bytearray(open('a.partial','rb').read()); d[40]^=1; open('bent','wb').write(d)" \
        || perl -e 'local $/; open F,"<a.partial"; $d=<F>; substr($d,40,1)^="\\x01"; open G,">bent"; print G $d'
      """)
    #expect(made.status == 0, "\(made.error)")
    for (name, words) in [
      ("text", "is no partial"), ("short", "ends before its end"), ("cut", "ends before its end"),
      ("later", "of version 9"), ("bent", "is damaged"), ("long", "ends before its end"),
      ("missing", "No such file"),
    ] {
      let outcome = try shell.run("taffrail merge -c - -o json a.partial \(name)")
      #expect(outcome.status == 1, "\(name)")
      #expect(outcome.error.contains(words), "\(name): \(outcome.error)")
      #expect(try outcome.ledger["analysed"] >= 1, "\(name)")
    }
    let whole = try shell.run("taffrail merge -c - -o json a.partial short")
    #expect(try whole.ledger["analysed"] == 1)
    #expect(try whole.ledger.isBalanced)
    let again = try shell.run(
      "taffrail merge -c - --write partial a.partial cut > both; taffrail merge -c - both")
    #expect(again.status == 1)
    #expect(again.error.contains("both: "))
    let other = try shell.run(
      "taffrail partial -c - --lateness 5m a.log > late && taffrail merge -c - a.partial late")
    #expect(other.status == 2)
    #expect(other.error.contains("another --lateness"))
  }
}
