internal import Flow
internal import Model

/// Orders that were placed and not ended: when, how much, how much of it was filled.
///
/// - Limits: `limit` orders, least recently met out first, counted.
struct OpenOrders: ~Copyable {
  private struct Order {
    var placedAt: Timestamp
    var quantity: Double?
    var filled: Double
  }

  private var index: RecentIndex
  private var orders: [Order] = []

  init(limit: Int) { index = RecentIndex(limit: limit) }

  var count: Int { index.count }
  var evicted: Int { index.evicted }

  mutating func place(_ order: UInt64, at time: Timestamp, quantity: Double?) {
    guard order != 0 else { return }
    let slot = index.use(order).slot
    let fresh = Order(placedAt: time, quantity: quantity, filled: 0)
    if slot < orders.count { orders[slot] = fresh } else { orders.append(fresh) }
  }

  /// Seconds from its placing to `time`; nil where that isn't known.
  func age(_ order: UInt64, at time: Timestamp) -> Double? {
    guard order != 0, let slot = index.find(order) else { return nil }
    let placed = orders[slot].placedAt
    guard placed.isKnown, time.isKnown, time >= placed else { return nil }
    return Double(time.nanoseconds &- placed.nanoseconds) / 1e9
  }

  /// Notes a part filled.
  mutating func fill(_ order: UInt64, _ quantity: Double) {
    guard order != 0, let slot = index.find(order) else { return }
    orders[slot].filled += quantity
  }

  /// How much of `quantity`, told when the order was filled whole, is new.
  ///
  /// Some systems tell the order's quantity then, some the last part's: where it equals what was ordered,
  /// the parts that were told before are taken off.
  func rest(_ order: UInt64, of quantity: Double) -> Double {
    guard order != 0, let slot = index.find(order) else { return quantity }
    let known = orders[slot]
    return known.quantity == quantity ? max(quantity - known.filled, 0) : quantity
  }

  /// Forgets an order that has ended.
  mutating func end(_ order: UInt64) {
    if order != 0 { index.remove(order) }
  }
}
