package import Bytes
package import Model

/// The JSON line of an alert, in Alertmanager's own words (API v2, CONTRACT section 7).
package enum AlertJSON {
  package static func write(_ alert: Alert, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("kind", "alert")
    out.pair("status", alert.status.rawValue)
    out.pair("labels", sorted: alert.labels)
    out.pair("annotations", sorted: alert.annotations)
    out.pair("startsAt", alert.startsAt)
    out.pair("endsAt", alert.endsAt)
    out.pair("generatorURL", ifAny: alert.generatorURL)
    out.pair("fingerprint", alert.fingerprint)
    out.pair("decided_at", alert.decidedAt)
    if alert.closedByClock { out.pair("closed_by", "clock") }
    out.closeObject()
    out.write(0x0a)
  }
}
