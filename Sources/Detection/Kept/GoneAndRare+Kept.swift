package import Bytes
package import Model

/// What is kept of gone and of rare groups: their shapes' habits by the places of the shapes, services' by the places of their names.
extension GoneWatch: KeptByName {
  package static let keptVersion: UInt8 = 1

  package mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var known: Minute? = period == .min ? nil : Minute(number: period)
    bytes.carry(&known)
    period = known?.number ?? .min
    bytes.carryList(&tellings, limit: Self.perHour) { bytes, minute in
      bytes.carry(&minute, in: KeptRange.minute)
    } empty: {
      0
    }
    carryShapes(&bytes, names)
    carryServices(&bytes, names)
  }

  private mutating func carryShapes(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var rows: [(place: Int, shape: Shape)] = []
    if !bytes.isReading {
      for index in shapes.indices where shapes[index].known > 0 || shapes[index].count > 0 {
        if let place = names.placeOfShape(index) { rows.append((place, shapes[index])) }
      }
    }
    bytes.carryList(&rows, limit: Self.shapeLimit) { bytes, row in
      bytes.carry(&row.place, in: 0...KeptNames.limit)
      row.shape.carry(&bytes)
    } empty: {
      (0, Shape())
    }
    guard bytes.isReading, !bytes.isBroken else { return }
    for row in rows {
      guard let index = names.shape(row.place), index < Self.shapeLimit else { continue }
      while shapes.count <= index { shapes.append(Shape()) }
      shapes[index] = row.shape
    }
  }

  private mutating func carryServices(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var rows: [(place: Int, service: Service)] = []
    if !bytes.isReading {
      for index in services.indices where services[index].known > 0 || services[index].count > 0 {
        if let place = names.place(Symbol(number: UInt32(index))) {
          rows.append((place, services[index]))
        }
      }
    }
    bytes.carryList(&rows, limit: Self.serviceLimit) { bytes, row in
      bytes.carry(&row.place, in: 0...KeptNames.limit)
      row.service.carry(&bytes)
    } empty: {
      (0, Service())
    }
    guard bytes.isReading, !bytes.isBroken else { return }
    for row in rows {
      guard let symbol = names.symbol(row.place), symbol.index < Self.serviceLimit else { continue }
      while services.count <= symbol.index { services.append(Service()) }
      services[symbol.index] = row.service
    }
  }
}

extension GoneWatch.Shape {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(bits: &active)
    if active >= 1 << 60 { bytes.refuse() }
    bytes.carry(&rate, in: 0...KeptRange.sum)
    bytes.carry(&count, in: 0...UInt32.max)
    bytes.carry(&known, in: 0...UInt8(GoneWatch.periods))
    bytes.carry(&quiet, in: 0...UInt8(GoneWatch.periods))
    bytes.carry(&isTold)
  }
}

extension GoneWatch.Service {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&count, in: 0...UInt32.max)
    bytes.carry(&slow, in: 0...KeptRange.sum)
    bytes.carry(&fast, in: 0...KeptRange.sum)
    bytes.carry(&known, in: 0...UInt8(GoneWatch.periods))
  }
}

extension RareWatch: KeptByName {
  package static let keptVersion: UInt8 = 1

  package mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var first: Minute? = firstMinute == .min ? nil : Minute(number: firstMinute)
    bytes.carry(&first)
    firstMinute = first?.number ?? .min
    bytes.carry(distant: &lastRare)
    var rows: [(place: Int, count: UInt8)] = []
    if !bytes.isReading {
      for index in counts.indices where counts[index] > 0 {
        if let place = names.placeOfShape(index) { rows.append((place, counts[index])) }
      }
    }
    bytes.carryList(&rows, limit: Self.shapeLimit) { bytes, row in
      bytes.carry(&row.place, in: 0...KeptNames.limit)
      bytes.carry(&row.count, in: 1...UInt8.max)
    } empty: {
      (0, 0)
    }
    guard bytes.isReading, !bytes.isBroken else { return }
    goesOn = true
    for row in rows {
      guard let index = names.shape(row.place), index < Self.shapeLimit else { continue }
      while counts.count <= index { counts.append(0) }
      counts[index] = row.count
    }
  }
}
