/// Values as an incident makes them.
extension Wording {
  /// Writes an altered value; false where the incident leaves it as it is.
  mutating func alter(
    _ parameter: Parameter, _ alteration: Alteration, _ buffer: inout FrameBuffer
  ) -> Bool {
    switch alteration.change {
    case .durations: return lengthen(parameter, by: alteration.ratio, &buffer)
    case .statuses:
      guard parameter == .status, random.fraction() < alteration.ratio / 100 else { return false }
      words.word(of: Parameter.estatus.ordinal, &random, into: &buffer)
      return true
    case .words(let list):
      guard parameter == list, random.fraction() < min(alteration.ratio, 19) / 20 else {
        return false
      }
      words.lastWord(of: list.ordinal, into: &buffer)
      return true
    }
  }

  private mutating func lengthen(
    _ parameter: Parameter, by ratio: Double, _ buffer: inout FrameBuffer
  ) -> Bool {
    func scaled(_ value: Int) -> Int { Int(Double(value) * ratio) }
    switch parameter {
    case .ms: buffer.decimal(scaled(1 + min(random.below(900), random.below(900))))
    case .us: buffer.decimal(scaled(20 + min(random.below(5000), random.below(5000))))
    case .slowms: buffer.decimal(scaled(random.within(1000...30_000)))
    case .sec: buffer.decimal(scaled(random.within(1...600)))
    case .dur:
      fixed(scaled(1 + min(random.below(400_000), random.below(400_000))), 3, &buffer)
      buffer.append("ms")
    default: return false
    }
    return true
  }
}
