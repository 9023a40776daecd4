internal import Bytes
package import Model
internal import PatternMatching
internal import YAML

/// The loaded packs: patterns in the order in which they are tried, numbered from 1. Immutable.
///
/// Patterns of packs with a scope come before those of packs for every entry; otherwise the order is that
/// of the sources, of file names within a folder, and of the file.
package final class PackLibrary: Sendable {
  /// A pattern's number is its index here and 1.
  package let patterns: [PackPattern]
  package let packs: [PackSummary]
  let scopes: [Scope]
  /// The whole-line formats, in the order in which they are tried.
  let lines: [PackPattern]
  /// What a run needs of them.
  package let tables: PackTables

  /// The most patterns; their numbers have 16 bits.
  package static let patternLimit = 65_000

  /// What is checked while loading, beside the form of the packs.
  package enum Verification: Sendable {
    /// Each sample must match, or not match, as it says: a sample that doesn't is an error.
    case samples
    case none
  }

  /// Loads packs; the fields that they name are declared in `names`.
  ///
  /// A file that comes twice counts once; a pack whose name an earlier source has is left out, so that
  /// a user's pack replaces a built-in one. Grok definitions of earlier sources replace later ones'.
  package convenience init(
    _ sources: [PackSource], names: inout FieldNames, verification: Verification = .samples
  ) throws(ConfigurationError) {
    try self.init(SourceFiles.read(sources), names: &names, verification: verification)
  }

  init(
    _ files: [SourceFiles], names: inout FieldNames, verification: Verification
  ) throws(ConfigurationError) {
    var grok = GrokLibrary()
    for file in files.reversed().flatMap(\.grok) { try grok.read(file.bytes, file: file.file) }

    var definitions = try Self.definitions(files)
    for source in files where source.isLoneGrok {
      let pack = GrokPack.definition(file: source.grok[0].file, grok, besides: definitions)
      if let pack, !definitions.contains(where: { $0.name == pack.name }) {
        definitions.append(pack)
      }
    }
    let ordered =
      definitions.filter { !$0.scope.isGeneral } + definitions.filter { $0.scope.isGeneral }
    var scopes: [Scope] = []
    var numbers: [Scope: Int] = [:]
    var patterns: [PackPattern] = []
    for pack in ordered {
      for pattern in pack.patterns {
        let scope = pattern.isNamed ? pack.scope.named : pack.scope
        let number = numbers[scope] ?? scopes.count
        if number == scopes.count { scopes.append(scope) }
        numbers[scope] = number
        patterns.append(
          try PatternCompiler.compile(pattern, of: pack, scope: number, grok, &names))
      }
    }
    var lines = LineCompiler()
    for pack in definitions {
      for line in pack.lines { try lines.add(line, of: pack, grok, &names) }
    }
    self.lines = lines.patterns
    guard patterns.count <= Self.patternLimit else {
      throw ConfigurationError(
        file: ordered.last?.file ?? "", problem: "more than \(Self.patternLimit) patterns",
        found: "\(patterns.count)")
    }
    packs = definitions.map {
      PackSummary(
        name: $0.name, description: $0.description, file: $0.file, scope: $0.scope,
        patterns: $0.patterns.map(\.id), lines: $0.lines.map(\.pattern.id))
    }
    self.patterns = patterns
    self.scopes = scopes
    tables = PackTables(patterns, scopes: scopes, lines: lines.finished())
    if verification == .samples { try verifySamples() }
  }

  private static func definitions(
    _ sources: [SourceFiles]
  ) throws(ConfigurationError) -> [PackDefinition] {
    var found: [PackDefinition] = []
    var read: Set<String> = []
    var ids: [String: PackDefinition] = [:]
    for (number, source) in sources.enumerated() {
      let before = Set(found.map(\.name))
      for file in source.packs {
        if !read.insert(WholeFile.realPath(file.file)).inserted { continue }
        let all =
          SourceFiles.isLnav(file.file)
          ? try LnavFormat.read(file.bytes, file: file.file)
          : [try PackReader.read(file.bytes, file: file.file)]
        for pack in all {
          if number > 0, before.contains(pack.name) { continue }
          if let first = found.first(where: { $0.name == pack.name }) {
            throw ConfigurationError(
              file: pack.file, line: pack.line, column: 1,
              problem: "the pack '\(pack.name)' stands twice", found: pack.name,
              hint: "first in \(first.file)")
          }
          for pattern in pack.patterns + pack.lines.map(\.pattern) {
            if let first = ids.updateValue(pack, forKey: pattern.id) {
              throw ConfigurationError(
                file: pack.file, line: pattern.line, column: pattern.column,
                problem: "the pattern id '\(pattern.id)' stands twice", found: pattern.id,
                hint: "also in \(first.file)")
            }
          }
          found.append(pack)
        }
      }
    }
    return found
  }

  private func verifySamples() throws(ConfigurationError) {
    var check = SampleCheck(self)
    for pattern in patterns + lines {
      for sample in pattern.samples {
        guard let failure = check.check(sample, of: pattern) else { continue }
        throw ConfigurationError(
          file: pattern.file, line: sample.line, column: sample.column,
          problem: "the sample of '\(pattern.id)' \(failure.problem)", found: failure.got,
          allowed: failure.expected.map { [$0] } ?? [],
          hint: "the text is: \(sample.text.prefix(120))")
      }
    }
  }
}

/// What a loaded pack is, for listings.
package struct PackSummary: Sendable {
  package let name: String
  package let description: String
  package let file: String
  package let scope: Scope
  /// Ids, in the file's order.
  package let patterns: [String]
  /// Ids of its line formats, in the file's order.
  package let lines: [String]
}
