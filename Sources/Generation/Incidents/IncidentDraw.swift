import Model

/// Draws incidents: kinds in equal parts, ratios log-uniform from 1.3 to 20 in equal strata.
///
/// They stand one after the other, behind a warm-up of a tenth of the stream.
struct IncidentDraw: Sendable {
  let requests: [IncidentRequest]

  init(_ settings: StreamSettings, _ random: inout RandomSource) {
    let count = settings.randomIncidentCount
    let warmUp = settings.durationSeconds / 10
    guard count > 0, settings.durationSeconds - warmUp >= count * 30 else {
      requests = []
      return
    }
    let cell = (settings.durationSeconds - warmUp) / count
    var kinds: [IncidentKind] = []
    while kinds.count < count {
      var round = IncidentKind.drawn
      random.shuffle(&round, count: round.count)
      kinds += round
    }
    var strata = Array(0..<count)
    random.shuffle(&strata, count: count)
    var drawn: [IncidentRequest] = []
    for index in 0..<count {
      let wanted = Int(random.logUniform(240...2400))
      let length = max(10, min(wanted, cell * 6 / 10))
      let offset = warmUp + index * cell + random.below(max(cell - length, 1))
      let place = (Double(strata[index]) + random.fraction()) / Double(count)
      let low = ExactMath.ln(1.3)
      let ratio = ExactMath.exp(low + place * (ExactMath.ln(20) - low))
      drawn.append(
        IncidentRequest(
          kind: kinds[index], offsetSeconds: offset, durationSeconds: length,
          ratio: kinds[index] == .silence ? nil : ratio))
    }
    requests = drawn
  }
}
