import GroupingTrial

/// `grouping-bench accuracy [KIND]`: how the trial of templates and kinds of values goes.
@main
struct GroupingBench {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    switch words.first {
    case "accuracy": AccuracyTable.print(kinds: Array(words.dropFirst()))
    default: print("usage: grouping-bench accuracy [KIND…]")
    }
  }
}
