internal import Bytes
package import Model

/// What is kept of one series.
package struct KeptSeries: Sendable, Equatable {
  package var key: SeriesKey
  package var bytes: [UInt8]

  package init(key: SeriesKey, bytes: [UInt8]) {
    self.key = key
    self.bytes = bytes
  }
}

/// How much of what was kept made sense.
package struct KeptOutcome: Sendable, Equatable {
  /// Series, and those of them with a seasonal profile.
  package var series = 0
  package var profiles = 0
  /// What was damaged, or belongs to nothing any more, and starts anew.
  package var damaged = 0

  package init() {}
}

/// A watch on paper: a head, and each series by itself, in the order in which they would have to go.
extension SpikeWatch {
  /// Of the bytes' layout; another one is read as damaged.
  package static let keptVersion: UInt8 = 1

  package var keptHead: [UInt8] {
    Head(
      complete: complete, block: seasonal.block, ofBlock: seasonal.complete, found: seasonal.found,
      ripe: seasonal.ripe, control: seasonal.control, flood: flood
    ).sealed(version: Self.keptVersion)
  }

  /// Every series of the shelf, the longest silent one first.
  package func keepSeries(_ body: (KeptSeries) -> Void) {
    for place in shelf.places {
      let series = shelf[place]
      var row = Row(series: series)
      if series.profile >= 0 {
        row.profile = seasonal.profiles[Int(series.profile)]
        row.rank = series.profile
      }
      body(KeptSeries(key: series.key, bytes: row.sealed(version: Self.keptVersion)))
    }
  }

  /// Makes a new watch what was kept; several series of one key are added to one. Where the head is damaged, nothing of it is
  /// taken.
  package mutating func resume(head: [UInt8], series kept: [KeptSeries]) -> KeptOutcome {
    var outcome = KeptOutcome()
    guard let head = Head(sealed: head, version: Self.keptVersion) else {
      outcome.damaged = kept.count + 1
      return outcome
    }
    complete = head.complete
    seasonal.resume(head)
    flood = head.flood
    var profiles: [(rank: Int32, place: Int, profile: CountProfile)] = []
    var doubles: [(key: SeriesKey, row: Row)] = []
    for each in kept {
      guard let row = Row(sealed: each.bytes, version: Self.keptVersion),
        row.series.ordinal <= complete, !row.series.isActive || row.series.ordinal == complete
      else {
        outcome.damaged += 1
        continue
      }
      if shelf.place(of: each.key) != nil {
        doubles.append((each.key, row))
        continue
      }
      var series = row.series
      series.key = each.key
      guard shelf.hasRoom, let place = shelf.insert(series) else {
        outcome.damaged += 1
        continue
      }
      outcome.series += 1
      if series.isActive { active.append(place) }
      if let profile = row.profile { profiles.append((row.rank, place, profile)) }
    }
    profiles.sort { ($0.rank, $0.place) < ($1.rank, $1.place) }
    for (_, place, profile) in profiles {
      guard let number = seasonal.resume(profile, of: shelf[place].key, place: place) else {
        continue
      }
      shelf[place].profile = number
      outcome.profiles += 1
    }
    for (key, row) in doubles { add(row, to: key) }
    return outcome
  }

  /// Whether a kept series can be read, and has a profile; nil where it can't.
  package static func look(at bytes: [UInt8]) -> (hasProfile: Bool, ordinal: Int)? {
    Row(sealed: bytes, version: keptVersion).map { ($0.profile != nil, $0.series.ordinal) }
  }

  package static func isHead(_ bytes: [UInt8]) -> Bool {
    Head(sealed: bytes, version: keptVersion) != nil
  }

  private mutating func add(_ row: Row, to key: SeriesKey) {
    guard let place = shelf.place(of: key) else { return }
    var series = row.series
    series.key = key
    if let profile = row.profile, let number = seasonal.resume(profile, of: key, place: place) {
      series.profile = number
    }
    merge(series, into: place)
  }
}

extension SpikeWatch {
  struct Head: Kept {
    var complete = 0
    var block = SeasonalDesk.noBlock
    /// Minutes of the block that are complete, a bit each.
    var ofBlock: UInt8 = 0
    var found = 0
    var ripe = 0
    var control = DiscoveryControl()
    var flood = StreamFlood()

    mutating func carry(_ bytes: inout KeptBytes) {
      bytes.carry(&complete, in: 0...KeptRange.minutes)
      var known: Minute? = block == SeasonalDesk.noBlock ? nil : Minute(number: block)
      bytes.carry(&known)
      block = known?.number ?? SeasonalDesk.noBlock
      bytes.carry(&ofBlock, in: 0...31)
      bytes.carry(&found, in: 0...KeptRange.minutes)
      bytes.carry(&ripe, in: 0...KeptRange.minutes)
      control.carry(&bytes)
      flood.carry(&bytes)
    }
  }

  struct Row: Kept {
    var series: SeriesWatch
    /// The profile's place among the others.
    var rank: Int32 = 0
    var profile: CountProfile?

    init() { series = SeriesWatch() }

    init(series: SeriesWatch) { self.series = series }

    mutating func carry(_ bytes: inout KeptBytes) {
      series.carry(&bytes)
      bytes.carry(&rank, in: 0...Int32.max)
      bytes.carry(&profile)
    }
  }
}

extension SeasonalDesk {
  mutating func resume(_ head: SpikeWatch.Head) {
    block = head.block
    complete = head.ofBlock
    found = head.found
    ripe = head.ripe
    control = head.control
  }

  /// Takes a profile that was kept; nil where there is no room.
  mutating func resume(_ kept: CountProfile, of key: SeriesKey, place: Int) -> Int32? {
    guard profiles.count < limit else { return nil }
    if profiles.isEmpty { profiles.reserveCapacity(limit) }
    let number = Int32(profiles.count)
    profiles.append(kept)
    isUsed.append(true)
    rename(number, to: key, place: place)
    enlist(number, key)
    if kept.alarm.isActive { active.append(number) }
    return number
  }
}
