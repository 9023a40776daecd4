package import Model

/// Which entries a pack is for: any one of its conditions suffices; with none it is for every entry.
package struct Scope: Equatable, Hashable, Sendable {
  /// Names of programs; one may end in `*`.
  package var programs: [String] = []
  /// Names of units without `.service`; one may end in `*`.
  package var units: [String] = []
  package var formats: [SourceFormat] = []
  /// Whether the entry must name its program or unit, whatever its words tell.
  package var needsName = false

  package var isGeneral: Bool { programs.isEmpty && units.isEmpty && formats.isEmpty }

  /// Of its entries those that name the program or unit.
  var named: Scope { Scope(programs: programs, units: units, needsName: true) }
}
