import Foundation
import Testing

/// `taffrail detect` on tables as they come: a row out for each readable row, a count or an error for the rest.
@Suite("detect")
struct DetectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var input: String
    var status: Int32 = 0
    /// Stamps and values that come out, as they stand.
    var rows: [String]
    var says: [String] = []
  }

  static let header = "timestamp,value\n"
  static let cases = [
    Case(testDescription: "an empty file", input: "", rows: []),
    Case(
      testDescription: "a header alone", input: header, status: 1, rows: [],
      says: ["no row could be read"]),
    Case(
      testDescription: "no header", input: "2026-03-01 10:00:00,5\n2026-03-01 10:01:00,6\n",
      status: 1, rows: [],
      says: ["in.csv:1:1: no header with the columns timestamp and value"]),
    Case(
      testDescription: "blank lines alone", input: "\n\n", status: 1, rows: [],
      says: ["no header"]),
    Case(
      testDescription: "one row", input: header + "2026-03-01 10:00:00,5\n",
      rows: ["2026-03-01 10:00:00,5"]),
    Case(
      testDescription: "no line feed at the end", input: header + "1772359200,5\n1772359260,6",
      rows: ["1772359200,5", "1772359260,6"]),
    Case(
      testDescription: "carriage returns", input: "timestamp,value\r\n2026-03-01T10:00:00Z,5\r\n",
      rows: ["2026-03-01T10:00:00Z,5"]),
    Case(
      testDescription: "a byte order mark", input: "\u{feff}timestamp,value\n1,5\n", rows: ["1,5"]),
    Case(
      testDescription: "other columns, another order, quotes",
      input:
        "value,\"note\",TimeStamp\n\"1.5\",\"a,\"\"b\"\"\",\"2026-03-01 10:00:00\"\n2,,2026-03-02\n",
      rows: ["2026-03-01 10:00:00,1.5", "2026-03-02,2"]),
    Case(
      testDescription: "text, NaN and infinities for values",
      input: header + "1,n/a\n2,NaN\n3,-inf\n4,1e999\n5,0x10\n6,7\n7,\n", rows: ["6,7"],
      says: [
        "in.csv: 6 of 7 rows could not be read and were left out",
        "3 without a number in the value column, first in lines 2, 6, 8",
        "3 with a value that is not finite or too large, first in lines 3, 4, 5",
      ]),
    Case(
      testDescription: "bad stamps and short rows",
      input: header + "noon,1\n2026-02-30 10:00:00,2\n77\n\n5,5\n", rows: ["5,5"],
      says: [
        "3 of 4 rows could not be read",
        "2 without a time in the timestamp column, first in lines 2, 3",
        "1 with too few cells, first in line 4",
      ]),
    Case(
      testDescription: "time that runs backwards, repeats and leaps",
      input: header + "100,1\n160,2\n100,3\n100,4\n160,5\n9000,6\n",
      rows: ["100,1", "160,2", "100,3", "100,4", "160,5", "9000,6"],
      says: [
        "rows older than the one before: 1, first in line 4",
        "rows with the stamp of the one before: 1, first in line 5",
        "gaps over three times the usual step: 1, first in line 7",
      ]),
    Case(
      testDescription: "a stamp that needs quotes",
      input: header + "\"2026-03-01 10:00:00,250\",1\n", rows: ["\"2026-03-01 10:00:00,250\",1"]),
    Case(
      testDescription: "an open quote", input: header + "\"5,1\n6,2\n", rows: ["6,2"],
      says: ["1 with too few cells, first in line 2"]),
    Case(
      testDescription: "bytes that are no text", input: header + "\u{0}\u{1},\u{2}\n1,2\n",
      rows: ["1,2"], says: ["1 of 2 rows"]),
  ]

  @Test("reads", arguments: cases)
  func table(one: Case) throws {
    let shell = try Shell()
    try shell.write("in.csv", one.input)
    let outcome = try shell.run("taffrail detect in.csv")
    #expect(outcome.status == one.status, "\(outcome.error)")
    let rows = outcome.lines.dropFirst().map { line in
      String(line[..<(line.range(of: ",0.0,0,ensemble,,,")?.lowerBound ?? line.endIndex)])
    }
    #expect(rows == one.rows)
    for words in one.says { #expect(outcome.error.contains(words), "\(outcome.error)") }
    if one.says.isEmpty { #expect(outcome.error.isEmpty) }
  }

  @Test("a line beyond the limit is one bad row, and memory stays flat")
  func longLine() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      (echo timestamp,value; echo 1,2; head -c 30000000 /dev/zero | tr '\\0' x; echo; echo 3,4) >in.csv
      ulimit -v 1000000; taffrail detect <in.csv
      """)
    #expect(outcome.lines.count == 3, "\(outcome.out)")
    #expect(outcome.error.contains("1 longer than 1 MiB, first in line 3"))
  }

  @Test("a missing file is an error, and the others are judged")
  func missing() throws {
    let shell = try Shell()
    try shell.write("b.csv", Self.header + "1,2\n")
    let outcome = try shell.run("taffrail detect nope.csv b.csv")
    #expect(outcome.status == 1)
    #expect(outcome.lines.count == 2)
    #expect(outcome.error.contains("nope.csv: No such file"))
  }

  static func table(rows: Int, spikeAt: Int) -> String {
    header
      + (0..<rows).map { row in
        "\(1_772_359_200 + row * 300),\(row == spikeAt ? 900 : row * 37 % 101)\n"
      }.joined()
  }

  static let detectors = [
    "ensemble", "rolling_zscore", "two_sigma", "robust", "seasonal", "change_point", "ewma",
    "cusum",
  ]

  @Test("a prefix of the rows gives a prefix of the output", arguments: detectors)
  func prefix(detector: String) throws {
    let shell = try Shell()
    try shell.write("in.csv", Self.table(rows: 1200, spikeAt: 600))
    let outcome = try shell.run(
      """
      d() { taffrail detect --detector \(detector) -o csv; }
      d <in.csv >all; gzip <in.csv | d | cmp - all
      for n in 2 50 300 603 1000; do head -$n in.csv | d | cmp - <(head -$n all) || echo $n differs; done
      wc -l <all
      """)
    #expect(outcome.out == "1201\n", "\(outcome.error)")
  }

  @Test("rows come out of a pipe as they go in")
  func pipe() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      mkfifo in; taffrail detect <in >out & exec 3>in
      expect() { until [ "$(wc -l <out)" -ge $1 ]; do sleep 0.02; done; }
      printf 'timestamp,value\\n1,2\\n' >&3; expect 2
      printf '3,' >&3; printf '4\\n' >&3; expect 3
      exec 3>&-; wait; tail -1 out
      """)
    #expect(outcome.out == "3,4,0.0,0,ensemble,,,\n")
  }

  @Test("an explanation says what was usual, what decided, and how rare it is")
  func explained() throws {
    let shell = try Shell()
    try shell.write("in.csv", Self.table(rows: 1200, spikeAt: 600))
    let text = try shell.run("taffrail detect --explain -o text in.csv")
    for words in [
      "900  ANOMALY", "expected", "the nearest ever seen before is 100", "by the 600 rows before",
      "threshold 1.55", "ensemble, line 602",
    ] {
      #expect(text.out.contains(words), "\(text.out)")
    }
    let json = try shell.run("taffrail detect --explain in.csv")
    let row = try #require(try json.objects.first { $0["line"] as? Int == 602 })
    #expect(row["anomaly"] as? Bool == true)
    #expect(row["value"] as? Double == 900)
    #expect(row["typical"] as? Double == 100)
    #expect(row["n"] as? Int == 600)
    #expect((row["p_value"] as? Double ?? 1) < 1e-3)
    let at = try shell.run("taffrail detect --at 1772359210 in.csv")
    #expect(try at.objects.map { $0["line"] as? Int } == [3])
    #expect(try shell.run("taffrail detect --explain -o csv in.csv").status == 2)
    #expect(try shell.run("taffrail detect --at noon in.csv").status == 2)
    #expect(try shell.run("taffrail detect --at 2030-01-01 in.csv").error.contains("no row at"))
  }

  @Test("every row is an object in JSON, and the anomalies are a table in text")
  func forms() throws {
    let shell = try Shell()
    try shell.write("in.csv", Self.table(rows: 700, spikeAt: 600))
    let json = try shell.run("taffrail detect -o json in.csv")
    #expect(try json.objects.count == 700)
    let text = try shell.run("taffrail detect -o text --detector robust in.csv")
    #expect(text.lines.first?.contains("EXPECTED") == true)
    #expect(text.lines.last == "1 anomaly in 700 rows (robust)")
  }

  @Test("a plot is self-contained, and no cell breaks out of it")
  func plots() throws {
    let shell = try Shell()
    try shell.write("<b>&.csv", Self.table(rows: 3000, spikeAt: 600))
    let svg = try shell.run("taffrail detect -o svg '<b>&.csv'")
    #expect(svg.out.hasPrefix("<svg xmlns=") && svg.out.hasSuffix("</svg>\n"))
    let page = try shell.run("taffrail detect -o html '<b>&.csv' '<b>&.csv'")
    #expect(page.out.contains("&lt;b&gt;&amp;.csv"))
    for words in ["<script", "<b>", "http-equiv", "src=", "href="] {
      #expect(!page.out.contains(words))
    }
    #expect(page.out.components(separatedBy: "<svg").count == 3)
    #expect(try shell.run("taffrail detect -o svg '<b>&.csv' '<b>&.csv'").status == 2)
  }

  @Test("a million rows pass in flat memory")
  func million() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      (echo timestamp,value; seq 1 1000000 | sed 's/$/,1/') >in.csv
      ulimit -v 600000; taffrail detect --detector rolling_zscore --window 10 in.csv | tail -1
      """)
    #expect(outcome.out.hasPrefix("1000000,1,0.0,0,rolling_zscore,1.0"), "\(outcome.error)")
  }
}
