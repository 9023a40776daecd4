internal import Bytes
internal import Model

/// What is kept of a service by the place of its name.
protocol KeptService {
  var symbol: Symbol { get set }
  init(symbol: Symbol)
  mutating func carry(_ bytes: inout KeptBytes)
}

extension KeptBytes {
  /// Writes the services whose names have a place, or reads them with this run's symbols; nothing of what is broken.
  mutating func carry<Service: KeptService>(
    services: [Service], limit: Int, _ names: KeptNames
  ) -> [Service] {
    var rows: [(place: Int, service: Service)] = []
    if !isReading {
      for service in services {
        if let place = names.place(service.symbol) { rows.append((place, service)) }
      }
    }
    carryList(&rows, limit: limit) { bytes, row in
      bytes.carry(&row.place, in: 0...KeptNames.limit)
      row.service.carry(&bytes)
    } empty: {
      (0, Service(symbol: .none))
    }
    guard isReading, !isBroken else { return [] }
    return rows.compactMap { row in
      guard let symbol = names.symbol(row.place) else { return nil }
      var service = row.service
      service.symbol = symbol
      return service
    }
  }
}
