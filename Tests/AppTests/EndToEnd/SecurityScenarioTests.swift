import Foundation
import Testing

/// Attacks as logs tell of them, each beside what looks like it and is none.
@Suite("Attacks and what only looks like them")
struct SecurityScenarioTests {
  struct Scenario: CustomTestStringConvertible, Sendable {
    let name: String
    /// Rules that must speak; none where the log is harmless.
    let rules: Set<String>
    /// Seconds from the start of the log, and what stands behind the stamp.
    let lines: [(second: Int, text: String)]

    init(_ name: String, _ rules: Set<String>, _ lines: [(Int, String)]) {
      self.name = name
      self.rules = rules
      self.lines = lines.map { (second: $0.0, text: $0.1) }
    }

    var testDescription: String { name }

    var log: String {
      lines.sorted { $0.second < $1.second }.map { second, text in
        let (hour, minute) = (10 + second / 3600, second / 60 % 60)
        let clock = [hour, minute, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "2026-03-02T\(clock.joined(separator: ":"))Z gate \(text)\n"
      }.joined()
    }
  }

  private static let source = "203.0.113.9"

  private static func sshd(_ text: String) -> String { "sshd[811]: \(text)" }

  private static func failed(_ user: String, from source: String = source) -> String {
    sshd("Failed password for \(user) from \(source) port 4242 ssh2")
  }

  private static func web(
    _ request: String, _ status: Int, agent: String = "Mozilla/5.0", from source: String = source
  ) -> String {
    "nginx: \(source) - - [02/Mar/2026:10:00:00 +0000] \"\(request)\" \(status) 153 \"-\" \"\(agent)\""
  }

  private static func blocked(port: Int) -> String {
    "kernel: [UFW BLOCK] IN=eth0 OUT= MAC=00:01 SRC=\(source) DST=192.0.2.1 LEN=40 TTL=240 ID=1 PROTO=TCP SPT=51234 DPT=\(port) WINDOW=1024 SYN URGP=0"
  }

  private static func sudo(_ user: String, _ command: String) -> String {
    "sudo[911]: \(user) : TTY=pts/0 ; PWD=/home/\(user) ; USER=root ; COMMAND=\(command)"
  }

  /// An hour and more of a quiet machine.
  private static let history = (0..<130).map {
    ($0 * 30, "app[7]: request \($0) done")
  }

  private static func times(_ count: Int, every seconds: Int, _ text: (Int) -> String)
    -> [(Int, String)]
  {
    (0..<count).map { ($0 * seconds, text($0)) }
  }

  static let attacks: [Scenario] = [
    Scenario("brute force", ["brute_force"], times(6, every: 60) { _ in failed("root") }),
    Scenario(
      "spraying", ["password_spraying"],
      times(5, every: 20) { failed(["root", "ann", "bob", "carol", "dave"][$0]) }),
    Scenario(
      "accounts that are not there", ["password_spraying"],
      times(6, every: 9) {
        sshd(
          "Invalid user \(["oracle", "test", "ftp", "git", "db", "pi"][$0]) from \(source) port 4242"
        )
      }),
    Scenario(
      "a login behind guesses", ["login_after_failures"],
      times(7, every: 30) { _ in failed("root") } + [
        (240, sshd("Accepted password for root from \(source) port 4242 ssh2"))
      ]),
    Scenario(
      "many addresses, one account", ["distributed_guessing"],
      times(8, every: 60) { failed("admin", from: "198.51.\($0 + 7).\($0 + 20)") }),
    Scenario(
      "a new user of sudo", ["new_privileged_user"], history + [(3950, sudo("mallory", "/bin/ls"))]),
    Scenario(
      "a new user of su", ["new_privileged_user"],
      history + [(3950, "su[912]: (to root) mallory on pts/1")]),
    Scenario(
      "a program with root's rights crashes", ["privileged_crash"],
      [(0, "kernel: sudo[4711]: segfault at 7ffd ip 00007f sp 00007ffd error 4 in libc.so.6[7f+1]")]
    ),
    Scenario(
      "a log is emptied", ["log_tampering"],
      [(0, sudo("mallory", "/usr/bin/truncate -s 0 /var/log/auth.log"))]),
    Scenario(
      "auditing ends", ["log_tampering"],
      [
        (
          0,
          "audit[501]: type=CONFIG_CHANGE msg=audit(1772445600.042:80): op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1"
        )
      ]),
    Scenario(
      "the journal is shortened", ["log_shortened"],
      [
        (
          0,
          "systemd-journald[300]: Vacuuming done, freed 1.2G of archived journals from /var/log/journal/0."
        )
      ]),
    Scenario(
      "addresses only looked for", ["web_probing"],
      times(3, every: 2) {
        web("GET \(["/.env", "/.git/config", "/wp-config.php.bak"][$0]) HTTP/1.1", 404)
      }),
    Scenario(
      "traversal", ["web_attack"],
      [(0, web("GET /a?f=../../../../etc/passwd HTTP/1.1", 400))]),
    Scenario(
      "injection", ["web_attack"],
      [(0, web("GET /a?id=1%27%20UNION%20SELECT%20password%20FROM%20users-- HTTP/1.1", 200))]),
    Scenario(
      "a scanner", ["web_scanner"],
      times(3, every: 1) { web("GET /page\($0) HTTP/1.1", 404, agent: "sqlmap/1.8#stable") }),
    Scenario(
      "a burst of refused requests", ["web_crawling"],
      times(12, every: 1) { web("GET /try-\($0) HTTP/1.1", 404) }),
    Scenario("ports", ["port_scan"], times(14, every: 1) { blocked(port: 20 + $0 * 7) }),
    Scenario(
      "a new service listens", ["new_listener"],
      history + [(3950, sshd("Server listening on 0.0.0.0 port 2222."))]),
    Scenario(
      "a flood of half-open connections", ["connection_flood"],
      [(0, "kernel: TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.")]),
    Scenario(
      "a flood of connections to sshd", ["connection_flood", "connections_limited"],
      [(0, sshd("error: beginning MaxStartups throttling"))]
        + times(6, every: 2) {
          sshd(
            "drop connection #\($0 + 10) from [\(source)]:51\($0)1 on [192.0.2.1]:22 past MaxStartups"
          )
        }),
    Scenario(
      "more connections than a web server grants", ["connections_limited"],
      times(5, every: 3) {
        "nginx: 2026/03/02 10:00:0\($0) [error] 77#77: *\($0) limiting connections by zone \"addr\", client: \(source), server: shop.example, request: \"GET / HTTP/1.1\", host: \"shop.example\""
      }),
    Scenario(
      "more connections than a mail server grants", ["connections_limited"],
      times(5, every: 3) {
        "postfix/smtpd[71]: warning: Connection concurrency limit exceeded: 5\($0) from unknown[\(source)] for service smtp"
      }),
    Scenario(
      "more connections than a program that no pack knows grants", ["connections_limited"],
      times(5, every: 3) { _ in "gated[71]: too many connections from \(source), closing" }),
    Scenario(
      "hundreds of connections", ["connection_burst"],
      (0..<300).map { ($0 / 6, "postfix/smtpd[71]: connect from unknown[\(source)]") }),
  ]

