/// The natural logarithm of a positive number by additions, products and quotients alone, which every machine
/// rounds alike; the C library's differs in its last bits from version to version.
///
/// x = m · 2^e with m in [√½, √2), ln m = 2 artanh z with z = (m − 1)/(m + 1), |z| < 0.1716: 12 terms leave an
/// error under 10⁻¹⁸.
func naturalLogarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var mantissa = x.significand
  if mantissa > 1.414_213_562_373_095_1 {
    mantissa /= 2
    exponent += 1
  }
  let z = (mantissa - 1) / (mantissa + 1)
  let square = z * z
  var sum = 0.0
  for term in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
  return exponent * 0.693_147_180_559_945_3 + 2 * z * sum
}
