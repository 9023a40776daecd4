internal import Model

/// Traffic of /proc/net/dev, per interface.
enum NetworkTable {
  private static let columns: [(name: String, help: String, at: Int)] = [
    ("network_receive_bytes_total", "Bytes that were received.", 0),
    ("network_receive_packets_total", "Packets that were received.", 1),
    ("network_receive_errors_total", "Packets that were received damaged.", 2),
    ("network_receive_dropped_total", "Packets that were dropped on receipt.", 3),
    ("network_transmit_bytes_total", "Bytes that were sent.", 8),
    ("network_transmit_packets_total", "Packets that were sent.", 9),
    ("network_transmit_errors_total", "Packets that could not be sent.", 10),
    ("network_transmit_dropped_total", "Packets that were dropped on sending.", 11),
  ]

  static func families(_ bytes: [UInt8]) -> [MetricFamily] {
    var interfaces: [(name: String, counts: ProcText.Line)] = []
    for line in bytes.split(separator: 0x0a).prefix(1024) {
      guard let colon = line.lastIndex(of: 0x3a) else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self).filter { $0 != " " }
      guard let counts = ProcText(Array(line[(colon + 1)...])).lines.first,
        counts.words.count >= 16
      else { continue }
      interfaces.append((name, counts))
    }
    return columns.map { column in
      .system(
        column.name, column.help, .counter,
        interfaces.map { interface in
          MetricFamily.Point(
            labels: [("device", interface.name)], value: interface.counts.number(column.at))
        })
    }
  }
}
