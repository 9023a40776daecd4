import Bytes
import Foundation
import Generation
import Testing

@testable import Store

/// Runs that go on where earlier ones ended: `--state`.
@Suite("State over restarts")
struct StateTests {
  /// Two days of 8 entries a minute, cut on the second at a minute's edge, within a block of five.
  private static let whole: [String] = {
    var generator = try? StreamGenerator(
      StreamSettings(
        seed: 3, durationSeconds: 2 * 86_400, entriesPerMinute: 8, format: .rfc5424,
        randomIncidentCount: 9, stackTraceShare: 0))
    var writer = ByteWriter()
    while generator?.next(atLeast: 1 << 20, into: &writer) == true {}
    return String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }()

  private static let cut = "T13:37:00"

  /// The stream's lines before and behind a minute's edge of its second day.
  private static func parts(_ lines: [String]) -> (String, String) {
    let edge =
      lines.firstIndex { $0.contains("2026-03-03" + cut.prefix(6)) } ?? lines.count
    return (
      lines[..<edge].joined(separator: "\n") + "\n", lines[edge...].joined(separator: "\n") + "\n"
    )
  }

  private static func shell() throws -> Shell {
    let shell = try Shell()
    let (before, behind) = parts(whole)
    try shell.write("all.log", before + behind)
    try shell.write("before.log", before)
    try shell.write("behind.log", behind)
    return shell
  }

  /// What counts and known groups decide, as it was first told.
  private func told(_ outcome: Shell.Outcome, after: String = "") throws -> [String] {
    let kinds: Set = [
      "spike", "drop", "new_group", "performance", "absence", "security", "change_point",
    ]
    return try outcome.objects.filter { event in
      event["kind"] as? String == "insight" && event["status"] as? String == "open"
        && kinds.contains(event["type"] as? String ?? "")
        && (event["decided_at"] as? String ?? "") > after
    }.compactMap { event in
      guard let detector = event["detector"] as? [String: Any],
        // Regular lines are learned anew in each run.
        detector["name"] as? String != "absence"
      else { return nil }
      let group = event["group"] as? [String: Any]
      return "\(event["decided_at"] ?? "") \(event["at"] ?? "") \(event["type"] ?? "") "
        + "\(event["service"] ?? "") \(group?["id"] ?? "") \(detector["name"] ?? "") "
        + "\(detector["actual"] ?? "") \(detector["typical"] ?? "") \(detector["score"] ?? "")"
    }
  }

  private func state(_ outcome: Shell.Outcome) throws -> [String: Any] {
    try #require(try outcome.summary["state"] as? [String: Any])
  }

  @Test("What is cut in two is told as in one run, and again where it comes again")
  func aCutRunTellsWhatOneTells() throws {
    let shell = try Self.shell()
    let run = "taffrail analyze -c - -o json"
    let whole = try shell.run("\(run) all.log")
    let first = try shell.run("\(run) --state kept before.log")
    #expect(first.status == 0)
    #expect(try state(first)["since"] == nil)
    let other = try shell.run("\(run) --workers 1 --state other before.log")
    #expect(other.status == 0)
    let kept = try StateStore(folder: shell.folder.path + "/kept", .reads).read()
    let equal = try StateStore(folder: shell.folder.path + "/other", .reads).read() == kept
    #expect(equal, "states of one and of several workers differ")
    #expect(kept.baselines.count > 100)
    #expect(kept.shapes.count > 100)

    let again = try shell.run("\(run) --state kept before.log")
    // Not quite the same: the groups are from the start those that they were in the end.
    let (once, twice) = (try told(first), Set(try told(again)))
    #expect(once.count(where: { twice.contains($0) }) * 10 >= once.count * 8)
    #expect(try state(again)["repeated_minutes"] as? Int == 1440 + 13 * 60 + 37)
    #expect(try state(again)["learned_minutes"] as? Int == 0)
    let unchanged = try StateStore(folder: shell.folder.path + "/kept", .reads).read() == kept
    #expect(unchanged, "minutes were learned twice")

    // Out of order it is learned in a second pass.
    let late = try shell.run(
      "cp -r kept copy; tac behind.log > back.log; \(run) --state copy back.log")
    #expect(try state(late)["learned_minutes"] as? Int == 10 * 60 + 23)
    #expect(try state(late)["damaged"] as? Int == 0)

    let second = try shell.run("\(run) --state kept behind.log")
    let expected = try told(whole, after: "2026-03-03" + Self.cut + "Z")
    #expect(expected.count > 5)
    #expect(try told(second) == expected)
    let loaded = try state(second)
    #expect(loaded["series"] as? Int == kept.baselines.count)
    #expect(loaded["groups"] as? Int ?? 0 > 50)
    #expect(loaded["damaged"] as? Int == 0)
    #expect(loaded["since"] as? String == "2026-03-02T00:00:00Z")
    #expect(loaded["through"] as? String == "2026-03-03T13:37:00Z")
  }

