internal import Detection
internal import Model
internal import Output

/// What an input's rows were: read, left out by reason, and out of order.
struct SeriesTally {
  /// How often something was, and in which lines first.
  struct Cases {
    static let shown = 3
    private(set) var count = 0
    private(set) var lines: [Int] = []

    mutating func add(line: Int) {
      count += 1
      if lines.count < Self.shown { lines.append(line) }
    }

    /// `first in line 7`, `first in lines 3, 9, 12`.
    var places: String {
      "first in line\(lines.count == 1 ? "" : "s") \(lines.map(String.init).joined(separator: ", "))"
    }
  }

  private(set) var read = 0
  private var leftOut = [Cases](repeating: Cases(), count: RowFault.allCases.count)
  private var backwards = Cases()
  private var duplicates = Cases()
  private var gaps = Cases()
  private var pace = RowPace()
  private var last: Timestamp?

  var leftOutCount: Int { leftOut.reduce(0) { $0 + $1.count } }

  mutating func leaveOut(_ fault: RowFault, line: Int) { leftOut[fault.rawValue].add(line: line) }

  mutating func read(_ time: Timestamp, line: Int) {
    read += 1
    if let last {
      if time < last { backwards.add(line: line) }
      if time == last { duplicates.add(line: line) }
      if let step = pace.step, time > last.advanced(byNanoseconds: 3 * min(step, 1 << 60)) {
        gaps.add(line: line)
      }
    }
    pace.learn(time)
    last = time
  }

  /// What a user should know, a sentence each; nothing where all is well.
  func notes(_ input: String) -> [String] {
    var notes: [String] = []
    if leftOutCount > 0 {
      let whole = TextNumber.grouped(read + leftOutCount)
      notes.append(
        "\(input): \(TextNumber.grouped(leftOutCount)) of \(whole) rows could not be read and were left out"
      )
      for fault in RowFault.allCases where leftOut[fault.rawValue].count > 0 {
        let cases = leftOut[fault.rawValue]
        notes.append("  \(TextNumber.grouped(cases.count)) \(fault.words), \(cases.places)")
      }
    }
    for (cases, words) in [
      (backwards, "rows older than the one before"),
      (duplicates, "rows with the stamp of the one before"),
      (gaps, "gaps over three times the usual step"),
    ] where cases.count > 0 {
      notes.append("\(input): \(words): \(TextNumber.grouped(cases.count)), \(cases.places)")
    }
    return notes
  }
}
