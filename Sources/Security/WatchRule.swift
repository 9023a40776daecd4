internal import Bytes
internal import Model

/// What is counted, for whom, and how much of it in which time is a finding.
struct WatchRule: Sendable {
  /// For whom it is counted.
  enum Subject: Sendable { case source, user, place }

  enum Measure: Sendable {
    case entries
    /// Different values of another field.
    case distinct(FieldRoles.Role)
  }

  /// Of one family, a subject has one finding at a time: the first rule that holds.
  enum Family: UInt64, Sendable {
    case login = 1, access, scan, web, webLogin, account, privilege, tampering, listener, takeover
    case distributed, threat, slowLogin, journey, shortening, crash, program, decoding
    case flood, connections
  }

  var name: String
  var family: Family
  var signals: [SecuritySignal]
  var subject = Subject.source
  var measure = Measure.entries
  /// 1 to `Track.capacity`.
  var threshold: Int
  /// Every so many-th entry counts, for what comes in hundreds: `threshold` times so many make a finding.
  var stride = 1
  /// Length of the sliding window, in seconds of event time.
  var span: Int64
  var severity = FindingSeverity.warning
  /// So much of it comes from the internet that the sixth subject in a day is information.
  var isCommon = true
  /// It holds only for what the run has not seen in its first hour.
  var needsNovelty = false
  /// It is told once of a subject, however often it holds: what is usual for a user would be told all day.
  var isOnce = false
  /// Seconds that must lie between the first and the last of it in the window: quicker ones are for other rules.
  var leastReach: Int64 = 0
  /// Nothing is told where the subject has an open insight of this family.
  var yields: Family?
  var title: String
  var tags: [String] = []

  var nanoseconds: Int64 { span * 1_000_000_000 }

  /// A hash of its name.
  var salt: UInt64 {
    let name = Array(name.utf8)
    return StableHash(name.span).high
  }

  /// What counting asks of a rule, without a reference.
  struct Count: Sendable {
    var number: Int
    /// A hash of its name, the same in every run and version.
    var salt: UInt64
    var family: Family
    var subject: Subject
    var measure: Measure
    var threshold: Int
    var stride: Int
    /// Of its window, in nanoseconds.
    var window: Int64
    /// In nanoseconds.
    var leastReach: Int64

    init(_ rule: WatchRule, number: Int) {
      self.number = number
      salt = rule.salt
      family = rule.family
      subject = rule.subject
      measure = rule.measure
      threshold = rule.threshold
      stride = rule.stride
      window = rule.nanoseconds
      leastReach = rule.leastReach * 1_000_000_000
    }
  }
}

