internal import Model

/// The findings of shifted values.
extension ValueWatch {
  func finding(
    _ change: ShiftFinding.Change, _ track: Int32, _ shift: MeasureTrack.Shift
  ) -> ShiftFinding {
    let place = measurePlaces[Int(track)]
    let measure = place.measure ?? .number
    let reading = DetectorReading(
      name: "numeric_shift", actual: Double(shift.actual), typical: Double(shift.typical),
      lower: Double(shift.low), upper: Double(shift.high),
      score: Double(shift.actual / max(shift.typical, .leastNormalMagnitude)),
      probability: shift.probability, count: shift.count, unit: measure.unit)
    var finding = ShiftFinding(
      .numeric, change, key: Self.key(ofTrack: track, isText: false), group: place.group,
      service: place.service, since: shift.since.start, reading: reading)
    finding.place = place.name
    finding.measure = measure
    return finding
  }

  func finding(
    _ change: ShiftFinding.Change, _ track: Int32, _ shift: TextTrack.Shift
  ) -> ShiftFinding {
    let place = textPlaces[Int(track)]
    let reading = DetectorReading(
      name: "token_shift", actual: Double(shift.share), typical: Double(shift.before),
      probability: shift.probability, count: shift.count, unit: "share")
    var finding = ShiftFinding(
      .token, change, key: Self.key(ofTrack: track, isText: true), group: place.group,
      service: place.service, since: shift.since.start, reading: reading)
    finding.place = place.name
    finding.attribution = shift.changes.map {
      Attribution(
        field: place.name.isEmpty ? "value" : place.name, value: $0.value.text, count: $0.count,
        baseline: Double($0.before) * Double(shift.count))
    }
    return finding
  }

  /// The same from opening to end, also where the group goes into another meanwhile.
  private static func key(ofTrack track: Int32, isText: Bool) -> UInt64 {
    (UInt64(truncatingIfNeeded: track) << 1 | (isText ? 1 : 0)) &* 0x9e37_79b9_7f4a_7c15
  }
}
