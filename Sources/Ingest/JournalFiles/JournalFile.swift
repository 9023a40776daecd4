internal import Bytes

/// A journal file, mapped: its entries in their order, each found by its offset.
///
/// Nothing in it is believed: an object counts only where its offset is aligned and lies behind the
/// header, its type is the wanted one and it ends within the file; the chain of entry arrays has to
/// ascend. A file that is being written is read as far as its header said when it was opened.
/// - Limits: 65,536 entry arrays (a real file has some dozen: each is twice as long as the last).
final class JournalFile: Sendable {
  /// A stretch of the file's list of entries.
  private struct EntryArray: Sendable {
    /// The number of its first entry.
    let first: Int
    let count: Int
    /// Where its items begin.
    let start: Int
  }

  private static let arrayLimit = 65_536
  private static let arrayHead = 24

  let map: MappedFile
  let header: JournalHeader
  let name: String
  /// How many entries the arrays list.
  let entryCount: Int
  /// The arrays end before they have listed what the header counts.
  let lacksEntries: Bool
  private let arrays: [EntryArray]

  init(_ path: FilePath) throws(ReadProblem) {
    let mapped: MappedFile
    do throws(SystemError) {
      mapped = try MappedFile(path)
    } catch {
      throw ReadProblem(opening: path, error)
    }
    map = mapped
    name = path.text
    do throws(JournalRefusal) {
      (header, arrays) = try Self.look(mapped)
    } catch {
      let isUnknown = if case .unknownFeatures = error { true } else { false }
      throw ReadProblem(isUnknown ? .unknown : .corrupt, file: path.text, reason: error.text)
    }
    entryCount = arrays.last.map { $0.first + $0.count } ?? 0
    lacksEntries = UInt64(entryCount) < header.entryCount
  }

  private static func look(
    _ map: MappedFile
  ) throws(JournalRefusal) -> (JournalHeader, [EntryArray]) {
    let file = map.span
    let header = try JournalHeader(file)
    return (header, arrays(file, header))
  }

  private static func arrays(_ file: Span<UInt8>, _ header: JournalHeader) -> [EntryArray] {
    var arrays: [EntryArray] = []
    var offset = header.firstEntryArray
    var last: UInt64 = 0
    var listed = 0
    let width = header.isCompact ? 4 : 8
    while offset > last, arrays.count < arrayLimit,
      let object = JournalObject(file, header, at: offset, .entryArray),
      UInt64(listed) < header.entryCount, object.size >= arrayHead
    {
      let room = (object.size - arrayHead) / width
      let count = Int(min(UInt64(room), header.entryCount - UInt64(listed)))
      if count > 0 {
        arrays.append(EntryArray(first: listed, count: count, start: object.start + arrayHead))
      }
      listed += count
      last = offset
      offset = file.word(at: object.start + 16)
    }
    return arrays
  }

  /// The offset of an entry by its number; `hint` remembers which array had the last one.
  func entryOffset(_ number: Int, hint: inout Int) -> UInt64 {
    if !(arrays.indices.contains(hint) && holds(number, hint)) {
      var low = 0
      var high = arrays.count - 1
      while low < high {
        let middle = (low + high + 1) / 2
        if arrays[middle].first <= number { low = middle } else { high = middle - 1 }
      }
      hint = low
    }
    let array = arrays[hint]
    let place = number - array.first
    let map = map
    let file = map.span
    return header.isCompact
      ? UInt64(file.shortWord(at: array.start + 4 * place))
      : file.word(at: array.start + 8 * place)
  }

  private func holds(_ number: Int, _ array: Int) -> Bool {
    number >= arrays[array].first && number < arrays[array].first + arrays[array].count
  }

  /// The entry at an offset; nil where there is none.
  func entry(at offset: UInt64) -> JournalEntryObject? { JournalEntryObject(self, at: offset) }
}

/// An object of a journal file: where it begins and how long it is, its head of 16 bytes included.
struct JournalObject {
  enum Kind: UInt8 {
    case data = 1
    case entry = 3
    case entryArray = 6
  }

  let start: Int
  let size: Int
  /// How a data object's content is compressed.
  let flags: UInt8

  private static let head: UInt64 = 16

  /// The object at an offset, if it is of this kind and lies within the file.
  @inline(__always)
  init?(_ file: Span<UInt8>, _ header: JournalHeader, at offset: UInt64, _ kind: Kind) {
    let length = UInt64(file.count)
    guard offset >= header.objectsStart, offset & 7 == 0, offset <= length,
      length - offset >= Self.head
    else { return nil }
    let start = Int(offset)
    guard file[start] == kind.rawValue else { return nil }
    let size = file.word(at: start + 8)
    guard size >= Self.head, size <= length - offset else { return nil }
    self.start = start
    self.size = Int(size)
    flags = file[start + 1]
  }
}

/// An entry of a journal file: its place and its list of data objects.
struct JournalEntryObject {
  let location: JournalLocation
  /// Behind its last byte.
  let end: UInt64
  let itemStart: Int
  let itemCount: Int

  private static let head = 64
  /// systemd itself takes no entry of over 1,024 fields.
  private static let itemLimit = 4096

  init?(_ journal: JournalFile, at offset: UInt64) {
    let map = journal.map
    let file = map.span
    guard let object = JournalObject(file, journal.header, at: offset, .entry),
      object.size >= Self.head
    else { return nil }
    let start = object.start
    location = JournalLocation(
      seqnumID: journal.header.seqnumID, seqnum: file.word(at: start + 16),
      boot: JournalID(file, at: start + 40), monotonic: file.word(at: start + 32),
      realtime: file.word(at: start + 24), hash: file.word(at: start + 56))
    end = offset + UInt64(object.size)
    itemStart = start + Self.head
    itemCount = min(
      (object.size - Self.head) / (journal.header.isCompact ? 4 : 16), Self.itemLimit)
  }

  /// The offset of a data object.
  @inline(__always)
  func item(_ index: Int, _ file: Span<UInt8>, isCompact: Bool) -> UInt64 {
    isCompact
      ? UInt64(file.shortWord(at: itemStart + 4 * index))
      : file.word(at: itemStart + 16 * index)
  }
}