  @Test("What is learned in a pipe is kept as well, hour by hour and at the end by a signal")
  func aPipeKeepsToo() throws {
    let shell = try Shell()
    let lines = Self.whole.prefix { !$0.contains("2026-03-02T03:10") }
    try shell.write("part.log", lines.joined(separator: "\n") + "\n")
    let outcome = try shell.run(
      """
      mkfifo pipe
      taffrail analyze -c - -o json --state kept - < pipe > out.json &
      exec 3> pipe
      cat part.log >&3
      for i in $(seq 200); do
        [ "$(taffrail state show -n 0 -o json --state kept 2> /dev/null | grep -c T03:00)" -gt 0 ] && break
        sleep 0.05
      done
      taffrail state show -n 0 -o json --state kept
      kill -TERM $!
      wait $!
      echo "status $?"
      taffrail state show -n 0 -o json --state kept
      """)
    let said = outcome.lines.map(String.init)
    #expect(said.count == 3)
    #expect(said.first?.contains("2026-03-02T03:00:00Z") == true)
    #expect(said.dropFirst().first == "status 143")
    #expect(said.last?.contains("2026-03-02T03:10:00Z") == true)
  }

  @Test("Rows that are damaged start anew, and are told")
  func damagedRowsStartAnew() throws {
    let shell = try Self.shell()
    let run = "taffrail analyze -c - -o json"
    _ = try shell.run("\(run) --state kept before.log")
    do {
      let store = try StateStore(folder: shell.folder.path + "/kept", .writes)
      var kept = try store.read()
      kept.baselines[3].bytes = [1, 2, 3]
      kept.baselines[4].name = Array("no such group".utf8)
      kept.baselines[4].kind = "group"
      kept.shapes[5].bytes.removeLast()
      kept.parts["gone"] = []
      try store.write(kept)
    }
    let outcome = try shell.run("\(run) --state kept behind.log")
    #expect(outcome.status == 0)
    let damaged = try state(outcome)["damaged"] as? Int ?? 0
    #expect((4...6).contains(damaged))
    let check = try shell.run("taffrail state check --state kept")
    #expect(check.status == 0)
  }

  /// A stamp that lies apart and was never borne out would have all later runs' minutes taken for learned.
  @Test("A last stamp far ahead teaches a state nothing")
  func aLastStampFarAheadTeachesNothing() throws {
    let shell = try Shell()
    var lines = (0..<600).map { second in
      let (hour, minute) = (second / 360, second / 6 % 60)
      return String(format: "2026-03-02T%02d:%02d:%02dZ ping ok", hour, minute, second % 6 * 10)
    }
    lines.append("2027-04-06T00:00:00Z ping ok")
    try shell.write("a.log", lines.joined(separator: "\n") + "\n")
    let shown = try shell.run(
      """
      taffrail analyze -c - -o json --state kept a.log > out.json
      taffrail state show -n 0 -o json --state kept
      """)
    #expect(shown.out.contains("\"through\":\"2026-03-02T01:40:00Z\""), "\(shown.out)")
  }

  @Test("What can't be used is refused before anything is read")
  func whatCannotBeUsedIsRefused() throws {
    let shell = try Shell()
    try shell.write("a.log", "2026-03-02T00:00:00Z hello\n")
    try shell.write("file", "")
    try shell.write("text/taffrail.db", String(repeating: "no database ", count: 100))
    for (folder, words) in [
      ("file", "file"), ("text", "text/taffrail.db is damaged"), ("/proc/none", "/proc/none"),
    ] {
      let outcome = try shell.run("taffrail -c - -o json --state \(folder) a.log")
      #expect(outcome.status == 1)
      #expect(outcome.out.isEmpty)
      #expect(outcome.error.contains(words), "\(outcome.error)")
    }
    let locked = try shell.run(
      "mkdir kept; flock kept/taffrail.lock taffrail -c - --state kept a.log")
    #expect(locked.status == 1)
    #expect(locked.error.contains("kept is in use by another taffrail"))
    let missing = try shell.run("taffrail state show --state nothing")
    #expect(missing.status == 1)
    #expect(missing.error.contains("nothing/taffrail.db: there is no state here"))
    let unnamed = try shell.run("taffrail -c - --state '' a.log; taffrail state show --state ''")
    #expect(unnamed.status == 2)
    #expect(unnamed.error.components(separatedBy: "the folder's name is empty").count == 3)
    let merge = try shell.run(
      "taffrail partial -c - a.log > p; taffrail merge -c - --state kept --write groups p")
    #expect(merge.status == 2)
    #expect(merge.error.contains("--state"))
    let merged = try shell.run("taffrail merge -c - -o json --state kept p")
    #expect(merged.status == 0)
    #expect(try state(merged)["dir"] as? String == "kept")
  }
}
