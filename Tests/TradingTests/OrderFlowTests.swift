import Bytes
import Model
import Testing
import Trading

@Suite("The order flow")
struct OrderFlowTests {
  /// Entries of the trading category, made of `name=value` captures.
  private struct Desk: ~Copyable {
    var names = FieldNames()
    var flow: OrderFlow

    init(limits: OrderFlow.Limits = OrderFlow.Limits()) {
      for name in [
        "order.side", "order.quantity", "order.filled_quantity", "order.price", "order.symbol",
        "order.latency_ms", "strategy", "position.quantity", "pnl.realized", "pnl.unrealized",
        "pnl.total",
      ] { _ = names.declare(name) }
      flow = OrderFlow(names: names, limits: limits)
    }

    mutating func take(
      _ milliseconds: Int64, _ captures: String, category: Category = .trading,
      flags: EntryFlags = []
    ) {
      let batch = Batch(inputCapacity: 65_536, sideCapacity: 64)
      var entry = Entry()
      entry.time = Timestamp(nanoseconds: milliseconds * 1_000_000)
      entry.category = category
      entry.flags = flags
      for pair in captures.split(separator: " ") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = String(parts[1])
        let start = batch.arenas.input.append(value) ?? 0
        let short = ["action": "event.action", "id": "order.id"]
        let name = short[String(parts[0])] ?? String(parts[0])
        batch.fields.append(
          Field(
            names.number(of: name) ?? .spelled, ByteRange(start, count: value.utf8.count)))
      }
      entry.captureCount = UInt16(batch.fields.count)
      batch.entries = [entry]
      flow.take(batch, 0..<1)
    }

