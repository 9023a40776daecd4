internal import Bytes
internal import Detection
internal import Output
internal import Reporting

/// `detect -o html` and `-o svg`: the series with its band and its marks, thinned out to the plot's columns.
final class PlotRows: RowListing {
  private let sink: any LineSink
  private let choice: SeriesDetectorChoice
  private let isPage: Bool
  private var plots: [SeriesPlot] = []

  init(_ choice: SeriesDetectorChoice, isPage: Bool, to sink: any LineSink) {
    self.choice = choice
    self.isPage = isPage
    self.sink = sink
  }

  func begin(_ input: String) { plots.append(SeriesPlot(title: input)) }

  func add(_ judged: JudgedRow) {
    let verdict = judged.verdict
    var point = SeriesPlot.Point(time: judged.row.time, value: judged.row.value)
    point.lower = verdict.lower
    point.upper = verdict.upper
    if verdict.isAnomaly {
      let why = verdict.evidence.map { ", by its \(Self.words($0.measure))" } ?? ""
      point.mark = SeriesPlot.Mark(
        time: judged.row.time, value: judged.row.value,
        text: "\(judged.row.stamp)  \(judged.row.number)  score "
          + TextNumber.significant(verdict.score) + why)
    }
    plots[plots.count - 1].add(point)
  }

  func flush() {}

  func end() throws {
    let threshold = choice.effectiveThreshold.map(TextNumber.significant) ?? ""
    let caption = "\(choice.name), threshold \(threshold)"
    var out = ByteBuffer(capacity: 1 << 16)
    if isPage {
      SeriesPage(plots: plots, caption: caption).write(to: &out)
    } else if let plot = plots.first {
      PlotDrawing(plot: plot, caption: caption).write(to: &out)
    }
    if try !sink.put(out) { throw ReaderGone() }
    if case .failed(let failure) = sink.flush() { throw failure }
  }

  private static func words(_ measure: RowMeasure) -> String {
    measure.rawValue.replacing("_", with: " ")
  }
}
