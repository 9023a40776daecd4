/// Numbers and measures, and what begins with one.
extension ValueKind {
  static let numbers = [
    ValueKind("integers") { "\($0.number(0...99_999))" },
    ValueKind("signed integers") { "\($0.number(-5_000...5_000))" },
    ValueKind("floats") { "\($0.number(-99...99)).\($0.digits(3))" },
    ValueKind("numbers with separators") { "\($0.number(1...99)),\($0.digits(3)),\($0.digits(3))" },
    ValueKind("hexadecimal 0x") { "0x" + $0.hex($0.number(4...16)) },
    ValueKind("hexadecimal bare") { $0.hex(8) },
    ValueKind("percentages") { "\($0.number(0...100)).\($0.digits(1))%" },
    ValueKind("durations") {
      switch $0.number(0...3) {
      case 0: "\($0.number(1...999))ms"
      case 1: "\($0.number(1...59)).\($0.digits(2))s"
      case 2: "\($0.number(1...9))h\($0.number(1...59))m\($0.number(1...59))s"
      default: "\($0.number(1...900))µs"
      }
    },
    ValueKind("durations in words") {
      "\($0.number(1...90)) " + $0.one(of: ["ms", "seconds", "minutes", "hours", "sec"])
    },
    ValueKind("sizes") {
      "\($0.number(1...999))" + $0.one(of: ["", ".5"]) + $0.one(of: ["B", "KB", "MB", "GiB", "K"])
    },
    ValueKind("sizes in words") {
      "\($0.number(1...999)) " + $0.one(of: ["bytes", "KB", "MB", "GB"])
    },
    ValueKind("versions") {
      "\($0.number(0...9)).\($0.number(0...20)).\($0.number(0...20))"
        + $0.one(of: ["", "-rc1", "-SNAPSHOT", "+build.7", ".Final"])
    },
    ValueKind("ratios") { "\($0.number(0...40))/\($0.number(1...40))" },
    ValueKind("ranges") { "\($0.number(0...400))-\($0.number(401...900))" },
    ValueKind("currency") {
      $0.one(of: ["$", "€", "£"]) + "\($0.number(1...999)).\($0.digits(2))"
    },
    ValueKind("amounts with a currency") {
      "\($0.number(1...999)).\($0.digits(2)) " + $0.one(of: ["USD", "EUR", "GBP", "JPY", "CHF"])
    },
    ValueKind("ports") { "\($0.number(1024...65_535))/" + $0.one(of: ["tcp", "udp"]) },
    ValueKind("process ids in brackets") { "[\($0.number(1...65_535))]" },
    ValueKind("numbers or nothing known") {
      $0.number(0...3) == 0 ? $0.one(of: ["null", "NaN", "-", "N/A"]) : "\($0.number(0...999))"
    },
    ValueKind("empty or a number") { $0.number(0...2) == 0 ? "" : "\($0.number(0...999))" },
  ]
}
