package import Model

/// What can go wrong in a stream.
package enum IncidentKind: String, CaseIterable, Sendable {
  case spike
  case newError = "new_error"
  case crashLoop = "crash_loop"
  case dependencyOutage = "dependency_outage"
  case silence
  case slowQueries = "slow_queries"
  case bruteForce = "brute_force"
  case orderRejects = "order_rejects"
  case heartbeatStop = "heartbeat_stop"
  case latencyShift = "latency_shift"
  case tokenShift = "token_shift"
  case statusShift = "status_shift"

  /// Those that are drawn from the seed: what changes counts. The others are had by asking for them.
  package static let drawn: [IncidentKind] = [
    .spike, .newError, .crashLoop, .dependencyOutage, .silence, .slowQueries, .bruteForce,
    .orderRejects,
  ]
}

/// An incident that is asked for: `kind@offset+duration[*ratio][:service]`.
///
/// As in `dependency_outage@90m+25m*8:ledger`. Offset and duration are written `1h30m`, `45s`, `2d`;
/// the ratio is drawn from the seed where it is missing, and so is the service.
package struct IncidentRequest: Equatable, Sendable {
  package var kind: IncidentKind
  /// From the stream's start.
  package var offsetSeconds: Int
  package var durationSeconds: Int
  package var ratio: Double?
  package var service: String?

  package init(
    kind: IncidentKind, offsetSeconds: Int, durationSeconds: Int, ratio: Double? = nil,
    service: String? = nil
  ) {
    self.kind = kind
    self.offsetSeconds = offsetSeconds
    self.durationSeconds = durationSeconds
    self.ratio = ratio
    self.service = service
  }

  package init(parsing text: String) throws(ConfigurationError) {
    guard let at = text.firstIndex(of: "@") else {
      throw IncidentRequest.refusal("no @ before the offset", at: text.endIndex, in: text)
    }
    guard let kind = IncidentKind(rawValue: String(text[..<at])) else {
      throw IncidentRequest.refusal(
        "unknown kind of incident", at: text.startIndex, in: text,
        allowed: IncidentKind.allCases.map(\.rawValue))
    }
    self.kind = kind
    var rest = text[text.index(after: at)...]
    if let colon = rest.firstIndex(of: ":") {
      let named = String(rest[rest.index(after: colon)...])
      guard !named.isEmpty else {
        throw IncidentRequest.refusal("no service after the colon", at: colon, in: text)
      }
      service = named
      rest = rest[..<colon]
    }
    if let star = rest.firstIndex(of: "*") {
      let digits = rest[rest.index(after: star)...]
      guard let value = Double(digits), value >= 0, value <= 1000 else {
        throw IncidentRequest.refusal(
          "not a ratio", at: star, in: text, allowed: ["a number from 0 to 1000"])
      }
      ratio = value
      rest = rest[..<star]
    }
    guard let plus = rest.firstIndex(of: "+") else {
      throw IncidentRequest.refusal("no + before the duration", at: rest.endIndex, in: text)
    }
    let after = rest.index(after: plus)
    guard let offset = IncidentRequest.seconds(rest[..<plus]) else {
      throw IncidentRequest.refusal(
        "not an offset", at: rest.startIndex, in: text, allowed: ["90m", "1h30m", "45s", "2d"])
    }
    guard let length = IncidentRequest.seconds(rest[after...]), length > 0 else {
      throw IncidentRequest.refusal(
        "not a duration", at: after, in: text, allowed: ["90m", "1h30m", "45s", "2d"])
    }
    offsetSeconds = offset
    durationSeconds = length
  }

  /// Seconds of a text such as `1h30m`; nil where it isn't one or exceeds 400 days.
  package static func seconds(_ text: some StringProtocol) -> Int? {
    var total = 0
    var number = 0
    var hasDigits = false
    var isEmpty = true
    for byte in text.utf8 {
      if (0x30...0x39).contains(byte) {
        number = number * 10 + Int(byte - 0x30)
        hasDigits = true
      } else {
        let unit: Int? =
          switch byte {
          case 0x73: 1
          case 0x6d: 60
          case 0x68: 3600
          case 0x64: 86_400
          default: nil
          }
        guard let unit, hasDigits else { return nil }
        total += number * unit
        number = 0
        hasDigits = false
        isEmpty = false
      }
      if number > 34_560_000 || total > 34_560_000 { return nil }
    }
    return hasDigits || isEmpty ? nil : total
  }

  private static func refusal(
    _ problem: String, at place: String.Index, in text: String, allowed: [String] = []
  ) -> ConfigurationError {
    ConfigurationError(
      file: "", column: text[..<place].utf8.count + 1, problem: problem, found: text,
      allowed: allowed,
      hint: "write kind@offset+duration*ratio:service, as in dependency_outage@90m+25m*8:ledger")
  }
}
