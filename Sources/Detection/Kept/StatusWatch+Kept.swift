package import Bytes
package import Model

/// What is kept of answers: each service's past and its last half an hour, by the places of the services' names.
extension StatusWatch: KeptByName {
  package static let keptVersion: UInt8 = 1

  /// - Parameter through: the last minute that was learned; what has been counted beyond it comes again.
  package func kept(_ names: KeptNames, through: Minute) -> [UInt8] {
    var copy = self
    for at in copy.services.indices {
      for slot in 0..<64 where copy.services[at].ring[slot].minute > through.number {
        copy.services[at].ring[slot] = Counts()
      }
    }
    return copy.kept(names)
  }

  /// Takes the past of another watch; of minutes, those that are later.
  mutating func resume(_ kept: StatusWatch) {
    for service in kept.services {
      let index = service.symbol.index
      let place = index < places.count ? Int(places[index]) : 0
      guard let at = place > 0 ? place - 1 : add(service.symbol) else { continue }
      let ring = services[at].ring
      services[at] = service
      for slot in 0..<64 where ring[slot].minute > service.ring[slot].minute {
        services[at].ring[slot] = ring[slot]
      }
    }
  }

  package mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    for service in bytes.carry(services: services, limit: Self.limit, names) {
      let index = service.symbol.index
      guard index >= places.count || places[index] == 0, let at = add(service.symbol)
      else { continue }
      services[at] = service
    }
  }
}

extension StatusWatch.Service: KeptService {
  init(symbol: Symbol) { self.init(symbol: symbol, minutes: 0) }

  mutating func carry(_ bytes: inout KeptBytes) {
    for slot in 0..<64 { ring[slot].carry(&bytes, slot: slot) }
    bytes.carry(&minutes, in: 0...KeptRange.minutes)
    server.carry(&bytes)
    client.carry(&bytes)
  }
}

extension StatusWatch.Counts {
  /// A tail is summed answer by answer: more in a minute would take seconds.
  private static let mostKept: UInt32 = 10_000_000

  mutating func carry(_ bytes: inout KeptBytes, slot: Int) {
    var known: Minute? = minute == .min ? nil : Minute(number: minute)
    bytes.carry(&known)
    guard let known else { return }
    minute = known.number
    if Int(minute & 63) != slot { bytes.refuse() }
    bytes.carry(&answers, in: 0...Self.mostKept)
    bytes.carry(&client, in: 0...answers)
    bytes.carry(&server, in: 0...answers - client)
  }
}

extension StatusWatch.Past {
  mutating func carry(_ bytes: inout KeptBytes) {
    level.carry(&bytes)
    var hasFormer = former != nil
    bytes.carry(&hasFormer)
    if hasFormer {
      var kept = former ?? StatusWatch.Level()
      kept.carry(&bytes)
      former = kept
    }
    bytes.carry(&since, in: KeptRange.minute)
    var last: Minute? = until == .min ? nil : Minute(number: until)
    bytes.carry(&last)
    until = last?.number ?? .min
  }
}

extension StatusWatch.Level {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&answers, in: 0...1e12)
    bytes.carry(&failed, in: 0...answers)
    bytes.carry(&crest, in: 0...1)
    bytes.carry(&scatter, in: -1e9...1e9)
    bytes.carry(&blocks, in: 0...1e9)
  }
}
