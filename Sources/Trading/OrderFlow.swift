package import Bytes
internal import Flow
package import Model

/// The order flow as metrics: orders by what became of them, fills, latencies, positions, profit.
///
/// Fed by the captures of trading entries, in merge order. Latencies are the entry's own
/// (`order.latency_ms`), else the time from the order's placing to its acknowledgement or fill.
/// - Limits: see `Limits`; instruments beyond theirs count as `other`, positions and profits beyond
///   theirs are not shown, open orders are forgotten least recently placed first; all counted.
/// - Cost: one compare for an entry of another category, about 100 ns for a trading entry.
package struct OrderFlow: ~Copyable, MergeStage {
  package struct Limits: Sendable {
    /// Instruments and strategies with series of their own.
    package var names = 512
    /// Orders placed and not ended; 40 bytes each.
    package var openOrders = 16_384

    package init() {}
  }

  private let fields: OrderFields
  private var actions = [Double](repeating: 0, count: OrderAction.allCases.count)
  private var open: OpenOrders
  private var fills: FillTable
  private var accounts: AccountTable
  private var acknowledging = QuantileSketch()
  private var filling = QuantileSketch()
  private var reported = QuantileSketch()

  /// - Parameter names: the catalogue, with all that packs declared.
  package init(names: FieldNames, limits: Limits = Limits()) {
    fields = OrderFields(names)
    open = OpenOrders(limit: limits.openOrders)
    fills = FillTable(limit: limits.names)
    accounts = AccountTable(limit: limits.names)
  }

  package mutating func take(_ batch: Batch, _ run: Range<Int>) {
    let entries = batch.entries
    let fields = batch.fields
    for index in run.clamped(to: 0..<entries.count) {
      take(entries[index], fields.span, batch.arenas)
    }
  }

  /// Takes an entry, whose fields and bytes are a batch's.
  package mutating func take(
    _ entry: borrowing Entry, _ fields: Span<Field>, _ arenas: ArenaPair
  ) {
    guard entry.category == .trading, !entry.flags.contains(.continuation),
      entry.flags.isDisjoint(with: .notCounted)
    else { return }
    record(entry, fields, arenas)
  }

  package mutating func close(_ minute: Minute) {}

  package mutating func finish() {}

  private mutating func record(
    _ entry: borrowing Entry, _ captured: Span<Field>, _ arenas: ArenaPair
  ) {
    let report = OrderReport(entry, captured, arenas, fields: fields)
    guard let action = report.action else { return }
    let time = entry.time
    actions[action.rawValue] += 1
    switch action {
    case .placed: open.place(report.order, at: time, quantity: report.quantity)
    case .acknowledged:
      if let seconds = report.latencySeconds ?? open.age(report.order, at: time) {
        acknowledging.observe(seconds)
      }
    case .partiallyFilled:
      if let quantity = report.filledQuantity ?? report.quantity {
        open.fill(report.order, quantity)
        fills.add(report, quantity: quantity, arenas)
      } else {
        fills.add(report, quantity: 0, arenas)
      }
    case .filled:
      if let seconds = report.latencySeconds ?? open.age(report.order, at: time) {
        filling.observe(seconds)
      }
      let told = report.quantity ?? report.filledQuantity ?? 0
      fills.add(report, quantity: open.rest(report.order, of: told), arenas)
      open.end(report.order)
    case .rejected, .cancelled: open.end(report.order)
    case .latency:
      if let seconds = report.latencySeconds { reported.observe(seconds) }
    case .replaced, .position, .profit, .riskLimit: break
    }
    accounts.note(report, arenas)
  }

  /// The metrics so far; none before the first trading entry.
  package func families() -> [MetricFamily] {
    guard actions.contains(where: { $0 > 0 }) else { return [] }
    return [
      .trading(
        "orders_total", "Entries about orders, by what they tell.", .counter,
        OrderAction.allCases.map {
          MetricFamily.Point(labels: [("action", $0.name)], value: actions[$0.rawValue])
        }),
      .trading(
        "open_orders", "Orders placed and not yet filled, rejected or cancelled.", .gauge,
        [MetricFamily.Point(value: Double(open.count))]),
      .trading(
        "reject_ratio", "Orders rejected, as a share of those placed.", .gauge,
        share(of: .rejected)),
      .trading(
        "fill_ratio", "Orders filled whole, as a share of those placed.", .gauge,
        share(of: .filled)),
      .trading(
        "latency_seconds", "Latencies that entries tell, or from an order's placing.", .summary,
        latencies("acknowledge", acknowledging) + latencies("fill", filling)
          + latencies("other", reported)),
    ] + fills.families() + accounts.families() + [
      .trading(
        "tracking_dropped_total", "What the limits of this accounting let go.", .counter,
        [
          ("open_orders", open.evicted), ("instruments", fills.overflowed),
          ("accounts", accounts.overflowed),
        ].map { MetricFamily.Point(labels: [("store", $0.0)], value: Double($0.1)) })
    ]
  }

  /// Of the orders placed, or of those that came to this end where fewer were seen placed.
  private func share(of action: OrderAction) -> [MetricFamily.Point] {
    let part = actions[action.rawValue]
    let whole = max(actions[OrderAction.placed.rawValue], part)
    return whole > 0 ? [MetricFamily.Point(value: part / whole)] : []
  }

  private func latencies(_ stage: String, _ sketch: QuantileSketch) -> [MetricFamily.Point] {
    sketch.count == 0 ? [] : MetricFamily.points(of: sketch, labels: [("stage", stage)])
  }
}

extension MetricFamily {
  static func trading(
    _ name: String, _ help: String, _ kind: Kind, _ points: [Point]
  ) -> MetricFamily {
    MetricFamily(name: "taffrail_trading_\(name)", help: help, kind: kind, points: points)
  }
}
