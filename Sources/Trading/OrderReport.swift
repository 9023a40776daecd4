internal import Bytes
internal import Model

/// What one entry tells of the order flow: its captures, typed.
struct OrderReport {
  var action: OrderAction?
  /// Hash of the order's id, or 0.
  var order: UInt64 = 0
  var side = OrderSide.unknown
  var symbol = ByteRange.empty
  var strategy = ByteRange.empty
  var quantity: Double?
  var filledQuantity: Double?
  var price: Double?
  var latencySeconds: Double?
  var position: Double?
  var realized: Double?
  var unrealized: Double?
  var total: Double?

  /// Reads the captures of an entry; its source's own fields only where nothing was captured.
  init(
    _ entry: borrowing Entry, _ all: Span<Field>, _ arenas: borrowing ArenaPair,
    fields: borrowing OrderFields
  ) {
    let range = entry.captureCount > 0 ? entry.captureRange : entry.fieldRange
    for index in range.clamped(to: 0..<all.count) {
      let number = all[index].name.number
      if number == 0 { continue }
      let field = all[index]
      let value = arenas.bytes(field.value)
      switch number {
      case fields.action: action = OrderAction(value)
      case fields.order: order = value.count > 0 ? StableHash(value).high | 1 : 0
      case fields.side: side = OrderSide(value)
      case fields.symbol: symbol = field.value
      case fields.strategy: strategy = field.value
      case fields.quantity: quantity = DecimalNumber.parse(value)
      case fields.filledQuantity: filledQuantity = DecimalNumber.parse(value)
      case fields.price: price = DecimalNumber.parse(value)
      case fields.latency: latencySeconds = DecimalNumber.parse(value).map { $0 / 1000 }
      case fields.position: position = DecimalNumber.parse(value)
      case fields.realized: realized = DecimalNumber.parse(value)
      case fields.unrealized: unrealized = DecimalNumber.parse(value)
      case fields.total: total = DecimalNumber.parse(value)
      default: continue
      }
    }
  }
}
