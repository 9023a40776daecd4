internal import Glibc
internal import Model

/// Six measures of novelty, each turned into a tail probability on the series' own past.
struct NoveltyMeasures: Sendable {
  /// One measure's answer for a row.
  struct Answer: Sendable {
    var measure = RowMeasure.value
    var actual = 0.0
    var typical = 0.0
    var tail = 1.0
    /// −log10 of the tail, capped.
    var surprise = 0.0
  }

  private var values: KnownValues
  private var shorts: KnownValues
  private var residuals: KnownValues
  private var shortResiduals: KnownValues
  private var lastValues: RowRing
  private var lastResiduals: RowRing
  private var restlessness: Restlessness
  private var shapes: ShapeWindow
  private var pasts: [OwnPast]
  private let settings: EnsembleSettings

  init(_ settings: EnsembleSettings) {
    self.settings = settings
    values = KnownValues(capacity: settings.capacity)
    shorts = KnownValues(capacity: settings.capacity)
    residuals = KnownValues(capacity: settings.capacity)
    shortResiduals = KnownValues(capacity: settings.capacity)
    lastValues = RowRing(capacity: settings.shortRows)
    lastResiduals = RowRing(capacity: settings.shortRows)
    restlessness = Restlessness(width: settings.movementRows)
    shapes = ShapeWindow(rowsPerFrame: settings.frameRows, capacity: settings.capacity)
    pasts = Array(
      repeating: OwnPast(tailShare: settings.tailShare), count: RowMeasure.novelties.count)
  }

  /// Judges a row and learns it.
  ///
  /// - Parameter row: its number, from 1.
  /// - Returns: (1/k) log10 of the mean of (1/p)^k over the measures, and the strongest of them.
  mutating func judge(_ value: Double, residual: Double, row: Int) -> (sum: Double, Answer) {
    lastValues.push(value)
    lastResiduals.push(residual)
    let short = lastValues.mean
    let shortResidual = lastResiduals.mean
    var strongest = Answer()
    var sum = 0.0
    for (index, measure) in RowMeasure.novelties.enumerated() {
      var answer = Answer(measure: measure)
      var raw: Double?
      switch measure {
      case .value: raw = Self.distance(value, &values, &answer)
      case .shortMean: raw = Self.distance(short, &shorts, &answer)
      case .residual: raw = Self.distance(residual, &residuals, &answer)
      case .shortResidual: raw = Self.distance(shortResidual, &shortResiduals, &answer)
      case .movement:
        let reading = restlessness.reading(after: value)
        answer.actual = reading?.actual ?? 0
        answer.typical = reading?.typical ?? 0
        raw = reading?.deviations
      default:
        raw = shapes.surprise(after: value)
        answer.actual = raw ?? 0
      }
      if let raw, raw.isFinite {
        if row > settings.warmUp {
          answer.tail = pasts[index].tail(of: raw)
          answer.surprise = min(settings.cap, CountTail.surprise(answer.tail))
        }
        pasts[index].learn(raw)
      }
      sum += pow(10, settings.power * answer.surprise)
      if answer.surprise > strongest.surprise { strongest = answer }
    }
    let mean = sum / Double(RowMeasure.novelties.count)
    return (log10(mean) / settings.power, strongest)
  }

  /// How far a value lies from the nearest known one; it is known from now on.
  private static func distance(
    _ value: Double, _ known: inout KnownValues, _ answer: inout Answer
  ) -> Double? {
    let nearest = known.nearest(value)
    known.learn(value)
    answer.actual = value
    answer.typical = nearest ?? value
    return nearest.map { abs(value - $0) }
  }
}
