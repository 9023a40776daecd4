internal import Detection
internal import Output

/// A row's verdict in words: what was there, what is usual, what decided, and how rare that is.
struct RowExplanation {
  let style: TextStyle

  func text(_ judged: JudgedRow, detector: String) -> String {
    let verdict = judged.verdict
    let state = verdict.isAnomaly ? style.mark("ANOMALY") : "no anomaly"
    var text =
      "\(style.strong(TerminalText.escaped(judged.row.stamp)))  \(TerminalText.escaped(judged.row.number))"
      + "  \(state)  score \(TextNumber.significant(verdict.score))\n"
    guard let expected = verdict.expected, let lower = verdict.lower, let upper = verdict.upper
    else {
      return text + row("warm-up", "too few rows before it to judge (line \(judged.row.line))")
        + "\n"
    }
    text += row(
      "expected",
      "\(TextNumber.significant(expected)), from \(TextNumber.significant(lower))"
        + " to \(TextNumber.significant(upper)) \(Self.band(detector))")
    if let evidence = verdict.evidence {
      text += row("decided", Self.words(evidence))
      text += row(
        "rare",
        "p = \(TextNumber.significant(evidence.tail)), one in \(TextNumber.oneIn(evidence.tail)),"
          + " by the \(TextNumber.grouped(evidence.rows)) rows before")
      let rest = evidence.isResting ? ", but within the rest after an anomaly" : ""
      text += row(
        "verdict",
        "\(Self.statistic(evidence, detector)) \(TextNumber.significant(evidence.statistic)),"
          + " threshold \(TextNumber.significant(evidence.threshold))\(rest)")
    }
    return text + row("detector", "\(detector), line \(judged.row.line)") + "\n"
  }

  private func row(_ label: String, _ words: String) -> String {
    "  \(style.faint(TerminalText.padded(label, to: 9)))\(words)\n"
  }

  private static func band(_ detector: String) -> String {
    detector == Ensemble.name ? "in 99 of 100 rows" : "without being an anomaly"
  }

  private static func statistic(_ evidence: RowEvidence, _ detector: String) -> String {
    switch evidence.measure {
    case .deviation, .weightedMean: "deviations"
    case .upwardSum, .downwardSum: "sum"
    default: detector == ChangePoint.name ? "-log10 p" : "surprise"
    }
  }

  private static func words(_ evidence: RowEvidence) -> String {
    let actual = TextNumber.significant(evidence.actual)
    let typical = TextNumber.significant(evidence.typical)
    return switch evidence.measure {
    case .value: "the value \(actual); the nearest ever seen before is \(typical)"
    case .shortMean: "the mean of the last rows \(actual); the nearest before is \(typical)"
    case .residual: "\(actual) off the expected value; the nearest before is \(typical)"
    case .shortResidual:
      "the last rows \(actual) off what is expected; the nearest before is \(typical)"
    case .movement: "changes from row to row of \(actual); usual are \(typical)"
    case .shape: "the course of the last rows; \(actual) from the nearest known one"
    case .deviation: "the value \(actual); usual is \(typical)"
    case .weightedMean: "the weighted mean of the last rows \(actual); usual is \(typical)"
    case .upwardSum: "a rise that lasts; the mean was \(typical)"
    case .downwardSum: "a fall that lasts; the mean was \(typical)"
    case .step: "a step: the last rows' mean \(actual), before \(typical)"
    case .trend: "a trend: the last rows' mean \(actual), before \(typical)"
    case .spike: "a spike to \(actual) from \(typical)"
    case .dip: "a dip to \(actual) from \(typical)"
    case .distribution: "the last rows are spread otherwise: mean \(actual), before \(typical)"
    }
  }
}
