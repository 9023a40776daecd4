internal import Glibc

/// Numbers at an axis: short, with `k`, `M`, `G`.
enum PlotNumber {
  static func text(_ number: Double) -> String {
    let size = abs(number)
    if size < 1e-12 { return "0" }
    if size < 1e-3 || size >= 1e15 {
      let exponent = Int(floor(log10(size)))
      return "\(rounded(number / pow(10, Double(exponent))))e\(exponent)"
    }
    for (unit, name) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")] where size >= unit {
      return rounded(number / (name == "k" ? 1000 : unit)) + name
    }
    return rounded(number)
  }

  /// Four digits behind the point at most.
  private static func rounded(_ number: Double) -> String {
    let value = (number * 1e4).rounded() / 1e4
    return value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
