/// The commands of the tool; the first is the one that runs where none is named.
enum CommandTable {
  static let all: [Command] = [
    AnalyzeCommand.command, ParseCommand.command, GroupsCommand.command, DetectCommand.command,
    PatternsCommand.command, RulesCommand.command, GenerateCommand.command,
    ExplainCommand.command, PartialCommand.command, MergeCommand.command,
    StateCommand.command,
  ]

  /// Names of the contract that later versions use; an input of that name is written `./NAME`.
  static let reserved: Set<String> = [
    "investigate", "alerts", "metrics", "report", "serve", "top", "show", "digest", "notify",
  ]
}
