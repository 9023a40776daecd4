package import Bytes
package import Model

/// The JSON line of a metric point (CONTRACT section 7).
package enum MetricJSON {
  package static func write(
    at time: Timestamp, name: String, labels: [(name: String, value: String)], value: Double,
    to out: inout ByteBuffer
  ) {
    out.openObject()
    out.pair("kind", "metric")
    out.pair("at", time)
    out.pair("name", name)
    out.key("labels")
    out.openObject()
    for label in labels {
      out.key(label.name)
      out.writeJSON(string: label.value)
    }
    out.closeObject()
    out.pair("value", value)
    out.closeObject()
    out.write(0x0a)
  }
}
