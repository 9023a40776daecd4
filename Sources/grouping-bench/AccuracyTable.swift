import GroupingTrial

/// The trial's figures for each kind of value, and what went wrong for the kinds that were asked for.
enum AccuracyTable {
  static func print(kinds wanted: [String]) {
    var accuracy = 0.0
    var groupF1 = 0.0
    var count = 0
    Swift.print("| kind of value | GA | FGA | groups found of \(TrialTemplates.all.count) |")
    Swift.print("| --- | ---: | ---: | ---: |")
    for kind in ValueKind.all where wanted.isEmpty || wanted.contains(kind.name) {
      let trial = GroupingTrial(kind)
      accuracy += trial.score.accuracy
      groupF1 += trial.score.groupF1
      count += 1
      let figures = "\(text(trial.score.accuracy)) | \(text(trial.score.groupF1))"
      Swift.print("| \(kind.name) | \(figures) | \(trial.score.foundGroups) |")
      if wanted.isEmpty { continue }
      for miss in trial.misses { Swift.print("    \(miss.found)  <=  \(miss.templates)") }
    }
    guard count > 0 else { return }
    let means = "\(text(accuracy / Double(count))) | \(text(groupF1 / Double(count)))"
    Swift.print("| mean of \(count) | \(means) | |")
  }

  private static func text(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
