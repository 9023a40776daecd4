package import Bytes
package import Model

/// An incident as it was injected: a line of the truth file.
package struct InjectedIncident: Sendable {
  package var start: Timestamp
  package var end: Timestamp
  package var service: String
  package var kind: IncidentKind
  /// How many times the usual rate; 0 for silence. What the usual rate is, `IncidentPlan` says.
  package var ratio: Double
  /// The main template with `<*>` for its parameters; empty for silence.
  package var template: String
  /// The services that fail with it, later.
  package var callers: [String]
  /// The series that stands out most, and by how much.
  package internal(set) var raised: RaisedSeries?
  /// Its own surges among the plan's, without its callers'.
  var surges: Range<Int> = 0..<0
  var serviceIndex = 0

  /// A line of JSON with its newline.
  package func write(into writer: inout ByteWriter) {
    writer.write("{\"start\":\"" as StaticString)
    writer.write(start, fractionDigits: 3)
    writer.write("\",\"end\":\"" as StaticString)
    writer.write(end, fractionDigits: 3)
    writer.write("\",\"service\":" as StaticString)
    writer.writeJSON(string: service)
    writer.write(",\"kind\":\"" as StaticString)
    writer.write(kind.rawValue)
    writer.write("\",\"ratio\":" as StaticString)
    writer.writeJSON(number: (ratio * 1000).rounded() / 1000)
    writer.write(",\"template\":" as StaticString)
    writer.writeJSON(string: template)
    if !callers.isEmpty {
      writer.write(",\"callers\":[" as StaticString)
      for (index, caller) in callers.enumerated() {
        if index > 0 { writer.write(0x2c) }
        writer.writeJSON(string: caller)
      }
      writer.write(0x5d)
    }
    raised?.write(into: &writer)
    writer.write("}\n" as StaticString)
  }
}
