internal import Bytes
package import Model
internal import YAML

/// Loads rule files: what became of each document, and the rules that can be matched.
package struct SigmaLoader {
  /// What became of a document.
  package enum Outcome: Sendable {
    /// The rule's number, or its place among the correlations.
    case rule(Int)
    case correlation(Int)
    /// It asks for what this version can't do.
    case refused(ConfigurationError)
    /// It is not a rule as the specification wants it.
    case broken(ConfigurationError)
  }

  package struct Document: Sendable {
    package var file: String
    package var line: Int
    package var title: String
    package var outcome: Outcome
  }

  /// Rules have numbers of 16 bits.
  private static let ruleLimit = 60_000
  /// Tests in all rules.
  private static let sizeLimit = 2_000_000

  package private(set) var documents: [Document] = []
  private var rules: [SigmaRule] = []
  private var correlations: [SigmaCorrelation] = []
  private var placeholders: [String: [String]] = [:]
  private var ids: [String: String] = [:]
  private var size = 0
  private var sources = LogSources()

  /// Reads files, and folders with all that is in them; a path that can't be read is an error.
  package init(paths: [String]) throws(ConfigurationError) {
    var files: [(file: String, bytes: [UInt8])] = []
    var seen: Set<String> = []
    for path in paths {
      for file in try Self.files(path, depth: 0)
      where seen.insert(WholeFile.realPath(file)).inserted {
        files.append((file, try Self.read(file)))
      }
    }
    load(files)
  }

  /// Reads texts as if they stood in files.
  package init(texts: [(file: String, text: String)]) {
    load(texts.map { ($0.file, Array($0.text.utf8)) })
  }

  /// What analysis matches with; the first broken document is an error.
  package func rules(names: FieldNames) throws(ConfigurationError) -> SigmaRules {
    for document in documents {
      if case .broken(let error) = document.outcome { throw error }
    }
    return matchable(names: names)
  }

  /// The rules that can be matched, whatever else is broken.
  package func matchable(names: FieldNames) -> SigmaRules {
    SigmaRules(rules, correlations, names: names)
  }

  package var refusedCount: Int {
    documents.count { if case .refused = $0.outcome { true } else { false } }
  }

  package var brokenCount: Int {
    documents.count { if case .broken = $0.outcome { true } else { false } }
  }

  private static func read(_ file: String) throws(ConfigurationError) -> [UInt8] {
    do {
      return try WholeFile.read(file)
    } catch {
      throw ConfigurationError(file: error.path, problem: "can't be read: \(error.reason)")
    }
  }

  private static func files(_ path: String, depth: Int) throws(ConfigurationError) -> [String] {
    guard WholeFile.isFolder(path) else { return [path] }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    let names: [String]
    do {
      names = try WholeFile.names(in: folder)
    } catch {
      throw ConfigurationError(file: error.path, problem: "can't be read: \(error.reason)")
    }
    var found: [String] = []
    for name in names {
      let file = "\(folder)/\(name)"
      if WholeFile.isFolder(file) {
        if depth < 16 { found += try files(file, depth: depth + 1) }
      } else if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
        found.append(file)
      }
    }
    return found
  }

  private mutating func load(_ files: [(file: String, bytes: [UInt8])]) {
    var nodes: [YAMLNode] = []
    for file in files {
      do {
        nodes += try YAMLDocument.readAll(file.bytes, file: file.file).filter { !$0.isNull }
      } catch {
        documents.append(
          Document(
            file: file.file, line: error.line, title: file.file, outcome: .broken(error)))
      }
    }
    for node in nodes { notePlaceholders(node) }
    for node in nodes where !Self.isPlaceholders(node) { load(node) }
    documents.sort { ($0.file, $0.line) < ($1.file, $1.line) }
    link()
  }

  private static func isPlaceholders(_ node: YAMLNode) -> Bool {
    guard let map = try? node.mapping() else { return false }
    return map.pairs.count == 1 && map["placeholders"] != nil
  }

  private mutating func notePlaceholders(_ node: YAMLNode) {
    guard Self.isPlaceholders(node), let map = try? node.mapping(),
      let values = map["placeholders"]
    else { return }
    do {
      for pair in try values.mapping().pairs {
        placeholders[try pair.key.text()] = try pair.value.texts()
      }
    } catch {
      add(node, .broken(error))
    }
  }

  private mutating func add(_ node: YAMLNode, _ outcome: Outcome) {
    let title = SigmaRuleReader.title(of: node) ?? "\(node.file):\(node.line)"
    documents.append(
      Document(file: node.file, line: node.line, title: title, outcome: outcome))
  }

  private mutating func load(_ node: YAMLNode) {
    var reader = SigmaRuleReader(placeholders: placeholders)
    do {
      let read = try reader.read(node)
      if let unsupported = reader.unsupported {
        add(node, .refused(unsupported))
        return
      }
      switch read {
      case .rule(let rule): try add(rule, node)
      case .correlation(let correlation):
        try note(correlation.heading, node)
        add(node, .correlation(correlations.count))
        correlations.append(correlation)
      }
    } catch {
      add(node, .broken(error))
    }
  }

  private mutating func add(_ rule: SigmaRule, _ node: YAMLNode) throws(ConfigurationError) {
    try note(rule.heading, node)
    guard sources.traits(of: rule.source) != nil else {
      let error = node.error(
        "more services and products than can be told apart", found: rule.source.description)
      return add(node, .refused(error))
    }
    size += rule.condition.size
    guard rules.count < Self.ruleLimit, size <= Self.sizeLimit else {
      return add(node, .refused(node.error("more rules than can be matched at once")))
    }
    add(node, .rule(rules.count))
    rules.append(rule)
  }

  private mutating func note(
    _ heading: SigmaHeading, _ node: YAMLNode
  ) throws(ConfigurationError) {
    for called in [heading.id, heading.name].compactMap(\.self) {
      if let first = ids[called] {
        throw node.error("'\(called)' stands twice", found: called, hint: "first in \(first)")
      }
    }
    for called in [heading.id, heading.name].compactMap(\.self) {
      ids[called] = "\(heading.file):\(heading.line)"
    }
  }

  /// Takes out the correlations whose rules are not there, or that go round in a circle.
  private mutating func link() {
    var changed = true
    while changed {
      changed = false
      for place in documents.indices {
        guard case .correlation(let number) = documents[place].outcome else { continue }
        let correlation = correlations[number]
        guard let outcome = trouble(with: correlation) else { continue }
        documents[place].outcome = outcome
        correlations[number].rules = []
        changed = true
      }
    }
  }

  private func trouble(with correlation: SigmaCorrelation) -> Outcome? {
    let heading = correlation.heading
    func error(_ problem: String, _ found: String, hint: String? = nil) -> ConfigurationError {
      ConfigurationError(
        file: heading.file, line: heading.line, column: 1, problem: problem, found: found,
        hint: hint)
    }
    for reference in correlation.rules {
      if reaches(reference, correlation, depth: 0) {
        return .broken(error("the correlation goes round to itself", reference))
      }
      if rules.contains(where: { $0.heading.isCalled(reference) }) { continue }
      let other = correlations.first { $0.heading.isCalled(reference) }
      if let other, !other.rules.isEmpty { continue }
      if other != nil || ids[reference] != nil {
        return .refused(error("a rule that it joins was refused", reference))
      }
      return .broken(
        error(
          "no rule has this name or id", reference,
          hint: nearest(reference, among: ids.keys.sorted()).map { "did you mean '\($0)'?" }))
    }
    return nil
  }

  private func reaches(
    _ reference: String, _ target: SigmaCorrelation, depth: Int
  ) -> Bool {
    if target.heading.isCalled(reference) || depth > SigmaRules.depthLimit { return true }
    guard let other = correlations.first(where: { $0.heading.isCalled(reference) }) else {
      return false
    }
    return other.rules.contains { reaches($0, target, depth: depth + 1) }
  }
}
