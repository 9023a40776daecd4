/// An entry whose time and template are fixed in advance, as in a restart's sequence.
struct ScriptedEntry: Sendable {
  /// Microseconds from the stream's start.
  var at: Int
  var template: Int
  var slot: Int
  /// The service that the entry is about, where it is the service manager's.
  var subject: Int
  var flags: EntryFlags
}

/// What an entry does to its instance, and where it comes from.
struct EntryFlags: OptionSet, Sendable {
  let rawValue: UInt8
  /// From here on the instance has a new process.
  static let newProcess = EntryFlags(rawValue: 1)
  /// From here on the service has a new version.
  static let newVersion = EntryFlags(rawValue: 2)
  /// It belongs to an incident: it shares the failing requests' traces, and the attacker's address.
  static let incident = EntryFlags(rawValue: 4)
}

/// Writes the sequences of the service manager.
struct RestartScript: Sendable {
  let landscape: Landscape
  private let manager: Int?

  init(_ landscape: Landscape) {
    self.landscape = landscape
    manager = landscape.service(named: "systemd")
  }

  /// An orderly restart of one instance, from `at`; `start` is what its first entry brings about.
  func restart(
    _ service: Int, slot: Int, at: Int, becoming start: EntryFlags,
    into entries: inout [ScriptedEntry]
  ) {
    manage(.stopping, service, slot, at, &entries)
    own(.shutdown, service, slot, at + 40_000, [], &entries)
    manage(.stopped, service, slot, at + 900_000, &entries)
    manage(.starting, service, slot, at + 1_100_000, &entries)
    manage(.started, service, slot, at + 1_400_000, &entries)
    own(.startup, service, slot, at + 3_200_000, start, &entries)
  }

  /// One turn of a crash loop: the crash, the manager's words, the next start.
  func crash(
    _ service: Int, slot: Int, at: Int, crash: Int, restartAfter: Int,
    into entries: inout [ScriptedEntry]
  ) {
    entries.append(
      ScriptedEntry(at: at, template: crash, slot: slot, subject: service, flags: [.incident]))
    manage(.exited, service, slot, at + 120_000, &entries)
    manage(.failed, service, slot, at + 121_000, &entries)
    manage(.scheduled, service, slot, at + restartAfter, &entries)
    manage(.started, service, slot, at + restartAfter + 60_000, &entries)
    own(.startup, service, slot, at + restartAfter + 900_000, [.newProcess], &entries)
  }

  private func manage(
    _ role: TemplateText.Role, _ service: Int, _ slot: Int, _ at: Int,
    _ entries: inout [ScriptedEntry]
  ) {
    guard let manager, let template = landscape.templates(of: manager, role: role).first else {
      return
    }
    let instance = landscape.instances[landscape.instance(of: service, slot: slot)]
    entries.append(
      ScriptedEntry(at: at, template: template, slot: instance.host, subject: service, flags: []))
  }

  private func own(
    _ mark: TemplateText.Marks, _ service: Int, _ slot: Int, _ at: Int, _ flags: EntryFlags,
    _ entries: inout [ScriptedEntry]
  ) {
    guard let template = landscape.templates(of: service, marked: mark).first else { return }
    entries.append(
      ScriptedEntry(at: at, template: template, slot: slot, subject: service, flags: flags))
  }
}