extension WatchRule {
  /// In the order in which they are asked; specific before general within a family.
  static let builtIn: [WatchRule] = [
    WatchRule(
      name: "password_spraying", family: .login, signals: [.refusedLogin],
      measure: .distinct(.user), threshold: 4, span: 600,
      title: "logins refused for many accounts", tags: ["attack.t1110.003", "attack.t1087"]),
    WatchRule(
      name: "brute_force", family: .login, signals: [.refusedLogin], threshold: 5, span: 600,
      title: "logins refused again and again", tags: ["attack.t1110.001"]),
    WatchRule(
      name: "rapid_guessing", family: .login, signals: [.refusedLogin], threshold: 4, span: 120,
      title: "logins refused in quick succession", tags: ["attack.t1110.001"]),
    WatchRule(
      name: "slow_brute_force", family: .login, signals: [.refusedLogin], threshold: 6,
      span: 21_600,
      title: "logins refused again and again, slowly", tags: ["attack.t1110.001"]),
    WatchRule(
      name: "patient_guessing", family: .slowLogin, signals: [.refusedLogin], threshold: 4,
      span: 7200, severity: .info, leastReach: 600, yields: .login,
      title: "logins refused now and then", tags: ["attack.t1110.001"]),
    WatchRule(
      name: "attempts_limited", family: .login, signals: [.limitReached], threshold: 1, span: 600,
      title: "shut out for too many attempts", tags: ["attack.t1110"]),
    WatchRule(
      name: "distributed_guessing", family: .distributed, signals: [.refusedLogin], subject: .user,
      measure: .distinct(.source), threshold: 6, span: 3600, severity: .info,
      title: "logins refused from many addresses", tags: ["attack.t1110.004"]),
    WatchRule(
      name: "web_login_guessing", family: .webLogin, signals: [.webLogin], threshold: 6, span: 300,
      title: "passwords tried at a web login", tags: ["attack.t1110.001"]),
    WatchRule(
      name: "refused_access", family: .access, signals: [.refusedAccess], threshold: 4, span: 600,
      title: "access refused again and again", tags: ["attack.t1595"]),
    WatchRule(
      name: "port_scan", family: .scan, signals: [.blockedPacket],
      measure: .distinct(.destinationPort), threshold: 12, span: 300,
      title: "many ports tried", tags: ["attack.t1046"]),
    WatchRule(
      name: "web_attack", family: .web, signals: [.webAttack], threshold: 1, span: 600,
      title: "web request that attacks", tags: ["attack.t1190"]),
    WatchRule(
      name: "web_scanner", family: .web, signals: [.scannerAgent], threshold: 2, span: 600,
      title: "web requests of a scanner", tags: ["attack.t1595.002"]),
    WatchRule(
      name: "web_probing", family: .web, signals: [.webProbe], measure: .distinct(.address),
      threshold: 2, span: 600, title: "web requests for what is only looked for",
      tags: ["attack.t1595.003"]),
    WatchRule(
      name: "web_crawling", family: .web, signals: [.webRefused, .webProbe, .scannerAgent],
      measure: .distinct(.address), threshold: 10, span: 300,
      title: "many web addresses tried that are refused", tags: ["attack.t1595.003"]),
    WatchRule(
      name: "agent_switching", family: .web, signals: [.webRefused, .webProbe],
      measure: .distinct(.agent), threshold: 8, span: 60,
      title: "refused requests under many client names", tags: ["attack.t1499"]),
    WatchRule(
      name: "cache_bypass", family: .web, signals: [.cacheBypass], measure: .distinct(.address),
      threshold: 12, span: 60, title: "many requests that no cache can answer",
      tags: ["attack.t1499"]),
    WatchRule(
      name: "connection_flood", family: .flood, signals: [.flood], subject: .place, threshold: 1,
      span: 600, title: "connections come in a flood",
      tags: ["attack.t1498.001", "attack.t1499.001"]),
    WatchRule(
      name: "connections_limited", family: .connections, signals: [.connectionLimit], threshold: 4,
      span: 600, title: "connections refused because there are too many", tags: ["attack.t1499"]),
    WatchRule(
      name: "connection_burst", family: .connections, signals: [.connection], threshold: 8,
      stride: 25, span: 60, title: "hundreds of connections", tags: ["attack.t1499"]),
    WatchRule(
      name: "threat", family: .threat, signals: [.threat], threshold: 1, span: 600,
      title: "malware found", tags: ["attack.t1566"]),
    WatchRule(
      name: "account_change", family: .account, signals: [.accountChange], subject: .user,
      threshold: 1, span: 60, severity: .info, isCommon: false, title: "account changed",
      tags: ["attack.t1136", "attack.t1098"]),
    WatchRule(
      name: "new_privileged_user", family: .privilege, signals: [.privilege], subject: .user,
      threshold: 1, span: 3600, severity: .info, isCommon: false, needsNovelty: true,
      title: "rights of another user used for the first time", tags: ["attack.t1548.003"]),
    WatchRule(
      name: "log_tampering", family: .tampering, signals: [.tampering], subject: .place,
      threshold: 1, span: 600, isCommon: false,
      title: "logs, their clock or rights were tampered with",
      tags: ["attack.t1070.002"]),
    WatchRule(
      name: "privileged_crash", family: .crash, signals: [.privilegedCrash], subject: .place,
      threshold: 1, span: 600, isCommon: false,
      title: "a program with root's rights crashed", tags: ["attack.t1068"]),
    WatchRule(
      name: "suspicious_program", family: .program, signals: [.suspiciousProgram],
      subject: .place, threshold: 1, span: 600, severity: .info, isCommon: false,
      title: "a program ran from a temporary folder", tags: ["attack.t1059"]),
    WatchRule(
      name: "decoded_text", family: .decoding, signals: [.decoding], subject: .place,
      threshold: 1, span: 600, severity: .info, isCommon: false,
      title: "encoded text was decoded on a command line", tags: ["attack.t1140"]),
    WatchRule(
      name: "log_shortened", family: .shortening, signals: [.logShortened], subject: .place,
      threshold: 1, span: 3600, severity: .info, isCommon: false,
      title: "logs were shortened", tags: ["attack.t1070.002"]),
    WatchRule(
      name: "new_listener", family: .listener, signals: [.listening], subject: .place, threshold: 1,
      span: 3600, severity: .info, isCommon: false, needsNovelty: true,
      title: "began to listen for the first time", tags: ["attack.t1571"]),
  ]

  /// A login that succeeded where guesses came just before; asked by `SecurityDesk` itself.
  static let takeover = WatchRule(
    name: "login_after_failures", family: .takeover, signals: [.acceptedLogin], threshold: 1,
    span: 600, severity: .error, isCommon: false, title: "login after many refused ones",
    tags: ["attack.t1078"])

  /// Logins of one user from two networks, nearer in time than one can travel; asked by `SecurityDesk` itself.
  static let journey = WatchRule(
    name: "login_from_two_networks", family: .journey, signals: [.acceptedLogin], subject: .user,
    measure: .distinct(.network), threshold: 2, span: 600, severity: .info, isCommon: false,
    isOnce: true, title: "logins from two networks", tags: ["attack.t1078"])
}
