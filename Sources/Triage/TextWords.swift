internal import Model

/// What single words mean to the text rules.
struct TextWords: Sendable {
  enum Role: Sendable {
    case level(Severity)
    /// A key whose value is a level: `level=…`.
    case levelKey
    /// `no`, `without`: takes back the complaint that follows.
    case negation
    /// `null`, `none`, `false`: a value that says that nothing is wrong.
    case nothing
    /// `error`, `failed`, `exception`: a complaint, unless something takes it back.
    case complaint
    /// Critical at the head or before a colon.
    case fatal
    /// An error wherever it stands.
    case crash
    /// `cannot`, `unable`: an error near the head, else a warning.
    case inability
    case concern
    /// After a complaint: `error rate`, `error handler` speak of errors, and are none.
    case topic
  }

  let roles: [WordKey: Role]

  init() {
    var roles: [WordKey: Role] = [:]
    func add(_ role: Role, _ words: String) {
      for word in words.split(separator: " ") { roles[WordKey(String(word))] = role }
    }
    add(
      .topic, "count counts counter rate rates handling handler handlers page pages log logs logger"
    )
    add(
      .topic, "logging budget threshold reporting reporter free prone tolerance limit ratio stats")
    add(.topic, "correction correcting")
    add(.negation, "no without never zero not non neither nor ignoring ignored on for if any")
    add(.nothing, "null nil none false ok success successful undefined empty no 0 0x0 normal")
    add(
      .complaint, "error errors err failed failure failures fails fail exception exceptions faulted"
    )
    add(.fatal, "fatal panic panicked panicking")
    add(.crash, "segfault segmentation traceback unhandled uncaught coredump corrupt corrupted")
    add(.crash, "corruption")
    add(.inability, "cannot can't couldn't unable won't")
    add(
      .concern, "timeout timedout refused denied unreachable deprecated retrying rejected exceeded")
    add(.concern, "invalid aborted aborting slow degraded unavailable expired overload overloaded")
    add(.concern, "dropped dropping exhausted unauthorized forbidden stale stuck hung")
    add(.levelKey, "level lvl severity loglevel log_level levelname log_lvl")
    let levels: [(Severity, String)] = [
      (.emergency, "emerg emergency"), (.alert, "alert"), (.critical, "critical crit fatal panic"),
      (.error, "error err severe"), (.warning, "warning warn"), (.notice, "notice"),
      (.info, "info information informational"), (.debug, "debug dbg fine verbose"),
      (.trace, "trace finer finest"),
    ]
    var named: [WordKey: Severity] = [:]
    for (severity, words) in levels {
      for word in words.split(separator: " ") {
        let key = WordKey(String(word))
        named[key] = severity
        if roles[key] == nil { roles[key] = .level(severity) }
      }
    }
    self.roles = roles
    self.levels = named
  }

  /// The levels, of which some (`error`, `fatal`) are complaints as well.
  let levels: [WordKey: Severity]
}
