import Foundation
import Testing

/// The programs that make real journals and read them.
private enum JournalTools {
  static let remote = "/lib/systemd/systemd-journal-remote"
  static let areThere = ["/usr/bin/journalctl", remote].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
  }
}

/// `--journal` against journalctl, on real journals that systemd-journal-remote makes; skipped where
/// these programs are missing.
@Suite("The journal itself", .enabled(if: JournalTools.areThere))
struct JournalTests {
  /// 3,000 entries of two boots, with long and repeated fields, line breaks and bytes.
  private static func export(_ numbers: ClosedRange<Int> = 1...3000) -> Data {
    var out = Data()
    for number in numbers {
      let time = 1_772_000_000_000_000 + number * 1_000
      let boot = String(repeating: number < 1500 ? "ab" : "cd", count: 16)
      out += Data("__REALTIME_TIMESTAMP=\(time)\n__MONOTONIC_TIMESTAMP=\(number * 1_000)\n".utf8)
      out += Data("_BOOT_ID=\(boot)\n_HOSTNAME=web-\(number % 3)\nPRIORITY=\(number % 8)\n".utf8)
      out += Data(
        "SYSLOG_IDENTIFIER=app\n_PID=\(100 + number % 5)\n_SYSTEMD_UNIT=app.service\n".utf8)
      out += Data("TAG=a\nTAG=b\n".utf8)
      var message = Data("request \(number) took \(number % 97) ms".utf8)
      if number % 50 == 0 { message += Data(String(repeating: " padding", count: 800).utf8) }
      if number % 70 == 0 { message += Data([0x0a, 0x01, 0xff]) }
      out += Data("MESSAGE\n".utf8)
      for shift in stride(from: 0, to: 64, by: 8) {
        out.append(UInt8(message.count >> shift & 255))
      }
      out += message + Data("\n\n".utf8)
    }
    return out
  }

  private func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write("all.export", Self.export())
    return shell
  }

  /// Entries as `parse` gives them, without what only one of the two ways knows.
  private func entries(_ outcome: Shell.Outcome) throws -> [[String: AnyHashable]] {
    #expect(outcome.status == 0, "\(outcome.error)")
    return try outcome.objects.map { object in
      var entry = object.compactMapValues { $0 as? AnyHashable }
      for name in ["journald.__SEQNUM", "journald.__SEQNUM_ID"] { entry[name] = nil }
      return entry
    }
  }

  @Test("the same entries as journalctl's, regular and compact", arguments: ["0", "1"])
  func sameEntries(compact: String) throws {
    let shell = try shell()
    let made = try shell.run(
      "\(JournalTools.remote) -o ./a.journal --split-mode=none - <all.export",
      environment: ["SYSTEMD_JOURNAL_COMPACT": compact])
    #expect(made.status == 0, "\(made.error)")
    let own = try entries(shell.run("taffrail parse -c - --journal a.journal"))
    let theirs = try entries(
      shell.run("journalctl --file a.journal -o json --all | taffrail parse -c -"))
    #expect(own.count == 3000)
    #expect(own == theirs)
  }

  @Test("several writers' files are interleaved as journalctl does it, for any number of workers")
  func interleaved() throws {
    let shell = try shell()
    let made = try shell.run(
      """
      mkdir j
      # Entries end with an empty line; every third goes to another writer.
      python3 - <<'E' || exit 0
      parts = [p for p in open('all.export', 'rb').read().split(b'\\n\\n') if p]
      for n in range(3): open(f'{n}.export', 'wb').write(b''.join(p + b'\\n\\n' for p in parts[n::3]))
      E
      for n in 0 1 2; do \(JournalTools.remote) -o ./j/$n.journal --split-mode=none - <$n.export; done
      """)
    #expect(made.status == 0, "\(made.error)")
    let theirs = try entries(shell.run("journalctl -D j -o json --all | taffrail parse -c -"))
    for workers in 1...3 {
      let own = try entries(
        shell.run("taffrail parse -c - --workers \(workers) --journal j"))
      #expect(own == theirs)
    }
  }

  @Test("bounds are applied by seeking, a cursor goes on where reading ended")
  func bounds() throws {
    let shell = try shell()
    let outcome = try shell.run(
      """
      \(JournalTools.remote) -o ./a.journal --split-mode=none - <all.export 2>/dev/null
      taffrail parse -c - --journal a.journal >all
      cursor=$(sed -n '1000s/.*"journald.cursor":"\\([^"]*\\)".*/\\1/p' all)
      taffrail parse -c - --journal a.journal --after-cursor "$cursor" >after
      tail -n 2000 all | sed 's/"taffrail.*//' >want; sed 's/"taffrail.*//' after | cmp - want && echo after
      taffrail analyze -c - --stats --journal a.journal -S @1772000001 -U @1772000002 2>&1 >/dev/null |
        grep -o '"read":[0-9]*'
      taffrail analyze -c - --journal a.journal --cursor nonsense; echo $?
      """)
    #expect(outcome.lines == ["after", #""read":1001"#, "2"], "\(outcome.error)")
  }

  @Test("a journal is followed as it grows")
  func followed() throws {
    let shell = try shell()
    try shell.write("start", Self.export(1...40))
    try shell.write("more", Self.export(41...41))
    let outcome = try shell.run(
      """
      expect() { until [ "$(wc -l <out)" -ge $1 ]; do sleep 0.05; done; }
      mkdir j; >out
      (cat start; until [ -e go ]; do sleep 0.05; done; cat more; until [ -e done ]; do sleep 0.05; done) |
        \(JournalTools.remote) -o ./j/a.journal --split-mode=none - 2>/dev/null &
      until [ -s j/a.journal ]; do sleep 0.05; done
      taffrail parse -f -c - --journal j >>out 2>err & tool=$!
      expect 40; touch go; expect 41
      kill -TERM $tool; wait $tool; echo $?; touch done; wait
      grep -o 'request [0-9]* took' out | sort -u | wc -l; cat err >&2
      """)
    #expect(outcome.lines == ["143", "41"], "\(outcome.error)")
  }
}
