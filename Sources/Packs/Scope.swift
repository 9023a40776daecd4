package import Model

/// Which entries a pack is for: any one of its conditions suffices; with none it is for every entry.
package struct Scope: Equatable, Hashable, Sendable {
  /// Names of programs; one may end in `*`.
  package var programs: [String] = []
  /// Names of units without `.service`; one may end in `*`.
  package var units: [String] = []
  package var formats: [SourceFormat] = []

  package var isGeneral: Bool { programs.isEmpty && units.isEmpty && formats.isEmpty }
}
