internal import Model

/// The trading fields' numbers in the catalogue; a name that no pack declared is never met.
struct OrderFields {
  let action: UInt16
  let order: UInt16
  let side: UInt16
  let quantity: UInt16
  let filledQuantity: UInt16
  let price: UInt16
  let symbol: UInt16
  let latency: UInt16
  let strategy: UInt16
  let position: UInt16
  let realized: UInt16
  let unrealized: UInt16
  let total: UInt16

  init(_ names: FieldNames) {
    func number(_ name: String) -> UInt16 { names.number(of: name)?.number ?? .max }
    action = WellKnownField.eventAction.name.number
    order = WellKnownField.orderID.name.number
    side = number("order.side")
    quantity = number("order.quantity")
    filledQuantity = number("order.filled_quantity")
    price = number("order.price")
    symbol = number("order.symbol")
    latency = number("order.latency_ms")
    strategy = number("strategy")
    position = number("position.quantity")
    realized = number("pnl.realized")
    unrealized = number("pnl.unrealized")
    total = number("pnl.total")
  }
}
