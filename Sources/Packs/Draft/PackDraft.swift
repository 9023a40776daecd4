package import Model

/// A pack in the making: a pattern with samples for each of some templates, ready to be named and refined.
///
/// Each pattern is tried before it is written: it matches all of its samples, gives the fields that they
/// state, and no earlier pattern of the draft takes a sample of a later one.
package struct PackDraft {
  /// What a pattern is wanted for.
  package struct Wish: Sendable {
    package var template: String
    package var count: Int
    package var programs: [String]
    package var messages: [String]

    package init(template: String, count: Int, programs: [String], messages: [String]) {
      self.template = template
      self.count = count
      self.programs = programs
      self.messages = messages
    }
  }

  package private(set) var text = ""
  package private(set) var patternCount = 0
  /// Templates for which no pattern could be made.
  package private(set) var leftOut: [String] = []

  private struct Item {
    var wish: Wish
    var id: String
    var match: String
    var samples: [(text: String, fields: [(name: String, value: String)])]
  }

  private static let sampleLimit = 3

  /// - Parameter sources: for their grok definitions.
  package init(name: String, wishes: [Wish], sources: [PackSource]) throws(ConfigurationError) {
    var grok = SourceFiles()
    // The first source's definition of a name counts, and within a source the last one.
    for source in try SourceFiles.read(sources).reversed() { grok.grok += source.grok }
    var ids: Set<String> = []
    var items: [Item] = []
    for wish in wishes {
      let id = Self.identifier(name, wish.template, &ids)
      if let item = Self.item(wish, id: id, grok) {
        items.append(item)
      } else {
        leftOut.append(wish.template)
      }
    }
    items = Self.withoutTaken(items, name, grok)
    patternCount = items.count
    text = Self.yaml(items, name)
  }

  /// The strictest pattern that matches all the messages; nil where none does.
  private static func item(_ wish: Wish, id: String, _ grok: SourceFiles) -> Item? {
    let messages = Array(wish.messages.filter { !$0.isEmpty }.prefix(8))
    guard !messages.isEmpty else { return nil }
    guard let match = DraftPattern.fitting(wish.template, messages) else { return nil }
    var item = Item(wish: wish, id: id, match: match, samples: messages.map { ($0, []) })
    guard let library = load([item], name: "draft", grok) else { return nil }
    var trial = PatternTrial(library)
    item.samples = messages.prefix(sampleLimit).map { message in
      (message, trial.fields(0, Array(message.utf8)) ?? [])
    }
    return item
  }

  /// Leaves out patterns of which an earlier one takes a sample: it stands for them already.
  private static func withoutTaken(
    _ items: [Item], _ name: String, _ grok: SourceFiles
  ) -> [Item] {
    var kept = items
    while !kept.isEmpty, let library = load(kept, name: name, grok) {
      let bad = Set(library.reports().filter { !$0.isGood }.map(\.id))
      if bad.isEmpty { return kept }
      kept.removeAll { bad.contains($0.id) }
    }
    return []
  }

  private static func load(_ items: [Item], name: String, _ grok: SourceFiles) -> PackLibrary? {
    var files = grok
    files.packs = [("draft.yaml", Array(yaml(items, name).utf8))]
    var names = FieldNames()
    return try? PackLibrary([files], names: &names, verification: .none)
  }

  private static func yaml(_ items: [Item], _ name: String) -> String {
    let programs = Set(items.flatMap(\.wish.programs)).sorted()
    var text = "# yaml-language-server: $schema=pack.schema.json\n"
    text +=
      "# A draft: give each pattern an id that says what happened, a category, and ECS names to its fields.\n"
    text += "pack: \(name)\n"
    text += "description: drafted from log entries that no pattern matched\n"
    if !programs.isEmpty, items.allSatisfy({ !$0.wish.programs.isEmpty }) {
      text += "applies: { program: [\(programs.map(YAMLText.quoted).joined(separator: ", "))] }\n"
    }
    text += "patterns:\n"
    for item in items {
      text += "  # \(item.wish.count) entries\n"
      text += "  - id: \(item.id)\n"
      text += "    match: \(YAMLText.quoted(item.match))\n"
      text += "    samples:\n"
      for sample in item.samples {
        text += "      - text: \(YAMLText.quoted(sample.text))\n"
        let fields = sample.fields.map {
          "\(YAMLText.quoted($0.name)): \(YAMLText.quoted($0.value))"
        }
        text += "        fields: { \(fields.joined(separator: ", ")) }\n"
      }
    }
    return text
  }

  /// The pack's name and the template's first words; a number behind where that is taken.
  private static func identifier(
    _ pack: String, _ template: String, _ taken: inout Set<String>
  ) -> String {
    let words = template.split { !$0.isASCII || !$0.isLetter }.map { $0.lowercased() }
    let literal = words.filter { word in !Wildcard.allCases.contains { "\($0)" == word } }
    let slug = literal.prefix(5).joined(separator: "_").prefix(60)
    let base = "\(pack).\(slug.isEmpty ? "entry" : String(slug))"
    var id = base
    var number = 2
    while !taken.insert(id).inserted {
      id = "\(base)_\(number)"
      number += 1
    }
    return id
  }
}
