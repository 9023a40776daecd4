/// The numbers of generalisation, in one place: how much evidence makes a column variable.
///
/// Distinct values only ever grow, message counts are not used: a column that has become variable stays
/// so. A value is open where its word is no state, verb or enumeration word (`WordLists.closed`).
enum Thresholds {
  /// Words outside the hole that a family needs: fewer, and unrelated short messages would merge.
  static let literals = 2
  /// Open values after a cue word, after `=`, inside quotes, or all with digits inside.
  static let cued = 2
  /// Open values anywhere else; 3 merged lists of states, 4 to 12 made no difference.
  static let open = 5
  /// Open values among `context` words and more: two statements that share so many words and differ in one are
  /// rare, so that less evidence will do. 2 took pairs of verbs and devices for values.
  static let openInContext = 3
  static let context = 5
  /// Open values that may all name something (`TokenTraits.identifier`), or that stand behind a label; 2 merged actions.
  static let identifiers = 3
  /// Values that are all dotted identifiers or file names.
  static let dotted = 3
  /// Words that all end in a dash and a number: `ORA-<num>`, `TNS-<num>`.
  static let numbered = 3
  /// Values of any kind, closed words included.
  static let any = 24
  /// Open values right after a `component:` prefix, where verbs stand.
  static let afterComponent = 10
  /// Values in the first word of a message, all dotted.
  static let firstDotted = 3
  /// Open values in each of two columns that vary at once.
  static let paired = 5
  /// Word columns up to which pairs of columns are tried.
  static let pairedColumns = 24
  /// Words that a skeleton needs; with 2, variants of one-word messages would merge.
  static let skeleton = 3
  /// Distinct values of an identifier slot in a coarse bucket; 2 and 3 merged too much.
  static let coarse = 4
  /// Distinct insides of a quoted or bracketed slot in a coarse bucket; 3 merged a list of states.
  static let coarseSpans = 5
  /// Plain words for which a wildcard may swallow several tokens; 2 merged literal rulers.
  static let swallowWords = 3
  /// Tokens that one wildcard may swallow.
  static let swallowed = 8
  /// Words around a gap, together.
  static let gapWords = 3
  /// Tokens in a gap.
  static let gapTokens = 4
  /// Distinct first and last open words in a gap.
  static let gap = 5
  /// Distinct insides of one pair of quotes or brackets.
  static let spans = 5
  /// Words that must stay outside of columns that vary at once.
  static let columnWords = 3
  /// Tokens of a template that the rules for columns look at; the rest must be equal.
  static let columns = 64
}
