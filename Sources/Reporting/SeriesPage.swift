package import Bytes

/// A page of plots, each with a table of its anomalies: one file of HTML that needs nothing else.
package struct SeriesPage {
  /// Rows of a table; the plot shows more.
  static let rowLimit = 500

  private let plots: [SeriesPlot]
  private let caption: String

  package init(plots: [SeriesPlot], caption: String) {
    self.plots = plots
    self.caption = caption
  }

  package func write(to out: inout ByteBuffer) {
    let title = plots.count == 1 ? plots.first?.title ?? "" : "\(plots.count) series"
    out.write(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>taffrail detect: \(Markup.escaped(Markup.shortened(title, to: 90)))</title>
      <style>
      body { max-width: 1120px; margin: 1rem auto; padding: 0 1rem; font: 14px/1.5 system-ui, sans-serif; \
      color: #1f2328; background: #ffffff }
      table { border-collapse: collapse; margin: .5rem 0 2rem }
      th, td { padding: .15rem 1rem .15rem 0; text-align: left; white-space: pre }
      th, p { color: #6e7781; font-weight: 400 }
      svg { width: 100%; height: auto }
      @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } \
      th, p { color: #8b949e } }
      </style>
      </head>
      <body>

      """)
    for plot in plots {
      PlotDrawing(plot: plot, caption: caption).write(to: &out)
      writeTable(of: plot, to: &out)
    }
    out.write("</body>\n</html>\n")
  }

  private func writeTable(of plot: SeriesPlot, to out: inout ByteBuffer) {
    guard !plot.marks.isEmpty else {
      out.write("<p>No anomalies.</p>\n")
      return
    }
    out.write("<table>\n<tr><th>anomaly</th></tr>\n" as StaticString)
    for mark in plot.marks.prefix(Self.rowLimit) {
      out.write(
        "<tr><td>\(Markup.escaped(Markup.shortened(mark.text, to: 200)))</td></tr>\n")
    }
    out.write("</table>\n" as StaticString)
    let more = plot.markCount - min(plot.marks.count, Self.rowLimit)
    if more > 0 { out.write("<p>and \(more) more</p>\n") }
  }
}