  static let lookalikes: [Scenario] = [
    Scenario(
      "three mistakes and the right password", [],
      times(3, every: 5) { _ in failed("ann") } + [
        (20, sshd("Accepted password for ann from \(source) port 4242 ssh2"))
      ]),
    Scenario(
      "sudo as every day", [],
      history + times(5, every: 800) { _ in sudo("ann", "/usr/bin/apt-get update") }),
    Scenario(
      "a program crashes", [],
      [
        (
          0,
          "kernel: renderer[4711]: segfault at 0 ip 00007f sp 00007ffd error 4 in librender.so[7f+1]"
        )
      ]),
    Scenario(
      "logs are rotated by their keeper", [],
      [
        (0, "systemd[1]: Starting logrotate.service - Rotate log files..."),
        (1, "systemd[1]: Finished logrotate.service - Rotate log files."),
      ]),
    Scenario(
      "one picture is missing", [],
      times(30, every: 2) { _ in web("GET /logo-old.png HTTP/1.1", 404) }),
    Scenario("one closed port", [], times(30, every: 2) { _ in blocked(port: 23) }),
    Scenario(
      "a service that starts with its machine", [],
      [(0, sshd("Server listening on 0.0.0.0 port 22."))] + history),
    Scenario(
      "too many connections once", [],
      times(3, every: 4) {
        "postfix/smtpd[71]: warning: Connection rate limit exceeded: 6\($0) from unknown[\(source)] for service smtp"
      }),
    Scenario(
      "a database without a free place", [],
      times(20, every: 3) { _ in "postgres[71]: FATAL:  sorry, too many clients already" }),
    Scenario(
      "a pool of the house connects", [],
      (0..<300).map { ($0 / 6, "postfix/smtpd[71]: connect from app7.example[10.0.0.5]") }),
    Scenario(
      "a busy client", [],
      (0..<180).map { ($0, "postfix/smtpd[71]: connect from mx.example[\(source)]") }),
    Scenario(
      "a backend is gone", [],
      times(40, every: 2) { _ in
        "app[7]: connect to backend \(source):8080 failed: Connection refused"
      }),
  ]

  private func rules(_ scenario: Scenario) throws -> Set<String> {
    let shell = try Shell()
    try shell.write("gate.log", scenario.log)
    let run = try shell.run("taffrail -c - -o json gate.log")
    let isBalanced = try run.ledger.isBalanced
    #expect(run.status == 0 && isBalanced, "\(run.error)")
    let told = try run.objects.filter { $0["type"] as? String == "security" }
    return Set(told.compactMap { ($0["detector"] as? [String: Any])?["name"] as? String })
  }

  @Test("an attack is told of", arguments: attacks)
  func attack(_ scenario: Scenario) throws {
    let told = try rules(scenario)
    #expect(scenario.rules.isSubset(of: told), "\(told.sorted())")
  }

  @Test("what only looks like one is not", arguments: lookalikes)
  func lookalike(_ scenario: Scenario) throws {
    #expect(try rules(scenario) == scenario.rules)
  }

  /// A crash loop is the service's trouble, not an attack.
  @Test("a service that crashes again and again is a crash loop")
  func crashLoop() throws {
    let lines =
      Self.times(6, every: 20) { _ in
        "systemd[1]: gate.service: Main process exited, code=exited, status=1/FAILURE"
      }
      + (0..<6).map {
        (
          $0 * 20 + 1,
          "systemd[1]: gate.service: Scheduled restart job, restart counter is at \($0 + 1)."
        )
      }
    let shell = try Shell()
    try shell.write("gate.log", Scenario("crash loop", [], lines).log)
    let run = try shell.run("taffrail -c - -o json gate.log")
    let types = try run.objects.compactMap { $0["type"] as? String }
    #expect(types.contains("crash_loop") && !types.contains("security"), "\(types)")
  }
}
