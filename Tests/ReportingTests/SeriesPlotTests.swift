import Bytes
import Model
import Reporting
import Testing

@Suite("Series plots")
struct SeriesPlotTests {
  private func plot(_ values: [Double], title: String = "a", step: Int64 = 60) -> SeriesPlot {
    var plot = SeriesPlot(title: title)
    for (row, value) in values.enumerated() {
      plot.add(.init(time: Timestamp(seconds: Int64(row) * step), value: value))
    }
    return plot
  }

  private func drawing(_ plot: SeriesPlot) -> String {
    var out = ByteBuffer()
    PlotDrawing(plot: plot, caption: "ensemble").write(to: &out)
    return out.text()
  }

  @Test("thin out without losing an extreme", arguments: [1, 100, 5000, 100_000])
  func extremes(count: Int) {
    var values = (0..<count).map { Double($0 % 7) }
    values[count / 2] = 900
    values[count / 3] -= 900
    let plot = plot(values)
    let columns = plot.columns.filter { $0.count > 0 }
    #expect(plot.columns.count <= SeriesPlot.columnLimit)
    #expect(columns.reduce(0) { $0 + $1.count } == count)
    #expect(columns.map(\.most).max() == values.max())
    #expect(columns.map(\.least).min() == values.min())
    #expect(drawing(plot).utf8.count < 200_000)
  }

  @Test("keep rows whose time runs backwards, and far leaps")
  func disorder() {
    var plot = SeriesPlot(title: "x")
    for seconds: Int64 in [100, 50, 100, 9_000_000_000, -9_000_000_000, 7] {
      plot.add(.init(time: Timestamp(seconds: seconds), value: 1))
    }
    #expect(plot.columns.reduce(0) { $0 + $1.count } == 6)
    #expect(plot.columns.count <= SeriesPlot.columnLimit)
    #expect(drawing(plot).hasSuffix("</svg>\n"))
  }

  @Test("bound their marks and count the rest")
  func marks() {
    var plot = SeriesPlot(title: "x")
    for row in 0..<5000 {
      let time = Timestamp(seconds: Int64(row))
      var point = SeriesPlot.Point(time: time, value: 1)
      point.mark = .init(time: time, value: 1, text: "row \(row)")
      plot.add(point)
    }
    #expect(plot.marks.count == SeriesPlot.markLimit)
    #expect(plot.markCount == 5000)
  }

  @Test("escape what a file may hold")
  func hostile() {
    let evil = "</text><script>alert(1)</script>\u{0}\u{202e}\u{1b}[31m\"'&"
    var plot = SeriesPlot(title: evil)
    let time = Timestamp(seconds: 0)
    var point = SeriesPlot.Point(time: time, value: 1)
    point.mark = .init(time: time, value: 1, text: evil)
    plot.add(point)
    var out = ByteBuffer()
    SeriesPage(plots: [plot], caption: evil).write(to: &out)
    let page = out.text()
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;"))
    #expect(!page.unicodeScalars.contains { $0 == "\u{0}" || $0 == "\u{202e}" || $0 == "\u{1b}" })
  }

  @Test(
    "draw nothing, one row, equal rows and huge ones",
    arguments: [
      [], [5], [5, 5, 5], [1e149, -1e149], [0, 1e-300], [-0.0, 0],
    ])
  func extremesOfValue(values: [Double]) {
    let svg = drawing(plot(values))
    #expect(!svg.contains("nan") && !svg.contains("inf"))
    #expect(svg.hasSuffix("</svg>\n"))
  }
}
