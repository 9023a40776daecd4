package import Model

/// A program that writes logs: where it runs, how much and how unevenly it writes, and its templates.
package struct Program: Sendable {
  /// How the program shapes its lines, and whose stack traces it throws.
  package enum Style: Sendable { case system, java, go, python, node, native }

  /// On which of the hosts it runs.
  package enum Placement: Sendable {
    case everyHost
    case hosts(Int)
  }

  /// `SYSLOG_IDENTIFIER`, and in all formats the program's name.
  package var name: String
  /// Without a unit it's the kernel.
  package var unit: String
  package var executable: String
  /// A syslog facility number (RFC 5424 section 6.2.1).
  var facility: Int
  package var style: Style
  package var category: Category
  /// Its part of the traffic, relative to the other programs'.
  package var share: Double
  /// Size of the negative binomial: smaller is more uneven.
  package var size: Double
  /// The part of its entries that are errors when all is well.
  package var errorShare: Double
  package var rhythm: Rhythm
  var placement: Placement
  /// Programs that fail when this one does.
  package var callers: [String]
  var loggers: [String]
  /// One template a line; `TemplateText` says how they are written.
  package var text: String

  init(
    _ name: String, unit: String? = nil, executable: String, facility: Int = 3,
    style: Style = .system, _ category: Category, share: Double, size: Double = 20,
    errorShare: Double = 0.002, rhythm: Rhythm = .flat, on placement: Placement = .everyHost,
    callers: [String] = [], loggers: [String] = [], _ text: String
  ) {
    self.name = name
    self.unit = unit ?? "\(name).service"
    self.executable = executable
    self.facility = facility
    self.style = style
    self.category = category
    self.share = share
    self.size = size
    self.errorShare = errorShare
    self.rhythm = rhythm
    self.placement = placement
    self.callers = callers
    self.loggers = loggers
    self.text = text
  }

  /// Whether it is one of the platform's own services, which are deployed.
  package var isDeployed: Bool { style != .system }

  /// What stands before the message where the format has no fields for it.
  var prefix: String {
    switch style {
    case .system: ""
    case .java: "{level} [{thread}] {logger} - "
    case .go: "[{level}] {logger}: "
    case .python: "{level}:{logger}:"
    case .node: "{level} ({logger}) "
    case .native: "{level} {logger} | "
    }
  }
}
