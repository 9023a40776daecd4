package import Bytes
package import Model

/// What is kept of regular lines: their paces, by the places of their shapes and of their services' and hosts' names.
///
/// A line that was absent is kept as one that came: its next beat is waited for anew, since nobody knows what a source that
/// was not read has said.
extension AbsenceWatch: KeptByName {
  package static let keptVersion: UInt8 = 1

  private struct Row {
    var shape = 0
    var service = 0
    var host = 0
    var last: Int64 = 0
    var line = Line(epoch: 0)

    mutating func carry(_ bytes: inout KeptBytes) {
      bytes.carry(&shape, in: 0...KeptNames.limit)
      bytes.carry(&service, in: 0...KeptNames.limit)
      bytes.carry(&host, in: 0...KeptNames.limit)
      bytes.carry(&last, in: KeptRange.minute.lowerBound...Int64.max)
      line.carry(&bytes)
    }
  }

  package mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var rows: [Row] = []
    if !bytes.isReading {
      for at in regular.map({ Int($0) }) where lines[at].isListed && lines[at].pace.isRegular {
        let beat = beats[at]
        guard let shape = names.placeOfShape(Int(beat.shape)),
          let service = names.place(Symbol(number: UInt32(beat.key >> 32))),
          let host = names.place(Symbol(number: UInt32(truncatingIfNeeded: beat.key)))
        else { continue }
        rows.append(
          Row(
            shape: shape, service: service, host: host, last: max(beat.last, 0), line: lines[at]))
      }
    }
    bytes.carryList(&rows, limit: Self.lineLimit) {
      $1.carry(&$0)
    } empty: {
      Row()
    }
    guard bytes.isReading, !bytes.isBroken else { return }
    for row in rows {
      guard let shape = names.shape(row.shape), let service = names.symbol(row.service),
        let host = names.symbol(row.host)
      else { continue }
      let key = UInt64(service.number) << 32 | UInt64(host.number)
      resume(row.line, key, shape, last: row.last)
    }
  }

  /// Goes on with the lines that an earlier run found regular; what has come since stays known.
  mutating func resume(_ kept: AbsenceWatch) {
    for at in kept.regular.map({ Int($0) }) {
      let beat = kept.beats[at]
      resume(kept.lines[at], beat.key, Int(beat.shape), last: beat.last)
    }
  }
}

extension AbsenceWatch.Line {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&beats, in: 0...UInt32.max)
    bytes.carry(&missed, in: 0...UInt32.max)
    bytes.carry(&pauses, in: 0...UInt32.max)
    bytes.carry(&longest, in: 0...KeptRange.sum)
    bytes.carry(&regularSince, in: KeptRange.minute.lowerBound...Int64.max)
    pace.carry(&bytes)
  }
}

extension LinePace: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    carryGaps(&bytes)
    bytes.carry(&count, in: 1...UInt32.max)
    bytes.carry(&due, in: 0...UInt32.max)
    bytes.carry(&failures, in: 0...8)
    bytes.carry(&interval, in: Self.shortest...Self.longest)
    bytes.carry(&spread, in: 0...Self.widest)
  }
}
