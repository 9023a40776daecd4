package import Bytes
package import Model

/// What is kept of levels: each service's last three days by hour, by the places of the services' names.
extension LevelWatch: KeptByName {
  package static let keptVersion: UInt8 = 1

  package mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var now: Minute? = hour.map { Minute(number: $0) }
    bytes.carry(&now)
    hour = now?.number
    bytes.carry(&minutes, in: 0...60)
    for service in bytes.carry(services: services, limit: Self.limit, names) {
      let index = service.symbol.index
      guard index >= places.count || places[index] == 0, let at = add(service.symbol)
      else { continue }
      services[at] = service
    }
  }
}

extension LevelWatch.Service: KeptService {
  init(symbol: Symbol) { self.init(symbol: symbol, shift: nil) }

  mutating func carry(_ bytes: inout KeptBytes) {
    for age in 0..<HourCounts.hours {
      var hour = counts.hour(age)
      hour.carry(&bytes)
      if bytes.isReading { counts.set(hour, at: age) }
    }
    now.carry(&bytes)
    bytes.carry(&shift)
  }
}

extension HourCounts.Hour: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&minutes, in: 0...60)
    bytes.carry(&errors, in: 0...UInt32.max)
    bytes.carry(&others, in: 0...UInt32.max)
  }
}

extension LevelWatch.Shift: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&since, in: KeptRange.minute)
    bytes.carry(&rate, in: 0...1e12)
    bytes.carry(&share, in: 0...1e12)
  }
}
