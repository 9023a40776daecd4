import GroupingTrial
import Testing

/// Own templates, their slots filled with values of one kind for all: each is to come out as one group,
/// whole and unmixed. It needs no labels, so it guards the rules against tuning to labelled sets;
/// `grouping-bench accuracy` prints the whole table.
@Suite struct SyntheticTests {
  /// Kinds that are hard by nature, and what is asked of them: few plain words look like a message's own
  /// words, and values of several words or none change where all that follows stands.
  private static let hard: [String: Double] = [
    "three names": 0, "one to three words": 0.05, "full names": 0.4, "empty or a word": 0.1,
  ]
  /// A third of the templates: all of them, in debug builds, would take minutes.
  private static let stride = 3

  @Test func thereAreManyTemplatesAndKinds() {
    #expect(TrialTemplates.all.count >= 150)
    #expect(Set(TrialTemplates.all).count == TrialTemplates.all.count)
    #expect(ValueKind.all.count >= 100)
    #expect(Set(ValueKind.all.map(\.name)).count == ValueKind.all.count)
  }

  @Test func theMeanOverKindsIsHigh() {
    let scores = ValueKind.all.map { GroupingTrial($0, stride: Self.stride).score }
    let accuracy = scores.reduce(0) { $0 + $1.accuracy } / Double(scores.count)
    let groupF1 = scores.reduce(0) { $0 + $1.groupF1 } / Double(scores.count)
    #expect(accuracy >= 0.95)
    #expect(groupF1 >= 0.92)
    for (kind, score) in zip(ValueKind.all, scores) {
      #expect(score.accuracy >= Self.hard[kind.name] ?? 0.85, "\(kind.name)")
    }
  }

  @Test func aScoreIsWhatItsDefinitionSays() {
    let score = GroupingScore(truth: [1, 1, 2, 2, 3], found: [7, 7, 8, 9, 9])
    #expect(score.accuracy == 0.4)
    #expect(score.groupF1 == 2.0 / 6.0)
    #expect(GroupingScore(truth: [1, 2], found: [5, 6]).groupF1 == 1)
  }
}
