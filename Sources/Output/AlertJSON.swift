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
    out.pair("fingerprint", fingerprint(alert.labels))
    out.pair("decided_at", alert.decidedAt)
    if alert.closedByClock { out.pair("closed_by", "clock") }
    out.closeObject()
    out.write(0x0a)
  }

  /// Alertmanager's fingerprint: 64-bit FNV-1a over names and values in order, 0xff after each.
  package static func fingerprint(_ labels: [String: String]) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    func take(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      hash = (hash ^ 0xff) &* 1_099_511_628_211
    }
    for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
      take(name)
      take(value)
    }
    return StableHash(high: hash, low: 0).hex
  }
}
