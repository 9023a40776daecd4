/// How a pattern's samples fared: what `patterns test` shows.
package struct PatternReport: Sendable {
  package let id: String
  package let pack: String
  package let file: String
  package let line: Int
  package let samples: Int
  package let failures: [SampleFailure]

  package var isGood: Bool { failures.isEmpty }
}

/// A pattern as `patterns list` shows it.
package struct PatternListing: Sendable {
  package let number: Int
  package let pattern: PackPattern
  package let scope: Scope
  /// The fields that it may give, in the order of its groups.
  package let fields: [String]
}

extension PackLibrary {
  /// Runs every sample; also tells where an earlier pattern of the same pack takes a sample first.
  package func reports() -> [PatternReport] {
    var check = SampleCheck(self)
    var reports: [PatternReport] = []
    for index in patterns.indices {
      let pattern = patterns[index]
      var failures: [SampleFailure] = []
      for sample in pattern.samples {
        if let failure = check.check(sample, of: pattern) {
          failures.append(failure)
        } else if sample.matches, let earlier = check.earlierMatch(sample, of: index) {
          failures.append(
            SampleFailure(
              line: sample.line, text: sample.text, problem: "is matched by '\(earlier)' first"))
        }
      }
      reports.append(
        PatternReport(
          id: pattern.id, pack: pattern.pack, file: pattern.file, line: pattern.line,
          samples: pattern.samples.count, failures: failures))
    }
    return reports + lineReports(&check)
  }

  private func lineReports(_ check: inout SampleCheck) -> [PatternReport] {
    lines.indices.map { index in
      let pattern = lines[index]
      var failures: [SampleFailure] = []
      for sample in pattern.samples {
        if let failure = check.check(sample, of: pattern) {
          failures.append(failure)
        } else if sample.matches, let earlier = check.earlierLine(sample, of: index) {
          failures.append(
            SampleFailure(
              line: sample.line, text: sample.text, problem: "is matched by '\(earlier)' first"))
        }
      }
      return PatternReport(
        id: pattern.id, pack: pattern.pack, file: pattern.file, line: pattern.line,
        samples: pattern.samples.count, failures: failures)
    }
  }

  package func listings() -> [PatternListing] {
    patterns.enumerated().map { index, pattern in
      var fields: [String] = []
      for capture in pattern.captures where fields.last != capture.name {
        fields.append(capture.name)
      }
      fields += pattern.constants.map(\.name)
      return PatternListing(
        number: index + 1, pattern: pattern, scope: scopes[pattern.scope], fields: fields)
    }
  }
}
