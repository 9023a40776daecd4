internal import Detection
internal import Glibc
internal import Output

/// The forms in which `detect` writes.
enum DetectForm: String, CaseIterable {
  case text, csv, json, html, svg

  func listing(
    _ choice: SeriesDetectorChoice, filter: RowFilter?, inputs: [String], to sink: any LineSink
  ) -> any RowListing {
    let namesInput = inputs.count > 1
    switch self {
    case .csv: return CSVRows(detector: choice.name, to: sink)
    case .json:
      return JSONRows(
        detector: choice.name, filter: filter ?? RowFilter(.all), namesInput: namesInput, to: sink)
    case .text:
      let style = TextStyle(
        columns: Terminal.columns, isColoured: Terminal.colours(STDOUT_FILENO))
      return TextRows(
        detector: choice.name, filter: filter, namesInput: namesInput, style: style, to: sink)
    case .html, .svg:
      return PlotRows(choice, isPage: self == .html, to: sink)
    }
  }
}
