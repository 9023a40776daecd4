internal import Bytes
internal import Model

/// What structured fields say of a login or an access where no pattern speaks: `"success":false` beside
/// `"event":"user.login"`, `"action":"login_failed"`, `"error":"invalid credentials"`.
///
/// Two things must stand in the entry: that it is about a login, and how it ended. A reason that only a
/// refusal has tells both. A pure function of the entry's bytes.
/// - Cost: a look at names of unknown fields, of which few are kept; texts of a hundred bytes are scanned once.
struct StatedOutcome: Sendable {
  /// Longer texts are no names of events.
  private static let nameLimit = 96
  private static let reasonLimit = 256

  private static let login: UInt32 = 1
  private static let failed: UInt32 = 2
  private static let succeeded: UInt32 = 4
  private static let access: UInt32 = 8

  /// The words of events' and actions' names.
  private static let words = LiteralAutomaton(
    [
      "login", "logon", "log_in", "log-in", "signin", "sign_in", "sign-in", "signon", "authenticat",
      "auth_", "auth.", "auth:", "_auth", "auth-", ".auth", "authorize_user", "password", "passwd",
      "mfa", "otp", "2fa", "session.create", "session_create", "session.start", "session_start",
    ].map { ($0, login) }
      + [
        "fail", "denied", "invalid", "reject", "error", "refus", "unauthor", "incorrect", "wrong",
      ].map { ($0, failed) }
      + ["success", "succeed", "accept", "granted"].map { ($0, succeeded) })

  /// Phrases that only the refusal of a login or of an access has.
  private static let reasons = LiteralAutomaton(
    [
      "invalid username", "invalid user name", "invalid user or", "invalid credential",
      "invalid_credential", "invalidcredential", "invalid credentials", "invalid password",
      "invalid_password",
      "invalid login", "invalid user_credential", "invalid_user_credential", "invalid_grant",
      "bad credential", "badcredential", "bad password", "wrong password", "wrong username",
      "wrong credential", "wrong user", "incorrect password", "incorrect username",
      "incorrect credential", "incorrect login", "username or password", "user or password",
      "email or password", "login or password", "password mismatch", "passwords do not match",
      "password does not match", "password not match", "hashedpassword is not",
      "authentication fail",
      "authentication error", "authenticationfail", "authentication_fail", "authentication failure",
      "failed to authenticate", "login fail", "login_fail", "login denied", "login rejected",
      "unknown user", "unknown_user", "no such user", "user_not_found", "unknown account",
      "user does not exist", "account locked", "account_locked", "account is locked",
      "user_disabled",
      "account disabled", "account_disabled", "too many failed", "too many attempts",
      "too many login", "invalid otp", "invalid mfa", "invalid totp", "second factor",
      "invalid two-factor", "failed login", "failed_login",
    ].map { ($0, login) }
      + [
        "accessdenied", "access denied", "access_denied", "access is denied",
        "unauthorizedoperation",
        "unauthorized access", "not authorized to perform", "permission_denied: caller",
        "forbidden for user", "cannot be accessed by", "token is invalid", "invalid token",
        "invalid api key", "invalid_api_key", "invalid access key", "invalidaccesskeyid",
        "signaturedoesnotmatch", "invalid signature", "blocked by", "request blocked",
      ].map { ($0, access) })

  struct Told: Sendable {
    var outcome: Outcome
    var isLogin: Bool
  }

  /// nil where the fields don't say both.
  func read(
    _ entry: borrowing Entry, _ parts: SignalParts, _ fields: Span<Field>, _ arenas: ArenaPair
  ) -> Told? {
    // What a pattern captured is the pattern's to judge.
    let own = entry.fieldRange
    if own.isEmpty { return nil }
    var about: UInt32 = 0
    if let action = parts.action, own.contains(action) {
      about = Self.words.look(arenas.bytes(fields[action].value), limit: Self.nameLimit)
    }
    let stated = ending(entry, parts, fields, arenas)
    let pattern = entry.pattern
    let isNamed = Int(entry.message.count) <= Self.nameLimit && pattern == 0
    let hasSubject = parts.source != nil || parts.user != nil
    if isNamed, stated != nil || hasSubject, entry.format != .plain, entry.format != .syslog {
      let message = arenas.bytes(entry.message)
      if stated != nil || message.scan(for: 0x20) == nil {
        about |= Self.words.look(message, limit: Self.nameLimit)
      }
    }
    if about & (Self.failed | Self.login) == Self.failed, let address = parts.address,
      WebSigns.address.look(decoding: arenas.bytes(fields[address].value), limit: 256)
        & WebSigns.login != 0
    {
      about |= Self.login
    }
    if about & Self.login != 0 {
      if let stated { return Told(outcome: stated, isLogin: true) }
      if about & Self.failed != 0 { return Told(outcome: .failure, isLogin: true) }
      if about & Self.succeeded != 0 { return Told(outcome: .success, isLogin: true) }
    }
    guard hasSubject, let reason = parts.reason, own.contains(reason) else { return nil }
    let why = Self.reasons.look(
      arenas.bytes(fields[reason].value), limit: Self.reasonLimit)
    if why == 0 { return nil }
    return Told(outcome: .failure, isLogin: why & Self.login != 0)
  }

  /// What a field of the source's own name says of the end of it: the first one that does.
  private func ending(
    _ entry: borrowing Entry, _ parts: SignalParts, _ fields: Span<Field>, _ arenas: ArenaPair
  ) -> Outcome? {
    guard let first = parts.spelled else { return nil }
    let own = entry.fieldRange
    let captured = entry.captureRange
    for index in first..<fields.count {
      let field = fields[index]
      guard field.name == .spelled else { continue }
      if !own.contains(index), !captured.contains(index) { return nil }
      guard isOutcome(arenas.bytes(field.spelling)) else { continue }
      if let outcome = outcome(arenas.bytes(field.value)) { return outcome }
    }
    return nil
  }

  private func isOutcome(_ name: Span<UInt8>) -> Bool {
    switch name.count {
    case 6: name.matches(lowercase: "result", 0, 6)
    case 7: name.matches(lowercase: "success", 0, 7) || name.matches(lowercase: "outcome", 0, 7)
    case 10: name.equals("successful")
    case 12: name.matches(lowercase: "resultstatus", 0, 12)
    case 14: name.equals("outcome.result")
    case 13: name.equals("authenticated") || name.equals("login_success")
    case 29:
      name.equals("responseElements.ConsoleLogin") || name.equals("taffrail.source.event.outcome")
    default: false
    }
  }

  private func outcome(_ value: Span<UInt8>) -> Outcome? {
    func says(_ word: StaticString) -> Bool { value.matches(lowercase: word, 0, value.count) }
    if says("true") || says("success") || says("succeeded") || says("successful") || says("ok")
      || says("allowed") || says("granted") || says("accepted")
    {
      return .success
    }
    if says("false") || says("failure") || says("failed") || says("fail") || says("denied")
      || says("unsuccessful") || says("rejected") || says("refused") || says("unauthorized")
    {
      return .failure
    }
    return nil
  }
}
