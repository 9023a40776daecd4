internal import Model
internal import Output
internal import Packs

/// `taffrail patterns bench`: what each pattern costs, and which go back and forth.
enum PatternsBench {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let library = try PatternsCommand.library(arguments.all("patterns"))
    let limit = try arguments.value("limit").map {
      try Values.count($0, flag: "limit", allowed: 1...Int.max)
    }
    let (messages, status) = try messages(arguments)
    let costs = PatternMeter(library, messages: messages).costs().sorted {
      dearest($0) > dearest($1)
    }
    let shown = Array(costs.prefix(limit ?? costs.count))
    Diagnostics.out(
      PatternsCommand.wantsText(arguments)
        ? text(shown, all: costs, library) : json(shown, library))
    return status
  }

  /// The messages of the inputs; none where none are named, so that the samples alone are measured.
  private static func messages(
    _ arguments: Arguments
  ) throws -> (messages: [[UInt8]], status: ExitStatus) {
    if arguments.operands.isEmpty { return ([], .success) }
    var arguments = arguments
    try Configuration.complete(&arguments, options: PatternsCommand.command.options)
    let plan = try RunPlan(try RunSettings(arguments), keepsFields: false, flushing: .whenFull)
    let casebook = RunCasebook(fields: plan.fields, sources: plan.sourceNames)
    let census = MessageCensus(casebook: casebook)
    plan.run(into: census)
    return (census.messages, plan.status(casebook.run.ledger, .open))
  }

  /// What the dearer of its two answers costs.
  private static func dearest(_ cost: PatternCost) -> Double {
    max(cost.hitNanoseconds ?? 0, cost.missNanoseconds ?? 0)
  }

  private static func text(
    _ shown: [PatternCost], all: [PatternCost], _ library: PackLibrary
  ) -> String {
    let width = shown.map { library.patterns[$0.index].id.count }.max() ?? 7
    var text = "PATTERN".padded(to: width) + "   HIT ns  MISS ns     STEPS  \n"
    for cost in shown {
      text += library.patterns[cost.index].id.padded(to: width)
      text += TerminalText.right(nanoseconds(cost.hitNanoseconds), to: 9)
      text += TerminalText.right(nanoseconds(cost.missNanoseconds), to: 9)
      text += TerminalText.right(cost.steps.map { "≤ \($0)" } ?? "> 100000", to: 10)
      text += cost.backtracks ? "  backtracks" : ""
      text += cost.usesJIT ? "\n" : "  without JIT\n"
    }
    let slow = all.filter(\.backtracks).map { library.patterns[$0.index].id }
    text += "\(all.count) patterns"
    text +=
      slow.isEmpty
      ? ", none backtracks\n" : ", \(slow.count) backtrack: \(slow.joined(separator: ", "))\n"
    return text
  }

  private static func json(_ shown: [PatternCost], _ library: PackLibrary) -> String {
    var text = ""
    for cost in shown {
      let pattern = library.patterns[cost.index]
      var line = JSONLine(kind: "cost")
      line.pair("pattern", pattern.id)
      line.pair("file", pattern.file)
      line.pair("line", pattern.line)
      line.pair("hits", cost.hits)
      line.pair("hit_ns", cost.hitNanoseconds.map(rounded))
      line.pair("misses", cost.misses)
      line.pair("miss_ns", cost.missNanoseconds.map(rounded))
      if let steps = cost.steps { line.pair("steps", steps) }
      line.pair("jit", cost.usesJIT)
      line.pair("backtracks", cost.backtracks)
      text += line.text()
    }
    return text
  }

  private static func nanoseconds(_ value: Double?) -> String {
    value.map { "\(Int($0.rounded()))" } ?? "-"
  }

  private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
