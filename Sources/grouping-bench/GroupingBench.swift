import GroupingTrial

/// `grouping-bench accuracy [KIND…]`: how the trial of templates and kinds of values goes, and what was missed
/// for the kinds that are named. `grouping-bench speed FILE…`: how many messages a second are grouped.
@main
struct GroupingBench {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    switch words.first {
    case "accuracy": AccuracyTable.print(kinds: Array(words.dropFirst()))
    case "speed" where words.count > 1: SpeedTable.print(Array(words.dropFirst()))
    default: print("usage: grouping-bench accuracy [KIND…] | speed FILE…")
    }
  }
}
