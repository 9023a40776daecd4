internal import Packs

/// `taffrail patterns test`: runs every sample.
enum PatternsTest {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let library = try PatternsCommand.library(arguments.all("patterns") + arguments.operands)
    let reports = library.reports()
    var text = ""
    for report in reports {
      if report.isGood, arguments.has("verbose") {
        text += "good  \(report.id)  \(report.samples) samples\n"
      }
      for failure in report.failures {
        text += "FAIL  \(report.id)  \(report.file):\(failure.line): \(failure.problem)\n"
        text += "      sample    \(failure.text.quotedForMessage)\n"
        if let expected = failure.expected { text += "      expected  \(expected)\n" }
        if let got = failure.got { text += "      got       \(got)\n" }
      }
    }
    let bad = reports.count { !$0.isGood }
    let samples = reports.reduce(0) { $0 + $1.samples }
    text += "\(reports.count) patterns, \(samples) samples, \(bad) patterns with failures\n"
    Diagnostics.out(text)
    return bad == 0 ? .success : .failure
  }
}
