internal import Bytes
internal import Model

/// Positions and profit as entries told them last, by instrument and strategy.
struct AccountTable: ~Copyable {
  private struct Row {
    var symbol: String
    var strategy: String
    var position: Double?
    var realized: Double?
    var unrealized: Double?
    var total: Double?
  }

  private let limit: Int
  private var slots: [UInt64: Int] = [:]
  private var rows: [Row] = []
  private(set) var overflowed = 0

  init(limit: Int) { self.limit = limit }

  mutating func note(_ report: OrderReport, _ arenas: ArenaPair) {
    guard
      report.position != nil || report.realized != nil || report.unrealized != nil
        || report.total != nil
    else { return }
    let symbol = arenas.bytes(report.symbol)
    let strategy = arenas.bytes(report.strategy)
    let key = StableHash(symbol).high ^ (StableHash(strategy).high &* 0x9e37_79b9_7f4a_7c15)
    let slot: Int
    if let known = slots[key] {
      slot = known
    } else if rows.count < limit {
      slot = rows.count
      slots[key] = slot
      rows.append(
        Row(
          symbol: String(symbol.extracting(0..<min(symbol.count, 64))),
          strategy: String(strategy.extracting(0..<min(strategy.count, 64)))))
    } else {
      overflowed += 1
      return
    }
    if let position = report.position { rows[slot].position = position }
    if let realized = report.realized { rows[slot].realized = realized }
    if let unrealized = report.unrealized { rows[slot].unrealized = unrealized }
    if let total = report.total { rows[slot].total = total }
  }

  func families() -> [MetricFamily] {
    var positions: [MetricFamily.Point] = []
    var profits: [MetricFamily.Point] = []
    for row in rows {
      let labels = [(name: "symbol", value: row.symbol), (name: "strategy", value: row.strategy)]
        .filter { !$0.value.isEmpty }
      if let position = row.position {
        positions.append(MetricFamily.Point(labels: labels, value: position))
      }
      for (kind, value) in [
        ("realized", row.realized), ("unrealized", row.unrealized), ("total", row.total),
      ] {
        if let value {
          profits.append(MetricFamily.Point(labels: labels + [("kind", kind)], value: value))
        }
      }
    }
    return [
      .trading("position_quantity", "Positions as last told.", .gauge, positions),
      .trading("pnl", "Profit and loss as last told.", .gauge, profits),
    ]
  }
}
