package import Model

/// A series thinned out for plotting while it is read: of each column the least, the largest, and the band.
///
/// Columns are equal spans of time. There are 2,048 at most; when one more would be needed, neighbours are merged two
/// by two and spans double, so that any length of series fits without its end being known. Least and largest
/// are kept exactly: no spike is lost by thinning out. Stamps that run backwards fall into the latest column.
/// - Memory: 2,048 columns and 4,096 marks; further marks are counted.
package struct SeriesPlot: Sendable {
  package struct Mark: Equatable, Sendable {
    package var time: Timestamp
    package var value: Double
    /// What a reader sees of it.
    package var text: String

    package init(time: Timestamp, value: Double, text: String) {
      self.time = time
      self.value = value
      self.text = text
    }
  }

  package struct Point: Sendable {
    package var time: Timestamp
    package var value: Double
    package var lower: Double?
    package var upper: Double?
    package var mark: Mark?

    package init(time: Timestamp, value: Double) {
      self.time = time
      self.value = value
    }
  }

  /// What lies in one span of time; `count` is 0 where nothing does.
  package struct Column: Equatable, Sendable {
    package var count = 0
    package var first = 0.0
    package var last = 0.0
    package var least = Double.infinity
    package var most = -Double.infinity
    package var lower = Double.infinity
    package var upper = -Double.infinity

    mutating func add(_ other: Column) {
      guard other.count > 0 else { return }
      if count == 0 { first = other.first }
      last = other.last
      count += other.count
      least = min(least, other.least)
      most = max(most, other.most)
      lower = min(lower, other.lower)
      upper = max(upper, other.upper)
    }
  }

  package static let columnLimit = 2048
  package static let markLimit = 4096

  package let title: String
  package private(set) var columns: [Column] = []
  package private(set) var marks: [Mark] = []
  package private(set) var markCount = 0
  package private(set) var rowCount = 0
  package private(set) var start = Timestamp.unknown
  /// Of one column, in nanoseconds; a millisecond at first.
  package private(set) var span: Int64 = 1_000_000
  private var latest = Timestamp.unknown

  package init(title: String) { self.title = title }

  /// When the last column ends.
  package var end: Timestamp {
    start.advanced(byNanoseconds: Int64(clamping: Int64(columns.count).multiplied(by: span)))
  }

  package mutating func add(_ point: Point) {
    rowCount += 1
    if rowCount == 1 { start = point.time }
    latest = max(latest, point.time)
    var column = Column(
      count: 1, first: point.value, last: point.value, least: point.value, most: point.value)
    if let lower = point.lower, let upper = point.upper, lower.isFinite, upper.isFinite {
      column.lower = lower
      column.upper = upper
    }
    let at = place(of: latest)
    while columns.count <= at { columns.append(Column()) }
    columns[at].add(column)
    guard let mark = point.mark else { return }
    markCount += 1
    if marks.count < Self.markLimit { marks.append(mark) }
  }

  private mutating func place(of time: Timestamp) -> Int {
    let (passed, overflow) = time.nanoseconds.subtractingReportingOverflow(start.nanoseconds)
    let distance = overflow ? Int64.max : max(0, passed)
    while distance / span >= Int64(Self.columnLimit) { halve() }
    return Int(distance / span)
  }

  private mutating func halve() {
    for at in 0..<(columns.count + 1) / 2 {
      var merged = columns[2 * at]
      if 2 * at + 1 < columns.count { merged.add(columns[2 * at + 1]) }
      columns[at] = merged
    }
    columns.removeLast(columns.count / 2)
    span = span > Int64.max / 2 ? Int64.max : span * 2
  }
}

extension Int64 {
  /// The product, held within the range.
  fileprivate func multiplied(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
