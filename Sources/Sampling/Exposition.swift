package import Bytes
package import Model

/// Prometheus's text format, version 0.0.4.
///
/// Families of one name are written as one; of series with equal names and labels the first is
/// written, since scrapers refuse a page that has two. Names are made valid.
package enum Exposition {
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Writes the families in the order in which their names first come.
  package static func write(_ families: [MetricFamily], to out: inout ByteBuffer) {
    var order: [String] = []
    var byName: [String: [MetricFamily]] = [:]
    for family in families where !family.points.isEmpty {
      let name = valid(family.name, allowsColon: true)
      if byName[name] == nil { order.append(name) }
      byName[name, default: []].append(family)
    }
    for name in order {
      guard let parts = byName[name], let first = parts.first else { continue }
      out.write("# HELP \(name) \(escaped(first.help, quotes: false))\n")
      out.write("# TYPE \(name) \(first.kind.rawValue)\n")
      var written = Set<String>()
      for point in parts.flatMap(\.points) {
        let series =
          name + valid(point.suffix, allowsColon: true, mayBeEmpty: true)
          + labels(point.labels)
        if written.insert(series).inserted { out.write("\(series) \(number(point.value))\n") }
      }
    }
  }

  /// Replaces the file at `path` by the families' text in one step.
  package static func replace(_ path: String, with families: [MetricFamily]) -> WriteOutcome {
    var out = ByteBuffer(capacity: 64 << 10)
    write(families, to: &out)
    return FileReplacement.replace(path, with: out.span)
  }

  /// `+Inf`, `-Inf`, `NaN`, or the shortest decimal form.
  package static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }

  private static func labels(_ labels: [(name: String, value: String)]) -> String {
    if labels.isEmpty { return "" }
    let pairs = labels.map {
      "\(valid($0.name, allowsColon: false))=\"\(escaped($0.value, quotes: true))\""
    }
    return "{\(pairs.joined(separator: ","))}"
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": safe += #"\\"#
      case "\n": safe += #"\n"#
      case "\"" where quotes: safe += #"\""#
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// A name in `[a-zA-Z_:][a-zA-Z0-9_:]*`; every other character becomes `_`.
  private static func valid(
    _ name: String, allowsColon: Bool, mayBeEmpty: Bool = false
  ) -> String {
    if name.isEmpty { return mayBeEmpty ? "" : "_" }
    var safe = ""
    for (at, scalar) in name.unicodeScalars.enumerated() {
      switch scalar {
      case "a"..."z", "A"..."Z", "_": safe.unicodeScalars.append(scalar)
      case "0"..."9":
        if at == 0 { safe += "_" }
        safe.unicodeScalars.append(scalar)
      case ":" where allowsColon: safe += ":"
      default: safe += "_"
      }
    }
    return safe
  }
}
