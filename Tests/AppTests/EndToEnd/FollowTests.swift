import Foundation
import Testing

/// `-f`: what is written to a followed file is on stdout at once; the only bound here is the test's timeout.
@Suite("Following")
struct FollowTests {
  /// Starts `parse -f` in the background, runs steps, and prints its output after each `expect N`.
  private func follow(_ inputs: String, _ steps: String) throws -> Shell.Outcome {
    let shell = try Shell()
    return try shell.run(
      """
      line() { echo "2026-03-01T10:00:0$1Z host app[7]: line $1"; }
      expect() { until [ "$(wc -l <out)" -ge $1 ]; do sleep 0.02; done; }
      >out; mkdir logs
      \(steps.split(separator: "---").first ?? "")
      taffrail parse -f -c - \(inputs) >>out 2>err & tool=$!
      \(steps.split(separator: "---").last ?? "")
      kill -TERM $tool; wait $tool; status=$?
      cat out; cat err >&2; exit $status
      """)
  }

  private func messages(_ outcome: Shell.Outcome) throws -> [String] {
    #expect(outcome.status == 143, "\(outcome.error)")
    return try outcome.objects.compactMap { $0["message"] as? String }
  }

  @Test("an appended line appears at once")
  func appended() throws {
    let outcome = try follow(
      "logs/a.log",
      "line 1 >logs/a.log --- expect 1; line 2 >>logs/a.log; expect 2; line 3 >>logs/a.log; expect 3"
    )
    #expect(try messages(outcome) == ["line 1", "line 2", "line 3"])
  }

  @Test("a file that is rotated away and made anew is followed")
  func rotated() throws {
    let outcome = try follow(
      "logs/a.log",
      """
      line 1 >logs/a.log --- expect 1; line 2 >>logs/a.log; mv logs/a.log logs/a.log.1
      line 3 >logs/a.log; expect 3; line 4 >>logs/a.log; expect 4
      """)
    #expect(try messages(outcome) == ["line 1", "line 2", "line 3", "line 4"])
  }

  @Test("a file that is truncated is read from its start")
  func truncated() throws {
    let outcome = try follow(
      "logs/a.log",
      """
      line 1 >logs/a.log; line 2 >>logs/a.log --- expect 2; : >logs/a.log; sleep 0.2
      line 3 >>logs/a.log; expect 3
      """)
    #expect(try messages(outcome) == ["line 1", "line 2", "line 3"])
  }

  @Test("a file that appears in a followed folder is read, and named")
  func appeared() throws {
    let outcome = try follow(
      "logs", "line 1 >logs/a.log --- expect 1; line 2 >logs/b.log; expect 2")
    #expect(try messages(outcome) == ["line 1", "line 2"])
    let paths = try outcome.objects.compactMap { $0["log.file.path"] as? String }
    #expect(paths.map { $0.split(separator: "/").last } == ["a.log", "b.log"])
  }

  @Test("a named file may come later")
  func missing() throws {
    let outcome = try follow("logs/late.log", " --- line 1 >logs/late.log; expect 1")
    #expect(try messages(outcome) == ["line 1"])
  }

  @Test("a stack trace of a quiet live stream is told, and marked as closed by the clock")
  func closedByClock() throws {
    let outcome = try follow(
      "logs/a.log",
      """
      : --- echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) host app[7]: java.lang.IllegalStateException: no" >>logs/a.log
      expect 1
      """)
    let entries = try outcome.objects
    #expect(entries.count == 1)
    #expect(entries.first?["closed_by"] as? String == "clock", "\\(outcome.out)")
  }

  @Test("an alert is told while the stream goes on")
  func alerts() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      mkfifo pipe; exec 9<>pipe
      taffrail -f -c - -o json <pipe >out 2>err & tool=$!
      echo "<2>Mar  1 10:00:00 host app[7]: out of everything" >&9
      until grep -q critical_entry out; do sleep 0.02; done
      kill -TERM $tool; wait $tool; cat out
      """)
    let first = try #require(try outcome.objects.first)
    #expect(first["kind"] as? String == "alert")
    #expect(first["status"] as? String == "firing")
  }
}
