internal import Bytes
internal import Model

/// Fills by instrument and side: how many, how much, at which value.
struct FillTable: ~Copyable {
  private struct Row {
    var fills = 0.0
    var quantity = 0.0
    var value = 0.0
  }

  private var slots: NameSlots
  /// By instrument and side.
  private var rows: [Row] = []

  init(limit: Int) { slots = NameSlots(limit: limit) }

  var overflowed: Int { slots.overflowed }

  mutating func add(_ report: OrderReport, quantity: Double, _ arenas: ArenaPair) {
    let slot = slots.slot(arenas.bytes(report.symbol))
    let sides = OrderSide.allCases.count
    let at = slot * sides + report.side.rawValue
    while rows.count < (slot + 1) * sides { rows.append(Row()) }
    rows[at].fills += 1
    rows[at].quantity += abs(quantity)
    if let price = report.price { rows[at].value += abs(quantity) * price }
  }

  func families() -> [MetricFamily] {
    var fills: [MetricFamily.Point] = []
    var quantities: [MetricFamily.Point] = []
    var values: [MetricFamily.Point] = []
    var net: [MetricFamily.Point] = []
    let sides = OrderSide.allCases.count
    for slot in slots.names.indices.prefix(rows.count / sides) {
      let name = slots.names[slot]
      var signed = 0.0
      var isUsed = false
      for side in OrderSide.allCases {
        let row = rows[slot * sides + side.rawValue]
        if row.fills == 0 { continue }
        isUsed = true
        signed += row.quantity * side.sign
        let labels = [(name: "symbol", value: name), (name: "side", value: side.name)]
        fills.append(MetricFamily.Point(labels: labels, value: row.fills))
        quantities.append(MetricFamily.Point(labels: labels, value: row.quantity))
        values.append(MetricFamily.Point(labels: labels, value: row.value))
      }
      if isUsed { net.append(MetricFamily.Point(labels: [("symbol", name)], value: signed)) }
    }
    return [
      .trading("fills_total", "Fills, whole and in part.", .counter, fills),
      .trading("filled_quantity_total", "Quantity that was filled.", .counter, quantities),
      .trading(
        "filled_value_total", "Quantity times price of what was filled.", .counter, values),
      .trading(
        "net_filled_quantity", "Bought less sold, since the run began.", .gauge, net),
    ]
  }
}
