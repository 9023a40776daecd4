internal import Glibc
internal import Model
internal import Packs
internal import YAML

/// `taffrail patterns`: what the pattern packs hold, how they fare, and what they leave out.
enum PatternsCommand {
  static let command = Command(
    name: "patterns", summary: "List, test and measure the pattern packs, or find what they lack",
    usage:
      "taffrail patterns list|test|check|compile|train [FLAGS] [PACK…]\n"
      + "       taffrail patterns coverage|suggest|bench [FLAGS] [INPUT…]",
    options: OptionTable.input.filter { $0.name != "follow" } + OptionTable.selection
      + OptionTable.packs + [
        Option(
          "limit", "n", .value("N"),
          help: "coverage, suggest: so many templates (20); bench: so many patterns (all)"),
        Option("pack", nil, .value("NAME"), help: "suggest: the pack's name (default: suggested)"),
      ] + OptionTable.common,
    examples: [
      ("taffrail patterns list", "every pattern, in the order in which they are tried"),
      ("taffrail patterns test my-pack.yaml", "run a pack's samples"),
      ("taffrail patterns check", "patterns that take each other's samples"),
      ("taffrail patterns coverage /var/log/syslog", "what no pattern knows, most frequent first"),
      ("taffrail patterns suggest app.log > app.yaml", "begin a pack for that"),
      ("taffrail patterns bench -o text", "what each pattern costs, the dearest first"),
      ("taffrail patterns compile", "make starts faster: a file beside the built-in packs"),
      ("taffrail patterns train -o text", "train the text model on the packs' samples"),
    ],
    run: { try run($0) })

  private static let actions: [(name: String, run: @Sendable (Arguments) throws -> ExitStatus)] = [
    ("list", { try PatternsList.run($0) }), ("test", { try PatternsTest.run($0) }),
    ("check", { try PatternsCheck.run($0) }), ("compile", { try PatternsCompile.run($0) }),
    ("coverage", { try PatternsCoverage.run($0) }), ("suggest", { try PatternsSuggest.run($0) }),
    ("bench", { try PatternsBench.run($0) }), ("train", { try PatternsTrain.run($0) }),
  ]

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    let names = actions.map(\.name).joined(separator: ", ")
    guard let word = arguments.takeOperand() else {
      throw UsageError("patterns: say one of \(names)", hint: "taffrail patterns list")
    }
    guard let action = actions.first(where: { $0.name == word }) else {
      let near = nearest(word, among: actions.map(\.name))
      throw UsageError(
        "patterns: \(word.quotedForMessage) is not one of \(names)",
        hint: near.map { "did you mean \($0)?" })
    }
    return try action.run(arguments)
  }

  /// The packs that `--patterns` and the operands name, and the built-in ones, with all that they say.
  static func library(_ own: [String]) throws -> PackLibrary {
    var names = FieldNames()
    return try PackLibrary(PackFolders.sources(own), names: &names, verification: .none)
  }

  /// Whether text is wanted: on a terminal, or by `-o text`.
  static func wantsText(_ arguments: Arguments, otherwise: Bool? = nil) -> Bool {
    switch arguments.value("output") {
    case "text": true
    case "json": false
    default: otherwise ?? (isatty(STDOUT_FILENO) == 1)
    }
  }
}
