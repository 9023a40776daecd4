internal import Bytes

/// Strings of bytes one behind the other in segments, so that growing copies none and none has a heap block of
/// its own.
///
/// - Limits: its owner's; what was replaced by something longer stays behind, unused.
struct BytePool {
  private static let segment = 1 << 16

  /// Where a string stands.
  struct Place {
    fileprivate var segment: UInt32 = 0
    fileprivate var start: UInt32 = 0
    fileprivate(set) var count: UInt32 = 0
    /// How many bytes there is room for.
    fileprivate var room: UInt32 = 0
  }

  private var segments: [[UInt8]] = []

  /// Keeps a string that is made of two, one behind the other.
  mutating func keep(_ first: Span<UInt8>, _ second: Span<UInt8> = Span()) -> Place {
    keep(first, second, room: first.count + second.count)
  }

  private mutating func keep(
    _ first: Span<UInt8>, _ second: Span<UInt8>, room: Int
  ) -> Place {
    if segments.isEmpty || segments[segments.count - 1].count + room > Self.segment {
      var fresh: [UInt8] = []
      fresh.reserveCapacity(max(Self.segment, room))
      segments.append(fresh)
    }
    let last = segments.count - 1
    let start = segments[last].count
    for index in 0..<first.count { segments[last].append(first[index]) }
    for index in 0..<second.count { segments[last].append(second[index]) }
    let count = first.count + second.count
    for _ in count..<max(count, room) { segments[last].append(0) }
    return Place(
      segment: UInt32(last), start: UInt32(start), count: UInt32(count), room: UInt32(room))
  }

  /// Puts another string in the place of one, which moves where it has no room for it.
  mutating func replace(
    _ place: inout Place, with first: Span<UInt8>, _ second: Span<UInt8> = Span()
  ) {
    let count = first.count + second.count
    guard count <= Int(place.room) else {
      // Room for half as much again, so that one that goes on growing does not move each time.
      place = keep(first, second, room: place.room == 0 ? count : count + count / 2)
      return
    }
    let segment = Int(place.segment)
    let start = Int(place.start)
    for index in 0..<first.count { segments[segment][start + index] = first[index] }
    let rest = start + first.count
    for index in 0..<second.count { segments[segment][rest + index] = second[index] }
    place.count = UInt32(count)
  }

  func bytes(_ place: Place) -> [UInt8] {
    if place.count == 0 { return [] }
    let start = Int(place.start)
    return Array(segments[Int(place.segment)][start..<(start + Int(place.count))])
  }
}
