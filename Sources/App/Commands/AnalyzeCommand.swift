enum AnalyzeCommand {
  static let command = Command(
    name: "analyze", summary: "Say what is wrong: insights, alerts, incidents, a summary",
    usage: "taffrail [analyze] [FLAGS] [INPUT…]",
    options: OptionTable.input + OptionTable.selection + OptionTable.packs + OptionTable.analysis
      + OptionTable.common,
    examples: [],
    run: { _ in .success })
}
