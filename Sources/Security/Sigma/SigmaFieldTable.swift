/// Where the fields of Sigma's taxonomy stand in an entry: under which of our names, or made of what.
///
/// A field is first looked for under its own name, as it is or behind a path (`winlog.event_data.Image`);
/// then under the names here, in order; last, in a record of audit, as a key of the record.
enum SigmaFieldTable {
  /// What is no field by itself.
  enum Source: Equatable, Sendable {
    case name(String)
    /// A key of an audit record.
    case audit(String)
    case message, level, time, host, service, program, processID
    /// The arguments of an audit record as one line.
    case auditCommand
    /// The first word of the command line, where it is a path.
    case commandPath
    /// The part of the asked address before `?`, behind it, and the end of its path from the last dot.
    case addressPath, addressQuery, addressExtension
  }

  static func sources(of field: String) -> [Source] { table[field.lowercased()] ?? [] }

  /// Whether a field has a place among ours, or among those of audit.
  static func isMapped(_ field: String) -> Bool {
    table[field.lowercased()] != nil || auditKeys.contains(field)
      || field.first == "a" && Int(field.dropFirst()) != nil
  }

  private static let table: [String: [Source]] = {
    var all: [String: [Source]] = [:]
    for (names, sources) in rows {
      for name in names.split(separator: " ") { all[name.lowercased()] = sources }
    }
    return all
  }()

  private static let rows: [(String, [Source])] = [
    // Processes.
    (
      "Image NewProcessName",
      [.name("process.executable"), .audit("exe"), .commandPath]
    ),
    (
      "CommandLine ProcessCommandLine",
      [.name("process.command_line"), .auditCommand]
    ),
    ("ParentImage ParentProcessName", [.name("process.parent.executable")]),
    ("ParentCommandLine", [.name("process.parent.command_line")]),
    ("CurrentDirectory", [.name("process.working_directory"), .audit("cwd")]),
    ("ProcessName", [.program, .name("process.executable"), .audit("exe")]),
    ("ProcessId", [.processID, .audit("pid")]),
    ("ParentProcessId", [.name("process.parent.pid"), .audit("ppid")]),
    ("OriginalFileName", [.name("process.pe.original_file_name")]),
    ("LogonId", [.audit("ses"), .name("winlog.logon.id")]),
    ("md5", [.name("process.hash.md5")]), ("sha1", [.name("process.hash.sha1")]),
    ("sha256", [.name("process.hash.sha256")]), ("Imphash", [.name("process.pe.imphash")]),
    // Users.
    (
      "User username user AccountName SubjectUserName c-user",
      [.name("user.name"), .audit("acct"), .audit("UID"), .audit("uid")]
    ),
    ("TargetUserName TargetUser", [.name("user.target.name"), .name("user.effective.name")]),
    // Files.
    ("TargetFilename TargetFileName FileName file_path", [.name("file.path"), .audit("name")]),
    // Network.
    (
      "DestinationIp dst_ip DestAddress dest_ip r-ip",
      [.name("destination.ip"), .name("destination.address")]
    ),
    ("DestinationPort dst_port dest_port", [.name("destination.port")]),
    ("DestinationHostname", [.name("destination.domain")]),
    (
      "SourceIp src_ip IpAddress SourceAddress clientip client_ip c-ip remote_addr",
      [.name("source.ip"), .name("source.address"), .name("client.ip"), .audit("addr")]
    ),
    ("SourcePort src_port IpPort c-port", [.name("source.port")]),
    ("SourceHostname", [.name("source.domain"), .audit("hostname")]),
    ("Protocol", [.name("network.transport")]), ("Initiated", [.name("network.direction")]),
    ("blocked", [.name("event.outcome")]), ("action", [.name("event.action")]),
    // Web servers and proxies: W3C extended log format.
    ("cs-method", [.name("http.request.method")]),
    ("cs-uri c-uri", [.name("url.original"), .name("url.full"), .name("url.path")]),
    ("cs-uri-stem c-uri-stem", [.addressPath, .name("url.path")]),
    ("cs-uri-query c-uri-query", [.name("url.query"), .addressQuery]),
    ("c-uri-extension cs-uri-extension", [.name("url.extension"), .addressExtension]),
    ("cs-host r-dns", [.name("url.domain"), .name("destination.domain")]),
    (
      "cs-user-agent c-useragent c-user-agent cs(User-Agent)", [.name("user_agent.original")]
    ),
    (
      "cs-referer cs-referrer cs(Referer) c-referer", [.name("http.request.referrer")]
    ),
    ("cs-cookie", [.name("http.request.headers.cookie")]),
    ("cs-username", [.name("user.name")]), ("cs-version", [.name("http.version")]),
    ("sc-status", [.name("http.response.status_code")]),
    ("sc-bytes", [.name("http.response.body.bytes")]),
    ("cs-bytes", [.name("http.request.body.bytes")]),
    ("s-ip", [.name("destination.ip"), .name("server.ip")]),
    ("s-port", [.name("destination.port"), .name("server.port")]),
    ("time-taken", [.name("event.duration")]),
    // Names.
    ("query QueryName", [.name("dns.question.name")]),
    ("record_type QueryType", [.name("dns.question.type")]),
    ("answer QueryResults", [.name("dns.answers"), .name("dns.resolved_ip")]),
    // Any entry.
    ("message msg", [.message]),
    ("ComputerName Computer hostname host host.name", [.host]),
    ("service service.name unit", [.service, .audit("unit")]),
    ("program process.name appname", [.program]), ("process.pid", [.processID]),
    ("level severity log.level Level", [.level]),
    (
      "EventID EventId", [.name("event.code"), .name("winlog.event_id")]
    ),
    ("Provider_Name", [.name("winlog.provider_name"), .name("event.provider")]),
    ("Channel", [.name("winlog.channel")]),
    ("timestamp @timestamp time UtcTime date", [.time]),
    ("signature", [.name("threat.indicator.name"), .name("rule.name")]),
  ]

  /// Keys of audit records (linux-audit's field dictionary).
  private static let auditKeys: Set<String> = [
    "type", "exe", "comm", "key", "uid", "auid", "euid", "suid", "fsuid", "gid", "egid", "sgid",
    "fsgid", "tty", "ses", "pid", "ppid", "arch", "syscall", "success", "exit", "items", "subj",
    "name", "nametype", "inode", "dev", "mode", "ouid", "ogid", "cwd", "proctitle", "argc", "op",
    "acct", "addr", "hostname", "terminal", "res", "unit", "saddr", "data", "old", "list",
    "SYSCALL", "ARCH", "AUID", "UID", "GID", "EUID", "SUID", "FSUID", "EGID", "SGID", "FSGID",
    "OUID", "OGID", "SADDR", "cmd", "sig", "reason", "cap_fp", "cap_fi", "laddr", "lport",
    "vm", "node", "id", "grp", "new-level", "old-level",
  ]
}
