internal import Bytes
package import Model

/// What a run needs of the loaded packs: flat and immutable, one for all workers.
///
/// Comes from the packs as they are written (`PackLibrary`), or, where the first folder holds a compiled
/// file that fits, from that; both are the same to whoever matches with it.
package final class PackTables: Sendable {
  /// The patterns' ids, in the order in which they are tried.
  package let ids: [String]
  let plan: MatchPlan
  let scopes: [Scope]
  /// For each pattern the number of its scope.
  let patternScopes: [UInt16]
  let index: CandidateIndex
  let store: PatternStore
  let sieve: MaskSieve
  let lines: LineTables

  package var count: Int { ids.count }

  init(
    ids: [String], plan: MatchPlan, scopes: [Scope], patternScopes: [UInt16],
    index: CandidateIndex, store: PatternStore, lines: LineTables
  ) {
    self.ids = ids
    self.plan = plan
    self.scopes = scopes
    self.patternScopes = patternScopes
    self.index = index
    self.store = store
    sieve = MaskSieve(store)
    self.lines = lines
  }

  convenience init(_ patterns: [PackPattern], scopes: [Scope], lines: LineTables = LineTables()) {
    self.init(
      ids: patterns.map(\.id), plan: MatchPlan(patterns), scopes: scopes,
      patternScopes: patterns.map { UInt16($0.scope) },
      index: CandidateIndex(patterns.map(\.clauses)), store: PatternStore(patterns),
      lines: lines)
  }

  /// Loads packs for a run: compiled where that is possible, else as `PackLibrary` reads them.
  package static func load(
    _ sources: [PackSource], names: inout FieldNames
  ) throws(ConfigurationError) -> PackTables {
    if let tables = CompiledPacks.untouched(sources, names: &names) { return tables }
    let files = try SourceFiles.read(sources)
    if let compiled = CompiledPacks(files), let tables = compiled.read(names: &names) {
      return tables
    }
    return try PackLibrary(files, names: &names, verification: .none).tables
  }
}
