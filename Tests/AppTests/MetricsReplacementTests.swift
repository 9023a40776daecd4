import Foundation
import Model
import Testing

@testable import App

/// The metrics file while it is replaced.
struct MetricsReplacementTests {
  @Test func readersNeverSeeHalfAFile() throws {
    let folder = try MetricsFolder()
    let path = folder.path("metrics")
    let file = try MetricsFile(path, interval: 1_000_000)
    let families = [
      MetricFamily.run(
        "numbers_total", "Many.", .counter, (0..<300).map { ("number", "\($0)", Double($0)) })
    ]
    file.board.leave(families)
    let thread = try #require(file.start())
    var seen: Set<Double> = []
    for _ in 0..<30 {
      let page = try ScrapedPage(String(contentsOfFile: path, encoding: .utf8))
      #expect(page.problems == [])
      let numbers = page.count("taffrail_numbers_total")
      #expect(numbers == 0 || numbers == 300)
      seen.insert(page.value("taffrail_metrics_writes_total") ?? 0)
    }
    #expect(file.finish(families, thread) == nil)
    let last = try ScrapedPage(String(contentsOfFile: path, encoding: .utf8))
    #expect(last.count("taffrail_numbers_total") == 300)
    #expect((last.value("taffrail_metrics_writes_total") ?? 0) >= (seen.max() ?? 0))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.root) == ["metrics"])
  }

  @Test func aSnapshotIsMadeOnceForEachRequest() {
    let board = MetricsBoard()
    #expect(board.takesRequest)
    #expect(!board.takesRequest)
    board.ask()
    #expect(board.takesRequest)
    #expect(!board.takesRequest)
  }

  @Test func servicesBeyondTheLimitShareOneSeriesAndNoCounterFalls() {
    var metrics = ServiceMetrics()
    let limit = ServiceMetrics.limit
    var counts = [(entries: Int, errors: Int)](repeating: (0, 0), count: limit + 40)
    for index in 5..<counts.count { counts[index] = (10, 1) }
    let before = metrics.families(counts) { "s\($0.number)" }
    counts[2] = (7, 7)
    let after = metrics.families(counts) { "s\($0.number)" }
    #expect(before[0].points.count == limit + 1)
    for (old, new) in zip(before[0].points, after[0].points) {
      #expect(old.labels.first?.value == new.labels.first?.value)
      #expect(new.value >= old.value)
    }
    #expect(after[0].points.last?.labels.first?.value == ServiceMetrics.other)
    #expect(after[0].points.reduce(0) { $0 + $1.value } == Double(35 + limit) * 10 + 7)
  }
}
