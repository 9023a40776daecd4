internal import Bytes
internal import Model
internal import Output
internal import Packs
internal import Triage

/// `taffrail patterns train`: trains the text model on the packs' samples, and says what its answers are worth.
enum PatternsTrain {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let own = arguments.all("patterns") + arguments.operands
    let folders = own + (PackFolders.builtInFolder.map { [$0] } ?? [])
    guard let folder = folders.first, WholeFile.isFolder(folder) else {
      throw UsageError(
        "patterns train: the model is written beside packs, and the first source is no folder",
        hint: "taffrail patterns train --patterns DIR")
    }
    let library = try PatternsCommand.library(own)
    let (model, report) = TextTrainer(TextSamples.of(library)).train()
    let path = "\(folder)/\(TextModelFile.name)"
    try TextModelFile.write(model, to: path)
    if !arguments.has("quiet") {
      Diagnostics.note(
        "trained on \(report.patterns) patterns of \(report.packs) packs, written to \(path)")
      Diagnostics.out(
        PatternsCommand.wantsText(arguments) ? text(report) : json(report))
    }
    return .success
  }

  private static func text(_ report: TextModelReport) -> String {
    var text = "Of patterns whose pack was left out: how many each answer was said of, and right\n"
    text += "                       known    said   right    with thresholds of the other half\n"
    for row in report.rows {
      let name = row.answer.map { "  \($0)" } ?? row.question.name
      text += TerminalText.padded(name, to: 20)
      text += number(row.known) + number(row.said) + percent(row.right, of: row.said)
      text += number(row.saidByHalves) + percent(row.rightByHalves, of: row.saidByHalves) + "\n"
    }
    return text
  }

  private static func json(_ report: TextModelReport) -> String {
    var text = ""
    for row in report.rows {
      var line = JSONLine(kind: "text_model")
      line.pair("question", row.question.name)
      line.pair("answer", row.answer)
      line.pair("known", tenths(row.known))
      line.pair("said", tenths(row.said))
      line.pair("right", tenths(row.right))
      line.pair("said_by_halves", tenths(row.saidByHalves))
      line.pair("right_by_halves", tenths(row.rightByHalves))
      text += line.text()
    }
    return text
  }

  private static func tenths(_ number: Double) -> Double { (number * 10).rounded() / 10 }

  private static func number(_ count: Double) -> String {
    TerminalText.right("\(Int(count.rounded()))", to: 8)
  }

  private static func percent(_ part: Double, of whole: Double) -> String {
    TerminalText.right(whole == 0 ? "-" : TextNumber.percent(part / whole), to: 8)
  }
}
