internal import Bytes
internal import Grouping
internal import Model

/// Fills templates with values of one kind, groups the messages, and tells how well that went.
///
/// It needs no labels made by others, so that it guards the rules against tuning to labelled sets; what
/// GA and FGA mean stands in `GroupingScore`.
package struct GroupingTrial {
  /// Messages made of each template.
  private static let copies = 20

  package let kind: ValueKind
  package let score: GroupingScore
  /// Found groups that are not exactly one template's messages: their text and the templates in them.
  package let misses: [(found: String, templates: [String])]

  /// - Parameter stride: takes each template whose number it divides, to save time.
  package init(_ kind: ValueKind, stride: Int = 1) {
    self.kind = kind
    var generator = TrialGenerator(seed: StableHash(Array(kind.name.utf8).span).low)
    let templates = TrialTemplates.all.enumerated().filter { $0.offset % stride == 0 }
      .map(\.element)
    var truth: [Int] = []
    var messages: [[UInt8]] = []
    for (number, template) in templates.enumerated() {
      for _ in 0..<Self.copies {
        messages.append(Array(Self.filled(template, kind, &generator).utf8))
        truth.append(number)
      }
    }
    let mined = TrialMiner(messages)
    let found = messages.indices.map { mined.template($0).index }
    score = GroupingScore(truth: truth, found: found)
    var members: [Int: Set<Int>] = [:]
    var parts: [Int: Set<Int>] = [:]
    for index in truth.indices {
      members[found[index], default: []].insert(truth[index])
      parts[truth[index], default: []].insert(found[index])
    }
    misses = members.filter { _, own in
      own.count > 1 || own.contains { parts[$0]?.count != 1 }
    }
    .map { group, own in
      (mined.miner.text(of: GroupIndex(index: group)), own.sorted().map { templates[$0] })
    }
    .sorted { $0.0 < $1.0 }
  }

  private static func filled(
    _ template: String, _ kind: ValueKind, _ generator: inout TrialGenerator
  ) -> String {
    var text = ""
    var isOpen = false
    for letter in template {
      if letter == "{" {
        isOpen = true
      } else if isOpen {
        isOpen = false
        text += kind.make(&generator)
      } else {
        text.append(letter)
      }
    }
    return text
  }
}
