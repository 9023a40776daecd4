/// Identifiers that programs and people give.
extension ValueKind {
  static let identifiers = [
    ValueKind("prefixed ids") { $0.one(of: ["blk_", "blk_-"]) + $0.digits(12) },
    ValueKind("resource ids") { $0.one(of: ["i-", "vol-", "sg-"]) + $0.hex(17) },
    ValueKind("request ids") {
      $0.text(10, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz0123456789")
    },
    ValueKind("UUIDs") {
      "\($0.hex(8))-\($0.hex(4))-4\($0.hex(3))-a\($0.hex(3))-\($0.hex(12))"
    },
    ValueKind("hashes") { $0.hex($0.one(of: ["a", "b"]) == "a" ? 40 : 64) },
    ValueKind("labelled hashes") { "sha256:" + $0.hex(64) },
    ValueKind("base64") {
      $0.text(22, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") + "=="
    },
    ValueKind("error codes") {
      $0.one(of: ["ORA-", "TNS-", "PLS-"]) + $0.padded(1...39_999, 5)
    },
    ValueKind("mixed error codes") {
      $0.one(of: ["E", "SQL", "ERR_"]) + $0.digits(5)
    },
    ValueKind("thread names") {
      $0.one(of: ["pool-", "executor-"]) + "\($0.number(1...9))-thread-\($0.number(1...40))"
    },
    ValueKind("pod names") {
      $0.one(of: ["api", "cart", "mail-out"]) + "-\($0.hex(9))-"
        + $0.text(5, "bcdfghjklmnpqrstvwxz2456789")
    },
    ValueKind("rack locations") {
      "R\($0.padded(0...63, 2))-M\($0.number(0...1))-N\($0.number(0...15))-C:J\($0.padded(2...17, 2))-U01"
    },
    ValueKind("instruments") {
      $0.one(of: [
        "AAPL", "MSFT", "VOD.L", "EURUSD", "ESZ4", "BTC-USD", "GBP/JPY", "SAP.DE", "XS0123456789",
        "BRK.B", "CLF25", "NESN.SW",
      ])
    },
    ValueKind("ticket keys") { $0.one(of: ["OPS-", "WEB-", "DB-"]) + "\($0.number(1...9_999))" },
    ValueKind("job arrays") {
      "\($0.number(1000...9999))[\($0.number(1...99))]." + $0.one(of: ["head", "login"])
    },
  ]
}
