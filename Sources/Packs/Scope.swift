package import Model

/// Which entries a pack is for: any one of its conditions suffices; with none it is for every entry.
package struct Scope: Equatable, Hashable, Sendable {
  /// Names of programs; one may end in `*`.
  package var programs: [String] = []
  /// Names of units without `.service`; one may end in `*`.
  package var units: [String] = []
  /// Names of loggers, dotted as layouts of text write them; one may end in `*`.
  package var loggers: [String] = []
  package var formats: [SourceFormat] = []
  /// Whether the entry must name its program or unit, whatever its words tell.
  package var needsName = false

  package var isGeneral: Bool {
    programs.isEmpty && units.isEmpty && loggers.isEmpty && formats.isEmpty
  }

  /// Of its entries those that name the program, the unit or the logger.
  var named: Scope {
    Scope(programs: programs, units: units, loggers: loggers, needsName: true)
  }
}
