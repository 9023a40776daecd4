/// How a partial is laid out: the shard's state as `taffrail partial` writes it and `taffrail merge` reads it.
///
/// A header of 20 bytes: the magic text and the version (UInt32). Then blocks: a byte that tells the kind,
/// the payload's length (UInt32) and hash (UInt64, the high lane of `StableHash`), the payload. All numbers
/// here are little-endian. One block of settings comes first, then blocks of entries, each of which is
/// understood without the others, and one of books is the last.
package enum PartialLayout {
  package static let magic: StaticString = "taffrail partial"
  package static let version: UInt32 = 2
  package static let headerSize = 20
  package static let blockHeaderSize = 13
  /// A payload's most bytes: a block is ended at half a mebibyte of entries, and one entry holds at most as much.
  package static let payloadLimit = 4 << 20
  /// A block's most entries: as many records a batch holds.
  package static let entryLimit = 1 << 15

  package enum BlockKind: UInt8, Sendable {
    case settings = 1
    case entries = 2
    case books = 3
  }
}
