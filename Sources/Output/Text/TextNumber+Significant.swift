internal import Glibc

extension TextNumber {
  /// Four significant digits, as few as say them: `3.142`, `12,340`, `1.2e-05`.
  package static func significant(_ number: Double) -> String {
    guard number.isFinite else { return "?" }
    guard number != 0 else { return "0" }
    let exponent = Int(floor(log10(abs(number))))
    if exponent < -4 || exponent > 14 {
      let mantissa = number / pow(10, Double(exponent))
      return
        "\(trimmed(mantissa, digits: 1))e\(exponent < 0 ? "-" : "+")\(TextTime.two(abs(exponent)))"
    }
    if exponent >= 3 {
      let unit = pow(10, Double(exponent - 3))
      return grouped(Int((number / unit).rounded() * unit))
    }
    return trimmed(number, digits: 3 - exponent)
  }

  /// `250,000` for a probability of 4e-06.
  package static func oneIn(_ probability: Double) -> String {
    guard probability > 0 else { return "?" }
    let odds = 1 / probability
    return odds < 10 ? significant((odds * 10).rounded() / 10) : roughly(odds)
  }

  private static func roughly(_ number: Double) -> String {
    guard number < 1e15 else { return significant(number) }
    let unit = pow(10, max(0, floor(log10(number)) - 1))
    return grouped(Int((number / unit).rounded() * unit))
  }

  private static func trimmed(_ number: Double, digits: Int) -> String {
    let scale = pow(10, Double(digits))
    let scaled = Int((abs(number) * scale).rounded())
    let sign = number < 0 && scaled > 0 ? "-" : ""
    let whole = scaled / Int(scale)
    var fraction = String(scaled % Int(scale))
    if digits > 0 { fraction = String(repeating: "0", count: digits - fraction.count) + fraction }
    while fraction.last == "0" { fraction.removeLast() }
    return "\(sign)\(grouped(whole))" + (fraction.isEmpty ? "" : ".\(fraction)")
  }
}
