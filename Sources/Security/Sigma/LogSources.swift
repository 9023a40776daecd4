internal import Bytes
internal import Model

/// What an entry is, as Sigma's log sources see it: one bit each (docs/sigma.md).
struct LogTraits: OptionSet, Sendable {
  let rawValue: UInt64

  /// Keys and values of its own: JSON, logfmt, CSV, GELF, CEF, OTLP. Which fields it has decides.
  static let structured = LogTraits(rawValue: 1)
  /// A record of the kernel's audit.
  static let audit = LogTraits(rawValue: 2)
  /// Tells that a program was started.
  static let process = LogTraits(rawValue: 4)
  /// Tells that a file was made or changed.
  static let file = LogTraits(rawValue: 8)
  /// Tells of a connection or a packet.
  static let network = LogTraits(rawValue: 16)
  /// A web request.
  static let web = LogTraits(rawValue: 32)
  /// A name looked up.
  static let dns = LogTraits(rawValue: 64)

  /// The first bit that stands for programs' names.
  static let firstName = 8
}

/// Which entries each log source of the loaded rules means.
///
/// - Limits: 56 different services and products that are told by programs' names.
struct LogSources: Sendable {
  /// Programs of a service, beside those that are called like it.
  static let programs: [String: [String]] = [
    "auth": [
      "sshd", "sudo", "su", "login", "systemd-logind", "polkitd", "pkexec", "doas", "passwd",
      "chpasswd", "useradd", "usermod", "userdel", "groupadd", "groupmod", "groupdel", "gpasswd",
      "chage", "chfn", "chsh", "newgrp", "gdm", "lightdm", "sddm", "dropbear", "cron", "crond",
    ],
    "cron": ["cron", "crond", "crontab", "anacron", "atd", "cronie", "fcron"],
    "sshd": ["sshd", "ssh"],
    "clamav": ["clamd", "freshclam", "clamscan", "clamav", "clamonacc"],
    "guacamole": ["guacd", "guacamole", "tomcat"],
    "antivirus": ["clamd", "freshclam", "clamscan", "clamav", "clamonacc", "rkhunter", "maldet"],
    "database": ["postgres", "postgresql", "mysqld", "mysql", "mariadb", "mariadbd", "mongod"],
    "apache": ["apache", "apache2", "httpd"],
    "sql": ["postgres", "postgresql", "mysqld", "mysql", "mariadb", "mariadbd"],
  ]

  /// Services of Linux whose entries are all of a system's log.
  private static let whole: Set<String> = ["syslog", "messages"]

  private struct NameTrait: Sendable {
    var names: [[UInt8]]
    /// A structured entry has it, too, whatever its program is called.
    var isOpen: Bool
  }

  private var traits: [NameTrait] = []
  private var known: [String: LogTraits] = [:]

  /// What an entry has to be for rules of this source; nil where there are too many different names.
  mutating func traits(of source: LogSource) -> LogTraits? {
    var needed = LogTraits()
    switch source.category {
    case nil, "application": break
    case "webserver", "proxy", "web": needed.insert(.web)
    case "process_creation": needed.insert(.process)
    case "file_event", "file_change", "file_delete", "file_rename", "file_access":
      needed.insert(.file)
    case "network_connection", "firewall": needed.insert(.network)
    case "dns", "dns_query": needed.insert(.dns)
    case "antivirus", "database":
      guard let bit = name(source.category ?? "", isOpen: true) else { return nil }
      needed.formUnion(bit)
    default: needed.insert(.structured)
    }
    let isUnix = source.product == nil || source.product == "linux"
    if let product = source.product, !isUnix, source.category != "application" {
      guard let bit = name(product, isOpen: true) else { return nil }
      needed.formUnion(bit)
    }
    if let service = source.service, isUnix, !Self.whole.contains(service) {
      if service == "auditd" {
        needed.insert(.audit)
      } else {
        guard let bit = name(service, isOpen: false) else { return nil }
        needed.formUnion(bit)
      }
    }
    return needed
  }

  private mutating func name(_ name: String, isOpen: Bool) -> LogTraits? {
    if let bit = known[name] { return bit }
    guard traits.count < 64 - LogTraits.firstName else { return nil }
    let bit = LogTraits(rawValue: 1 << UInt64(LogTraits.firstName + traits.count))
    let names = (Self.programs[name] ?? []) + [name]
    traits.append(NameTrait(names: names.map { Array($0.utf8) }, isOpen: isOpen))
    known[name] = bit
    return bit
  }

  /// The bits that any structured entry has.
  var ofStructured: LogTraits {
    var all: LogTraits = [.structured, .process, .file, .network, .web, .dns]
    for (index, trait) in traits.enumerated() where trait.isOpen {
      all.insert(LogTraits(rawValue: 1 << UInt64(LogTraits.firstName + index)))
    }
    return all
  }

  /// The bits of a program, container or unit by its name: `sshd`, `sshd-session`, `ssh.service`,
  /// `postgresql@15-main`.
  func traits(ofName name: Span<UInt8>) -> LogTraits {
    var found = LogTraits()
    for (index, trait) in traits.enumerated() {
      for wanted in trait.names where Self.fits(name, wanted.span) {
        found.insert(LogTraits(rawValue: 1 << UInt64(LogTraits.firstName + index)))
      }
    }
    for literal in ["auditd", "audisp", "audispd", "audit"] where Self.fits(name, literal) {
      found.insert(.audit)
    }
    return found
  }

  private static func fits(_ name: Span<UInt8>, _ wanted: String) -> Bool {
    fits(name, Array(wanted.utf8).span)
  }

  private static func fits(_ name: Span<UInt8>, _ wanted: Span<UInt8>) -> Bool {
    guard TextMatching.stands(wanted, in: name, at: 0, ignoresCase: true) else { return false }
    if name.count == wanted.count { return true }
    switch name[wanted.count] {
    case 0x2d, 0x2e, 0x40, 0x5b, 0x3a, 0x2f: return true
    default: return false
    }
  }
}
