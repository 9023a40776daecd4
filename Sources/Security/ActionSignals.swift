internal import Bytes
internal import Model

/// What the actions that packs give (`event.action`) mean to watchers.
struct ActionSignals: Sendable {
  private enum Meaning: Sendable { case login, packet, signal(SecuritySignal) }

  private static let meanings: [(StaticString, Meaning)] = [
    ("login", .login), ("logon", .login), ("authentication", .login), ("session_opened", .login),
    ("login_failed", .signal(.refusedLogin)), ("login_failure", .signal(.refusedLogin)),
    ("failed_login", .signal(.refusedLogin)), ("invalid_login", .signal(.refusedLogin)),
    ("auth_failed", .signal(.refusedLogin)), ("authentication_failed", .signal(.refusedLogin)),
    ("authentication_failure", .signal(.refusedLogin)), ("logon_failure", .signal(.refusedLogin)),
    ("firewall", .packet), ("connection_denied", .packet), ("traffic_denied", .packet),
    ("handshake", .signal(.refusedAccess)), ("malware", .signal(.threat)),
    ("su", .signal(.privilege)), ("sudo", .signal(.privilege)),
    ("privilege_use", .signal(.privilege)), ("privilege_escalation", .signal(.tampering)),
    ("user_added", .signal(.accountChange)), ("user_created", .signal(.accountChange)),
    ("group_added", .signal(.accountChange)), ("group_member_added", .signal(.accountChange)),
    ("user_changed", .signal(.accountChange)), ("user_deleted", .signal(.accountChange)),
    ("password_changed", .signal(.accountChange)), ("account_change", .signal(.accountChange)),
    ("log_cleared", .signal(.tampering)), ("log_vacuumed", .signal(.logShortened)),
    ("log_rotated", .signal(.logShortened)), ("clock_changed", .signal(.tampering)),
    ("audit_disabled", .signal(.tampering)), ("log_tampering", .signal(.tampering)),
    ("account_added", .signal(.accountChange)), ("account_changed", .signal(.accountChange)),
    ("account_removed", .signal(.accountChange)), ("group_member", .signal(.accountChange)),
    ("journal_vacuumed", .signal(.logShortened)), ("log_truncated", .signal(.tampering)),
    ("limit", .signal(.limitReached)),
    ("account_locked", .signal(.limitReached)),
    ("privileged_crash", .signal(.privilegedCrash)),
    ("suspicious_program", .signal(.suspiciousProgram)), ("attack", .signal(.threat)),
    ("ids_alert", .signal(.threat)),
    ("decode", .signal(.decoding)),
    ("flood", .signal(.flood)), ("syn_flood", .signal(.flood)),
    ("connection_limit", .signal(.connectionLimit)), ("connect", .signal(.connection)),
    ("listen", .signal(.listening)), ("listening", .signal(.listening)),
  ]

  /// The meanings by the length of the action's name: few share one.
  private let byLength: [[(StaticString, Meaning)]]

  init() {
    let longest = Self.meanings.map { $0.0.utf8CodeUnitCount }.max() ?? 0
    byLength = (0...longest).map { length in
      Self.meanings.filter { $0.0.utf8CodeUnitCount == length }
    }
  }

  /// nil where the action says nothing by itself.
  func signal(_ action: Span<UInt8>, _ entry: borrowing Entry) -> SecuritySignal? {
    if action.count >= byLength.count { return nil }
    for (name, meaning) in byLength[action.count] where action.equals(name) {
      switch meaning {
      case .login: return login(entry)
      case .packet: return entry.outcome == .success ? nil : .blockedPacket
      case .signal(.privilege) where entry.outcome == .failure: return .refusedLogin
      case .signal(.limitReached) where entry.outcome != .failure: return nil
      case .signal(.refusedAccess) where entry.outcome != .failure: return nil
      case .signal(.connectionLimit) where entry.outcome != .failure: return nil
      case .signal(.connection) where entry.outcome == .failure: return nil
      case .signal(.connection) where entry.category == .security: return nil
      case .signal(.listening) where entry.outcome == .failure: return nil
      case .signal(let signal): return signal
      }
    }
    return nil
  }

  private func login(_ entry: borrowing Entry) -> SecuritySignal? {
    guard entry.category == .security else { return nil }
    switch entry.outcome {
    case .failure: return .refusedLogin
    case .success: return .acceptedLogin
    case .none, .unknown: return nil
    }
  }
}
