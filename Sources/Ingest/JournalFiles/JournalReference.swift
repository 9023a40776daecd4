internal import Bytes

/// A frame of `Framing.journalEntries`: which file of the run's journal, and at what offset.
///
/// 16 bytes, so that a batch of thousands of entries costs the reader next to nothing; what they hold is
/// read from the mapped files on the workers.
struct JournalReference: Equatable {
  static let size = 16
  /// The number of no file.
  static let nowhere = 0xffff_ffff

  var file: Int
  var offset: UInt64

  init(file: Int, offset: UInt64) {
    self.file = file
    self.offset = offset
  }

  /// Reads the frame at `start`; nil where the bytes end before it does.
  init?(_ arenas: ArenaPair, at start: Int) {
    let input = arenas.input
    let bytes = input.span
    guard start >= 0, bytes.count - start >= Self.size else { return nil }
    offset = bytes.word(at: start)
    file = Int(bytes.word(at: start + 8) & 0xffff_ffff)
  }

  /// Appends the frame; false where the arena is full.
  func write(to arena: Arena) -> Bool {
    guard arena.capacity - arena.count >= Self.size else { return false }
    arena.append(word: offset)
    arena.append(word: UInt64(file))
    return true
  }
}
