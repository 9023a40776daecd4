import Model

/// How many entries each service is to write in a minute when nothing is wrong.
///
/// Plain entries and troubles (warnings and worse) are two counts, each negative binomial: a step
/// of a service's traffic leaves its errors alone. Templates follow Zipf's law (exponent 1.1) in the
/// catalogue's order.
struct Load: Sendable {
  struct Mix: Sendable {
    var plain: WeightedChoice
    /// With the templates that appear late.
    var plainLater: WeightedChoice
    var nightly: WeightedChoice
    var trouble: WeightedChoice
    /// The troubles of severity error and above.
    var errors: WeightedChoice
    var plainPerMinute: Double
    var troublePerMinute: Double
    /// The part of the troubles that are errors.
    var errorPart: Double
    /// Minute of the day at which its nightly batch begins; it takes 20.
    var nightlyFrom: Int
  }

  /// Negative binomial size of the troubles' counts.
  static let troubleSize = 8.0
  private static let nightlyMinutes = 20

  let mixes: [Mix]

  init(_ landscape: Landscape, perMinute: Double) {
    mixes = landscape.services.enumerated().map { index, service in
      Load.mix(landscape, index, perMinute * service.share)
    }
  }

  private static func mix(_ landscape: Landscape, _ index: Int, _ perMinute: Double) -> Mix {
    let service = landscape.services[index]
    var plain: [(template: Int, weight: Double)] = []
    var late: [(template: Int, weight: Double)] = []
    var nightly: [(template: Int, weight: Double)] = []
    var warnings: [(template: Int, weight: Double)] = []
    var errors: [(template: Int, weight: Double)] = []
    for template in service.templates {
      let text = landscape.templates[template].text
      if !text.marks.isDisjoint(with: [.incident, .startup, .shutdown]) { continue }
      if Beat.period(of: text.role) != nil { continue }
      if text.marks.contains(.nightly) {
        nightly.append((template, zipf(nightly.count)))
      } else if text.marks.contains(.late) {
        late.append((template, 0.02))
      } else if text.severity >= .error {
        errors.append((template, text.severity == .critical ? 0.05 : zipf(errors.count)))
      } else if text.severity == .warning {
        warnings.append((template, zipf(warnings.count)))
      } else {
        plain.append((template, zipf(plain.count)))
      }
    }
    let warningShare = warnings.isEmpty ? 0 : 0.004 + service.program.errorShare * 1.5
    let errorShare = errors.isEmpty ? 0 : service.program.errorShare
    let troubleShare = warningShare + errorShare
    let errorPart = troubleShare > 0 ? errorShare / troubleShare : 0
    let scaled = scale(warnings, to: 1 - errorPart) + scale(errors, to: errorPart)
    return Mix(
      plain: WeightedChoice(plain), plainLater: WeightedChoice(plain + late),
      nightly: WeightedChoice(nightly), trouble: WeightedChoice(scaled),
      errors: WeightedChoice(errors), plainPerMinute: perMinute * (1 - troubleShare),
      troublePerMinute: perMinute * troubleShare, errorPart: errorPart,
      nightlyFrom: 120 + index * 7 % 60)
  }

  private static func zipf(_ rank: Int) -> Double {
    1 / ExactMath.exp(1.1 * ExactMath.ln(Double(rank + 1)))
  }

  private static func scale(
    _ weighted: [(template: Int, weight: Double)], to total: Double
  ) -> [(template: Int, weight: Double)] {
    let sum = weighted.reduce(0) { $0 + $1.weight }
    return sum > 0 ? weighted.map { ($0.template, $0.weight / sum * total) } : []
  }

  /// The batch entries that a service is to write in a minute.
  func nightlyMean(_ service: Int, at minute: Minute) -> Double {
    let mix = mixes[service]
    let ofDay = Int(((minute.number % 1440) + 1440) % 1440)
    guard !mix.nightly.isEmpty, ofDay >= mix.nightlyFrom,
      ofDay < mix.nightlyFrom + Load.nightlyMinutes
    else { return 0 }
    return mix.plainPerMinute * 3
  }

  /// The errors that a service usually writes in a minute of this time of day.
  func errorMean(_ service: Int, at minute: Minute, rhythm: Rhythm) -> Double {
    mixes[service].troublePerMinute * mixes[service].errorPart * rhythm.factor(at: minute)
  }

  /// The entries of a template that are usual in a minute of this time of day.
  func mean(of template: Int, service: Int, at minute: Minute, rhythm: Rhythm) -> Double {
    let mix = mixes[service]
    let perMinute =
      mix.plainPerMinute * mix.plain.share(of: template)
      + mix.troublePerMinute * mix.trouble.share(of: template)
    return perMinute * rhythm.factor(at: minute)
  }
}
