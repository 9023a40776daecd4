internal import Bytes

extension Alert {
  /// The identity of its labels, 16 hexadecimal digits, as Alertmanager shows it.
  ///
  /// FNV-1a 64 over the labels in order of their names: name, 0xff, value, 0xff (Prometheus
  /// common, `model.LabelSet.Fingerprint`).
  package var fingerprint: String {
    StableHash(high: Self.fingerprint(of: labels), low: 0).hex
  }

  package static func fingerprint(of labels: [String: String]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let ordered = labels.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (name, value) in ordered {
      for byte in name.utf8 { add(byte) }
      add(0xff)
      for byte in value.utf8 { add(byte) }
      add(0xff)
    }
    return hash
  }
}
