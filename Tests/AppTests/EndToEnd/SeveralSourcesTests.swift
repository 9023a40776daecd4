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

  @Test func whatComesForAClosedMinuteIsAddedToIt() throws {
    let run = try follow(behind: 200, from: 18, minutes: 10)
    let book = try run.ledger
    #expect(book["late"] == 0 && book["entries"] == 41 && book.isBalanced)
    let hints = try #require(try run.summary["hints"] as? [String])
    #expect(hints.contains { $0.contains("of slow sources came when their minutes were closed") })
  }
}
