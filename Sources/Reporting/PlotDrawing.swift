package import Bytes
internal import Model

/// A series as SVG: the values as a line through least and largest of each column, the band behind it, the marks.
///
/// Self-contained: no script, no font, no link; colours for light and dark (`prefers-color-scheme`). A mark tells
/// its row when pointed at (`title`).
package struct PlotDrawing {
  private static let width = 1080.0
  private static let height = 340.0
  private static let left = 70.0
  private static let right = 1064.0
  private static let top = 40.0
  private static let bottom = 304.0

  private let plot: SeriesPlot
  private let caption: String
  private let low: Double
  private let high: Double

  package init(plot: SeriesPlot, caption: String) {
    self.plot = plot
    self.caption = caption
    (low, high) = Self.range(plot)
  }

  package func write(to out: inout ByteBuffer) {
    let title = Markup.escaped(Markup.shortened(plot.title, to: 90))
    out.write(
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" \
      role="img" aria-label="\(title)">
      <style>
      .taffrail text { font: 12px system-ui, sans-serif; fill: #6e7781 }
      .taffrail .title { font-weight: 600; font-size: 14px; fill: #1f2328 }
      .taffrail .paper { fill: #ffffff }
      .taffrail .grid { stroke: #d8dee4; fill: none }
      .taffrail .band { fill: #0969da; fill-opacity: .13 }
      .taffrail .line { stroke: #0969da; stroke-width: 1.2; stroke-linejoin: round; fill: none }
      .taffrail .mark { fill: none; stroke: #cf222e; stroke-width: 2 }
      .taffrail .rule { stroke: #cf222e; stroke-width: 1; stroke-opacity: .35; fill: none }
      @media (prefers-color-scheme: dark) {
      .taffrail text { fill: #8b949e }
      .taffrail .title { fill: #e6edf3 }
      .taffrail .paper { fill: #0d1117 }
      .taffrail .grid { stroke: #30363d }
      .taffrail .band { fill: #58a6ff; fill-opacity: .18 }
      .taffrail .line { stroke: #58a6ff }
      .taffrail .mark, .taffrail .rule { stroke: #ff7b72 }
      }
      </style>
      <g class="taffrail">
      <rect class="paper" width="100%" height="100%"/>
      <text class="title" x="\(Int(Self.left))" y="22">\(title)</text>
      <text x="\(Int(Self.right))" y="22" text-anchor="end">\(summary)</text>

      """)
    writeAxes(to: &out)
    writeBand(to: &out)
    writeLine(to: &out)
    writeMarks(to: &out)
    out.write("</g>\n</svg>\n")
  }

  private var summary: String {
    let found = plot.markCount == 1 ? "1 anomaly" : "\(plot.markCount) anomalies"
    return Markup.escaped("\(found) in \(plot.rowCount) rows · \(caption)")
  }

  private func writeAxes(to out: inout ByteBuffer) {
    for tick in PlotAxis.numbers(from: low, to: high) {
      let y = Self.text(y(tick))
      out.write(
        "<path class=\"grid\" d=\"M\(Int(Self.left)) \(y)H\(Int(Self.right))\"/>"
          + "<text x=\"\(Int(Self.left) - 8)\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">"
          + "\(PlotNumber.text(tick))</text>\n")
    }
    guard plot.rowCount > 0 else { return }
    for tick in PlotAxis.times(from: plot.start, to: plot.end) {
      let x = Self.text(x(tick.time))
      out.write(
        "<path class=\"grid\" d=\"M\(x) \(Int(Self.bottom))v5\"/>"
          + "<text x=\"\(x)\" y=\"\(Int(Self.bottom) + 20)\" text-anchor=\"middle\">\(tick.text)</text>\n"
      )
    }
  }

  /// Upper edge there, lower edge back, for each run of columns that have a band.
  private func writeBand(to out: inout ByteBuffer) {
    var run: [Int] = []
    for at in 0...plot.columns.count {
      let column = at < plot.columns.count ? plot.columns[at] : nil
      if let column, column.count == 0 { continue }
      if let column, column.lower <= column.upper {
        run.append(at)
        continue
      }
      if !run.isEmpty {
        let upper = run.map { "\(Self.text(x($0))) \(Self.text(y(plot.columns[$0].upper)))" }
        let lower = run.reversed().map {
          "\(Self.text(x($0))) \(Self.text(y(plot.columns[$0].lower)))"
        }
        out.write(
          "<path class=\"band\" d=\"M\((upper + lower).joined(separator: "L"))Z\"/>\n")
      }
      run = []
    }
  }

  private func writeLine(to out: inout ByteBuffer) {
    guard plot.rowCount > 0 else { return }
    out.write("<path class=\"line\" d=\"" as StaticString)
    var isFirst = true
    for (at, column) in plot.columns.enumerated() where column.count > 0 {
      let place = Self.text(x(at))
      let levels =
        column.count == 1
        ? [column.first] : [column.first, column.least, column.most, column.last]
      for level in levels {
        out.write(isFirst ? "M" : "L" as StaticString)
        out.write("\(place) \(Self.text(y(level)))")
        isFirst = false
      }
    }
    out.write("\"/>\n" as StaticString)
  }

  private func writeMarks(to out: inout ByteBuffer) {
    for mark in plot.marks {
      let x = Self.text(x(mark.time))
      out.write(
        "<g><title>\(Markup.escaped(Markup.shortened(mark.text, to: 200)))</title>"
          + "<path class=\"rule\" d=\"M\(x) \(Int(Self.top))V\(Int(Self.bottom))\"/>"
          + "<circle class=\"mark\" cx=\"\(x)\" cy=\"\(Self.text(y(mark.value)))\" r=\"4\"/></g>\n")
    }
  }

  private func x(_ column: Int) -> Double {
    Self.left + (Self.right - Self.left) * (Double(column) + 0.5)
      / Double(max(1, plot.columns.count))
  }

  private func x(_ time: Timestamp) -> Double {
    let passed = Double(time.nanoseconds) - Double(plot.start.nanoseconds)
    let share = passed / (Double(plot.span) * Double(max(1, plot.columns.count)))
    return Self.left + (Self.right - Self.left) * min(max(share, 0), 1)
  }

  private func y(_ value: Double) -> Double {
    let share = (min(max(value, low), high) - low) / (high - low)
    return Self.bottom - (Self.bottom - Self.top) * (share.isFinite ? share : 0.5)
  }

  /// That of the values, and of the band as far as it lies within twice their spread.
  private static func range(_ plot: SeriesPlot) -> (Double, Double) {
    var least = Double.infinity
    var most = -Double.infinity
    var lower = Double.infinity
    var upper = -Double.infinity
    for column in plot.columns where column.count > 0 {
      least = min(least, column.least)
      most = max(most, column.most)
      lower = min(lower, column.lower)
      upper = max(upper, column.upper)
    }
    guard least <= most else { return (0, 1) }
    let spread = most - least
    guard spread > 0 else {
      let around = max(abs(most) / 2, 1)
      return (least - around, most + around)
    }
    least = max(min(least, lower), least - spread / 2)
    most = min(max(most, upper), most + spread / 2)
    let margin = (most - least) / 25
    return (least - margin, most + margin)
  }

  /// A coordinate to a tenth of a pixel.
  private static func text(_ coordinate: Double) -> String {
    let tenths = Int((min(max(coordinate, -1e6), 1e6) * 10).rounded())
    let rest = abs(tenths % 10)
    let sign = tenths < 0 && tenths > -10 ? "-" : ""
    return rest == 0 ? "\(tenths / 10)" : "\(sign)\(tenths / 10).\(rest)"
  }
}
