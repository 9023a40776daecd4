internal import Bytes

/// What happened to an order, a position or the profit: the trading pack's `event.action`.
package enum OrderAction: Int, CaseIterable, Sendable {
  case placed, acknowledged, replaced, partiallyFilled, filled, rejected, cancelled, latency,
    position, profit, riskLimit

  /// The `action` label's value.
  package var name: String {
    switch self {
    case .placed: "placed"
    case .acknowledged: "acknowledged"
    case .replaced: "replaced"
    case .partiallyFilled: "partially_filled"
    case .filled: "filled"
    case .rejected: "rejected"
    case .cancelled: "cancelled"
    case .latency: "latency"
    case .position: "position_changed"
    case .profit: "pnl_update"
    case .riskLimit: "risk_limit"
    }
  }

  /// By the field's value, with or without `order_` before it.
  init?(_ value: Span<UInt8>) {
    let rest = value.has("order_", at: 0) ? value.extracting(6...) : value
    for (literal, action) in Self.spellings where rest.equals(literal) {
      self = action
      return
    }
    return nil
  }

  private static let spellings: [(StaticString, OrderAction)] = [
    ("filled", .filled), ("placed", .placed), ("acknowledged", .acknowledged),
    ("partially_filled", .partiallyFilled), ("rejected", .rejected), ("cancelled", .cancelled),
    ("canceled", .cancelled), ("replaced", .replaced), ("latency", .latency),
    ("position_changed", .position), ("position", .position), ("pnl_update", .profit),
    ("pnl", .profit), ("risk_limit", .riskLimit),
  ]
}

/// Which way an order goes.
package enum OrderSide: Int, CaseIterable, Sendable {
  case unknown, buy, sell

  package var name: String { String(describing: self) }

  /// 1 for a buy, -1 for a sale, 0 where it isn't known.
  var sign: Double {
    switch self {
    case .unknown: 0
    case .buy: 1
    case .sell: -1
    }
  }

  /// By the word's first letter: buy, bought, bid, long; sell, sold, ask, offer, short.
  init(_ word: Span<UInt8>) {
    guard word.count > 0 else {
      self = .unknown
      return
    }
    switch word[0] | 0x20 {
    case 0x62, 0x6c: self = .buy
    case 0x73, 0x61, 0x6f: self = .sell
    default: self = .unknown
    }
  }
}
