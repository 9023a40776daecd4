internal import Model

extension RaisedSeries {
  /// The series that an incident changes most.
  static func raised(
    by incident: InjectedIncident, _ landscape: Landscape, _ load: Load, _ changes: ChangePlan,
    _ incidents: IncidentPlan, _ start: Timestamp
  ) -> RaisedSeries? {
    let service = incident.serviceIndex
    let minute = incident.start.minute
    let program = landscape.services[service].program
    let mix = load.mixes[service]
    let rhythm = program.rhythm
    let level = changes.level(
      of: service, at: Int((incident.start.nanoseconds - start.nanoseconds) / 1000))
    if incident.kind == .silence {
      let usual =
        (mix.plainPerMinute * level + mix.troublePerMinute) * rhythm.factor(at: minute)
        + load.nightlyMean(service, at: minute)
      return RaisedSeries(
        series: .service, template: "", usual: usual, size: program.size, excess: -usual)
    }
    if incident.kind == .crashLoop {
      return RaisedSeries(
        series: .group, template: incident.template, usual: 0, size: Load.troubleSize,
        excess: min(max(incident.ratio, 0.1), 10))
    }
    let errors = load.errorMean(service, at: minute, rhythm: rhythm)
    var ofErrors = RaisedSeries(
      series: .serviceErrors, template: "", usual: errors, size: Load.troubleSize, excess: 0)
    var candidates: [RaisedSeries] = []
    for surge in incidents.surges[incident.surges] {
      guard let template = surge.template else {
        ofErrors.excess += errors * surge.factor
        continue
      }
      let isPlain = mix.plain.share(of: template) > 0
      let mean =
        load.mean(of: template, service: service, at: minute, rhythm: rhythm)
        * (isPlain ? level : 1)
      let base = surge.basis == .template ? mean / (isPlain ? level : 1) : max(errors, 1)
      let text = landscape.templates[template].text
      candidates.append(
        RaisedSeries(
          series: .group, template: text.wildcards, usual: mean,
          size: isPlain ? program.size : Load.troubleSize, excess: base * surge.factor))
      if text.severity >= .error { ofErrors.excess += base * surge.factor }
    }
    if ofErrors.excess > 0 { candidates.append(ofErrors) }
    return candidates.max { $0.prominence < $1.prominence }
  }
}
