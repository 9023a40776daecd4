import Foundation
import Testing

@testable import App

/// `--metrics` and `--metric-events`, as a run of the tool writes them.
struct MetricsFileTests {
  private static let magnitudes = ["1", "2", "3"]

  @Test func theFileIsWhatScrapersRead() throws {
    let run = try MeteredRun()
    let page = ScrapedPage(run.metrics)
    #expect(page.problems == [])
    #expect(page.types["taffrail_frames_read_total"] == "counter")
    #expect(page.types["taffrail_service_error_ratio"] == "gauge")
    #expect(page.types["taffrail_metrics_sample_seconds"] == "histogram")
    #expect(page.value("taffrail_build_info{version=\"\(App.version)\"}") == 1)
  }

  @Test func theLastValuesAreTheSummarys() throws {
    let run = try MeteredRun()
    let page = ScrapedPage(run.metrics)
    let summary = try #require(run.summary)
    let ledger = try #require(summary["ledger"] as? [String: Any])
    for (key, metric) in [
      ("read", "frames_read"), ("expanded", "frames_expanded"), ("blank", "frames_blank"),
      ("unparsed", "frames_unparsed"), ("continuations", "frames_continuations"),
      ("entries", "entries"), ("analysed", "entries_analysed"),
      ("filtered", "entries_filtered"), ("late", "entries_late"),
    ] {
      let booked = try #require(ledger[key] as? NSNumber)
      #expect(page.value("taffrail_\(metric)_total") == booked.doubleValue, "\(key)")
    }
    #expect(page.value("taffrail_frames_read_total") ?? 0 > 0)
    for (key, metric) in [("insights", "insights"), ("alerts", "alerts")] {
      let told = try #require(summary[key] as? NSNumber)
      #expect(page.sum("taffrail_\(metric)_total", without: "resolved") == told.doubleValue)
    }
  }

  @Test func everyMetricIsDocumented() throws {
    let guide = try String(
      contentsOf: RoomsTests.root.appendingPathComponent("docs/metrics.md"), encoding: .utf8)
    let page = try ScrapedPage(MeteredRun().metrics)
    let own = page.types.keys.filter { !$0.hasPrefix("taffrail_system_") }.sorted()
    #expect(own.count > 30)
    for name in own where !name.hasSuffix("_peak_bytes") {
      #expect(guide.contains("`\(name)`") || guide.contains("`\(name){"), "\(name)")
    }
  }

  @Test(arguments: [
    "entries_by_severity", "entries_by_category", "entries_by_format", "service_entries",
  ])
  func everyDivisionSumsToTheAnalysedEntries(family: String) throws {
    let page = try ScrapedPage(MeteredRun().metrics)
    let analysed = try #require(page.value("taffrail_entries_analysed_total"))
    #expect(analysed > 0)
    #expect(page.sum("taffrail_\(family)_total") == analysed)
  }

  @Test func minuteLinesSumToTheAnalysedEntriesAndDontDependOnWorkers() throws {
    let runs = try Self.magnitudes.map { try MeteredRun(workers: $0) }
    let first = try #require(runs.first)
    var entries = 0.0
    for line in first.minutes.split(separator: "\n") {
      let point = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(point["kind"] as? String == "metric")
      if point["name"] as? String == "taffrail_entries_per_minute" {
        entries += try #require(point["value"] as? NSNumber).doubleValue
      }
    }
    let page = ScrapedPage(first.metrics)
    #expect(entries > 0)
    #expect(page.value("taffrail_entries_analysed_total") == entries)
    for run in runs { #expect(run.minutes == first.minutes) }
  }

  @Test func metricsDoNotShowOnStandardOutput() throws {
    #expect(try MeteredRun().output == MeteredRun(isMetered: false).output)
  }

  @Test func whatCannotBeWrittenIsToldBeforeAnythingIsRead() throws {
    let folder = try MetricsFolder()
    let output = folder.path("out")
    let status = App.perform([
      "analyze", "-c", "-", "-o", "json", "--output-file", output, "--metrics",
      folder.path("absent/metrics"), folder.path("input"),
    ])
    #expect(status == ExitStatus.failure.rawValue)
    #expect((try? String(contentsOfFile: output, encoding: .utf8)) ?? "" == "")
  }
}
