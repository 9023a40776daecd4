import Testing

/// Followed files whose clocks differ: each is judged by its own.
@Suite("Sources with clocks of their own")
struct SeveralSourcesTests {
  /// Two files that are followed; `b.log` states stamps that lie `behind` seconds back from a step on.
  private func follow(behind: Int, from step: Int, minutes: Int) throws -> Shell.Outcome {
    let shell = try Shell()
    return try shell.run(
      """
      start=1772352000; said=0
      say() { echo "$(date -u -d @$2 +%Y-%m-%dT%H:%M:%SZ) host app[7]: request done" >>$1.log; }
      >seen; >a.log; >b.log
      taffrail -f -c - -o json --entries seen a.log b.log >out 2>err & tool=$!
      for step in $(seq 0 \(minutes * 2 - 1)); do
        say a $((start + step * 30)); said=$((said+1))
        until [ "$(grep -c a.log seen)" -ge $said ]; do sleep 0.01; done
        say b $((start + step * 30 - (step < \(step) ? 0 : \(behind))))
      done
      say a $((start + 3600)); until [ "$(grep -c a.log seen)" -gt $said ]; do sleep 0.01; done
      kill -TERM $tool; wait $tool; cat out
      """)
  }

  @Test func aFileTwoHoursBehindCountsWhereItCame() throws {
    let run = try follow(behind: 7200, from: 0, minutes: 6)
    let book = try run.ledger
    #expect(book["entries"] == 25 && book.isBalanced)
    #expect(book["late"] <= 4 && book["analysed"] >= 20)
    let hints = try #require(try run.summary["hints"] as? [String])
    #expect(hints.contains { $0.contains("b.log is 7200 s behind the others'") })
  }

  /// Three hours in three files, errors of one in the third; old siblings are read first.
  @Test func whatFilesHoldAlreadyIsJudgedAsIfReadToTheirEnds() throws {
    let shell = try Shell()
    let run = try shell.run(
      """
      write() { awk -v from=$2 -v to=$3 -v name=$1 'BEGIN { for (t = from; t < to; t += 5) {
        stamp = strftime("%Y-%m-%dT%H:%M:%SZ", 1772352000 + t, 1); print stamp " host " name "[7]: request " t " done"
        if (name == "web" && t >= 9000 && t < 9600) for (i = 0; i < 9; i++) print stamp " host web[7]: ERROR: backend " i " is gone"
      } }'; }
      write app 0 5400 >a.log.1; write app 5400 10800 >a.log; write web 0 10800 >b.log; write job 600 10000 >c.log
      taffrail -c - -o json a.log.1 a.log b.log c.log >whole
      taffrail -f -c - -o json --entries seen a.log.1 a.log b.log c.log >followed & tool=$!
      until [ "$(wc -l <seen)" -ge $(cat a.log a.log.1 b.log c.log | wc -l) ]; do sleep 0.05; done
      kill -TERM $tool; wait $tool
      for name in whole followed; do grep -v '"kind":"summary"' $name | sed 's/"reproduce":"[^"]*"//' >$name.events; done
      wc -l <whole.events; cmp whole.events followed.events && echo same; cat followed
      """)
    #expect(Int(run.lines.first ?? "") ?? 0 > 1)
    #expect(run.lines.dropFirst().first == "same", "\(run.error)")
    let summary = try Shell.object(String(try #require(run.lines.last)))
    let book = Shell.Ledger(try #require(summary["ledger"] as? [String: Any]))
    #expect(book.isBalanced && book["late"] == 0 && book["analysed"] == book["entries"])
  }

  @Test func whatComesForAClosedMinuteIsAddedToIt() throws {
    let run = try follow(behind: 200, from: 18, minutes: 10)
    let book = try run.ledger
    #expect(book["late"] == 0 && book["entries"] == 41 && book.isBalanced)
    let hints = try #require(try run.summary["hints"] as? [String])
    #expect(hints.contains { $0.contains("of slow sources came when their minutes were closed") })
  }
}
