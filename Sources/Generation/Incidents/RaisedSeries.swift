internal import Bytes

/// The counts that an incident changes most: what anybody must know to say whether it can be told at all.
///
/// As things stand in the minute in which it begins, the steps of traffic so far included. The usual counts
/// are negative binomial, variance = mean + mean² / size; the excess is Poisson on top.
package struct RaisedSeries: Sendable {
  package enum Series: String, Sendable {
    /// The entries of `template`.
    case group
    /// The service's entries of severity error and above.
    case serviceErrors = "service_errors"
    /// All of the service's entries.
    case service
  }

  package var series: Series
  /// Parameters as `<*>`; empty where the series is no template's.
  package var template: String
  /// Usual entries a minute.
  package var usual: Double
  package var size: Double
  /// Entries a minute more than usual; less than 0 where they are missing.
  package var excess: Double

  /// Excess by the deviation of one minute's usual count.
  var prominence: Double { excess / (usual + usual * usual / size + 0.01).squareRoot() }

  func write(into writer: inout ByteWriter) {
    writer.write(",\"series\":\"" as StaticString)
    writer.write(series.rawValue)
    if series == .group {
      writer.write("\",\"series_template\":" as StaticString)
      writer.writeJSON(string: template)
    } else {
      writer.write(0x22)
    }
    for (key, value) in [("usual", usual), ("size", size), ("excess", excess)] {
      writer.write(",\"")
      writer.write(key)
      writer.write("\":")
      writer.writeJSON(number: (value * 1_000_000).rounded() / 1_000_000)
    }
  }
}
