/// English word classes that generalisation leans on.
enum WordLists {
  /// Words after which a name stands.
  static let cues: Set<String> = [
    "user", "username", "host", "hostname", "account", "login", "userid",
  ]

  /// Keys whose values say what happened: never a variable as a whole.
  static let prose: Set<String> = ["msg", "message", "text", "event"]

  /// Words that name a state, a result, a direction or a verb: no evidence of a variable.
  static let closedWords: Set<String> = [
    "on", "off", "up", "down", "yes", "no", "ok", "okay", "start", "stop", "local", "remote", "in",
    "out", "and", "or", "not", "is", "was", "are", "were", "be", "to", "from", "for", "with", "by",
    "of", "at", "as", "the", "a", "an", "this", "that", "it", "its", "has", "have", "had", "will",
    "can", "cannot", "could", "may", "must", "open", "close", "read", "write", "create", "delete",
    "update", "insert", "select", "add", "remove", "get", "set", "put", "post", "send", "receive",
    "begin", "end", "enter", "exit", "leave", "join", "run", "init", "load", "save", "fail",
    "failure", "success", "successful", "error", "warning", "info", "debug", "fatal", "critical",
    "trace", "notice", "normal", "idle", "busy", "ready", "active", "inactive", "alive", "dead",
    "online", "offline", "new", "old", "free", "full", "empty", "none", "null", "true", "false",
    "high", "low", "first", "last", "next", "previous", "left", "right", "top", "bottom", "before",
    "after", "inbound", "outbound", "incoming", "outgoing", "input", "output", "source",
    "destination", "client", "server", "master", "slave", "primary", "secondary", "leader",
    "follower", "parent", "child", "public", "private", "internal", "external", "valid", "invalid",
    "unknown", "other", "default", "soft", "hard", "fast", "slow", "halt", "boot", "reboot",
    "wait", "kill", "sleep", "wake", "suspend", "resume", "pause", "reset", "restart", "shutdown",
    "connect", "disconnect", "bind", "listen", "accept", "reject", "allow", "deny", "block", "drop",
    "enable", "disable", "lock", "unlock", "mount", "unmount", "attach", "detach", "install",
    "uninstall", "upgrade", "downgrade", "commit", "rollback", "abort", "cancel", "retry", "skip",
    "timeout", "expire", "expiry", "buy", "sell", "bid", "ask", "long", "short",
  ]

  static let closedEndings = [
    "ed", "ing", "en", "tion", "sion", "able", "ible", "ly", "ment", "ness", "ful", "less", "ive",
  ]

  /// Units that may stand alone: dropped from skeletons.
  static let units: Set<String> = [
    "ns", "us", "ms", "s", "sec", "secs", "seconds", "second", "min", "mins", "minutes", "minute",
    "hours", "hour", "days", "day", "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "byte",
    "bytes", "percent", "hz", "khz", "mhz", "ghz",
  ]

  static func isClosed(_ word: String) -> Bool {
    let lower = word.lowercased()
    if closedWords.contains(lower) { return true }
    // A letter with or without a sign is one of a few: `x`, `y-`, `T`.
    if word.utf8.count <= 2, word.utf8.filter({ PieceWord.isLetter($0) }).count <= 1 { return true }
    if word.count >= 2, word.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5a || $0 == 0x5f }) {
      return true
    }
    guard word.utf8.allSatisfy({ PieceWord.isLetter($0) }) else { return false }
    return word.count >= 4 && closedEndings.contains { lower.hasSuffix($0) }
  }
}
