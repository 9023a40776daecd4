internal import Bytes
internal import Model

extension CountProfile: Kept {
  init() { self.init(key: .allErrors, place: 0, at: 0, history: nil) }

  /// All but its key and its place, which are the run's.
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&born, in: KeptRange.minute)
    floor.carry(&bytes)
    shape.carry(&bytes)
    level.carry(&bytes)
    scatter.carry(&bytes)
    calibration.carry(&bytes)
    habits.carry(&bytes)
    lessons.carry(&bytes)
    alarm.carry(&bytes)
    for place in 0..<10 {
      bytes.carry(&counts[place], in: 0...UInt32.max)
      bytes.carry(&expected[place], in: 0...KeptRange.sum)
    }
    bytes.carry(&dayValue, in: 0...KeptRange.rate)
    bytes.carry(&weekFactor, in: 0...KeptRange.factor)
    past.carry(&bytes)
    hour.carry(&bytes)
    bytes.carry(distant: &settled)
    silence.carry(&bytes)
    drop.carry(&bytes)
    bytes.carry(distant: &booked)
    bytes.carry(&isTouched)
    bytes.carry(&record, in: 0...KeptRange.sum)
  }
}