    /// The points of a family as `labels value`.
    func points(_ name: String) -> [String] {
      flow.families().filter { $0.name == "taffrail_trading_\(name)" }.flatMap(\.points).map {
        let labels = $0.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        return "\($0.suffix){\(labels)} \($0.value)"
      }
    }
  }

  @Test("says nothing before the first order")
  func silent() {
    var desk = Desk()
    desk.take(0, "action=order_placed id=1", category: .network)
    desk.take(0, "action=order_placed id=1", flags: .late)
    desk.take(0, "action=something_else id=1")
    desk.take(0, "order.quantity=1")
    #expect(desk.flow.families().isEmpty)
  }

  @Test("counts orders by what became of them")
  func actions() {
    var desk = Desk()
    for id in 1...4 { desk.take(0, "action=order_placed id=\(id) order.quantity=10") }
    desk.take(5, "action=order_acknowledged id=1")
    desk.take(9, "action=order_filled id=1 order.quantity=10 order.symbol=ABC order.side=buy")
    desk.take(9, "action=order_rejected id=2")
    desk.take(9, "action=order_cancelled id=3")
    let orders = desk.points("orders_total")
    #expect(orders.contains("{action=placed} 4.0"))
    #expect(orders.contains("{action=rejected} 1.0"))
    #expect(orders.contains("{action=partially_filled} 0.0"))
    #expect(desk.points("open_orders") == ["{} 1.0"])
    #expect(desk.points("reject_ratio") == ["{} 0.25"])
    #expect(desk.points("fill_ratio") == ["{} 0.25"])
  }

  @Test("takes latencies from the entry, else from the order's placing")
  func latencies() {
    var desk = Desk()
    desk.take(1000, "action=order_placed id=1")
    desk.take(1250, "action=order_acknowledged id=1")
    desk.take(1500, "action=order_filled id=1 order.latency_ms=2000")
    desk.take(1500, "action=order_acknowledged id=2")
    desk.take(500, "action=order_placed id=3")
    desk.take(400, "action=order_acknowledged id=3")
    desk.take(1500, "action=order_latency order.latency_ms=4")
    let points = desk.points("latency_seconds")
    #expect(points.contains("_sum{stage=acknowledge} 0.25"))
    #expect(points.contains("_count{stage=acknowledge} 1.0"))
    #expect(points.contains("_sum{stage=fill} 2.0"))
    #expect(points.contains("{stage=other,quantile=0.5} 0.004"))
  }

  @Test("adds up fills, and takes told parts off where the whole order is told at its end")
  func fills() {
    var desk = Desk()
    desk.take(0, "action=order_placed id=1 order.quantity=100")
    desk.take(
      1,
      "action=order_partially_filled id=1 order.filled_quantity=40 order.quantity=100 "
        + "order.symbol=ABC order.side=bought order.price=2")
    desk.take(
      2, "action=order_filled id=1 order.quantity=100 order.symbol=ABC order.side=B order.price=2")
    desk.take(3, "action=order_filled id=9 order.quantity=1,000.5 order.symbol=ABC order.side=SELL")
    desk.take(3, "action=order_filled id=10 order.symbol=XYZ")
    #expect(
      desk.points("fills_total") == [
        "{symbol=ABC,side=buy} 2.0", "{symbol=ABC,side=sell} 1.0", "{symbol=XYZ,side=unknown} 1.0",
      ])
    #expect(
      desk.points("filled_quantity_total").prefix(2) == [
        "{symbol=ABC,side=buy} 100.0", "{symbol=ABC,side=sell} 1000.5",
      ])
    #expect(desk.points("filled_value_total").first == "{symbol=ABC,side=buy} 200.0")
    #expect(desk.points("net_filled_quantity") == ["{symbol=ABC} -900.5", "{symbol=XYZ} 0.0"])
  }

  @Test("keeps positions and profit as last told")
  func accounts() {
    var desk = Desk()
    desk.take(0, "action=position_changed order.symbol=ABC position.quantity=300")
    desk.take(
      1, "action=position_changed order.symbol=ABC position.quantity=-50 pnl.unrealized=1.5")
    desk.take(2, "action=pnl_update strategy=pairs pnl.realized=-33.25 pnl.total=x")
    #expect(desk.points("position_quantity") == ["{symbol=ABC} -50.0"])
    #expect(
      desk.points("pnl") == [
        "{symbol=ABC,kind=unrealized} 1.5", "{strategy=pairs,kind=realized} -33.25",
      ])
  }

  @Test("is bounded, and counts what it lets go")
  func bounds() {
    var limits = OrderFlow.Limits()
    limits.names = 2
    limits.openOrders = 3
    var desk = Desk(limits: limits)
    for number in 1...5 {
      desk.take(0, "action=order_placed id=\(number)")
      desk.take(
        0, "action=order_filled order.quantity=1 order.symbol=S\(number) position.quantity=1")
    }
    #expect(
      desk.points("fills_total") == [
        "{symbol=other,side=unknown} 3.0", "{symbol=S1,side=unknown} 1.0",
        "{symbol=S2,side=unknown} 1.0",
      ])
    #expect(desk.points("open_orders") == ["{} 3.0"])
    #expect(
      desk.points("tracking_dropped_total") == [
        "{store=open_orders} 2.0", "{store=instruments} 3.0", "{store=accounts} 3.0",
      ])
  }

  @Test(
    "reads numbers",
    arguments: [
      ("1", 1), ("-2.5", -2.5), ("+3", 3), ("1,234.5", 1234.5), ("0.1", 0.1), ("1e3", 1000),
      ("123456789012345678", 123_456_789_012_345_680), ("64000.55", 64000.55),
      ("0.00000000000000000001", 1e-20), ("", nil), ("-", nil), ("abc", nil), ("1.2.3", nil),
      ("nan", nil), ("inf", nil), ("1e999", nil), (",", nil), ("5,", nil),
    ] as [(String, Double?)])
  func numbers(text: String, expected: Double?) {
    var desk = Desk()
    desk.take(0, "action=position_changed position.quantity=\(text)")
    #expect(desk.points("position_quantity") == (expected.map { ["{} \($0)"] } ?? []))
  }
}
