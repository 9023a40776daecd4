package import Model

/// Median and median deviation over the rows before (the Hampel identifier): outliers don't hide each other.
///
/// z = (x − median) / (1.4826 · MAD) over `window` rows, the judged one not among them; an anomaly where
/// |z| ≥ 3.5 (Iglewicz and Hoaglin 1993, "How to Detect and Handle Outliers"; Hampel 1974,
/// DOI 10.1080/01621459.1974.10482962). Where half of the rows are equal, MAD is 0 and 1.2533 times the mean
/// deviation stands in; where all are equal, z is 0. From 10 rows on (all of a smaller window).
///
/// - Can't see: what lasts longer than half a window; a rhythm; the first departure of a constant series.
/// - Cost: O(window) a row.
package struct RobustDeviation: SeriesDetector, Sendable {
  package static let name = "robust"
  package static let threshold = 3.5
  static let warmUp = 10

  private var rows: SortedWindow
  private let warmUp: Int
  private let threshold: Double

  package init(window: Int = 60, threshold: Double = RobustDeviation.threshold) {
    rows = SortedWindow(capacity: window)
    warmUp = max(2, min(Self.warmUp, window))
    self.threshold = threshold
  }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    guard value.isReadable else { return RowVerdict() }
    defer { rows.push(value) }
    guard rows.count >= warmUp else { return RowVerdict() }
    return RowVerdict(
      value, expected: rows.median, scale: rows.scale, threshold: threshold, rows: rows.count)
  }
}
