package import Bytes
internal import CSystemd
internal import Model

/// A journal read through libsystemd: to follow it, and for files that this version can't read itself.
///
/// The library is looked for when it is first wanted, so that nothing else depends on it. Entries come
/// out in the journal's export format, each whole in one batch.
/// - Limits: a field is cut at the line limit by the library.
@safe
package final class SystemJournal {
  /// What is to be opened.
  package enum Place: Equatable, Sendable {
    case machine
    case folder(FilePath)
    case files([FilePath])
  }

  private let calls: systemd_journal_calls
  private let journal: OpaquePointer
  private let name: String

  /// Whether this machine has the library.
  package static var isAvailable: Bool { unsafe systemd_journal_calls() != nil }

  package init(_ place: Place, fieldLimit: Int) throws(ReadProblem) {
    name = place.name
    guard let found = unsafe systemd_journal_calls() else {
      throw ReadProblem(.refused, file: name, reason: "libsystemd.so.0 is not on this machine")
    }
    unsafe calls = found.pointee
    var opened: OpaquePointer?
    let result = unsafe Self.open(place, calls, &opened)
    guard result >= 0, let opened = unsafe opened else {
      throw ReadProblem(.refused, file: name, reason: SystemError(number: -result).text)
    }
    unsafe journal = opened
    _ = unsafe calls.set_data_threshold(journal, fieldLimit)
  }

  deinit { unsafe calls.close(journal) }

  private static func open(
    _ place: Place, _ calls: systemd_journal_calls, _ journal: inout OpaquePointer?
  ) -> Int32 {
    switch place {
    case .machine:
      let localOnly: Int32 = 1
      return unsafe calls.open(&journal, localOnly)
    case .folder(let path):
      return unsafe path.lendCString { unsafe calls.open_directory(&journal, $0, 0) }
    case .files(let paths):
      return unsafe FilePath.lendCStrings(paths) { unsafe calls.open_files(&journal, $0, 0) }
    }
  }

  /// What can be waited for: something was written.
  var descriptor: Int32 { unsafe calls.get_descriptor(journal) }

  /// Takes note of what has happened to the files; to be called after a wait.
  func process() { _ = unsafe calls.process(journal) }

  /// Goes to where reading begins.
  func seek(_ start: JournalStart) {
    switch start {
    case .head: _ = unsafe calls.seek_head(journal)
    case .realtime(let time): _ = unsafe calls.seek_realtime(journal, time)
    case .at(let cursor): _ = unsafe calls.seek_cursor(journal, cursor.text)
    case .after(let cursor):
      _ = unsafe calls.seek_cursor(journal, cursor.text)
      after = cursor.text
    }
  }

  /// The entry that is passed over if it comes first.
  private var after: String?

  /// Goes to the next entry; false where there is none now.
  func next() throws(ReadProblem) -> Bool {
    while true {
      let result = unsafe calls.next(journal)
      if result < 0 {
        throw ReadProblem(.failed, file: name, reason: SystemError(number: -result).text)
      }
      guard result > 0 else { return false }
      guard let cursor = after else { return true }
      after = nil
      if unsafe calls.test_cursor(journal, cursor) <= 0 { return true }
    }
  }

  /// Appends the entry in export format; false where the arena is full, and then nothing is appended.
  func write(to arena: Arena) -> Bool {
    let start = arena.count
    let isWritten = writeHead(to: arena) && writeFields(to: arena) && arena.append(0x0a)
    if !isWritten { arena.truncate(to: start) }
    return isWritten
  }

  private func writeHead(to arena: Arena) -> Bool {
    var cursor: UnsafeMutablePointer<CChar>?
    guard unsafe calls.get_cursor(journal, &cursor) >= 0, let text = unsafe cursor else {
      return false
    }
    defer { unsafe free(text) }
    var realtime: UInt64 = 0
    var monotonic: UInt64 = 0
    var boot = sd_id128_t()
    _ = unsafe calls.get_realtime(journal, &realtime)
    _ = unsafe calls.get_monotonic(journal, &monotonic, &boot)
    let id = unsafe withUnsafeBytes(of: &boot) { raw in
      unsafe (
        raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
    return unsafe arena.append("__CURSOR=" + String(cString: text) + "\n__REALTIME_TIMESTAMP=")
      != nil
      && arena.append(decimal: realtime) && arena.append("\n__MONOTONIC_TIMESTAMP=") != nil
      && arena.append(decimal: monotonic) && arena.append("\n_BOOT_ID=") != nil
      && arena.append(hex: id.0.byteSwapped, minimumDigits: 16)
      && arena.append(hex: id.1.byteSwapped, minimumDigits: 16) && arena.append(0x0a)
  }

  private func writeFields(to arena: Arena) -> Bool {
    unsafe calls.restart_data(journal)
    var data: UnsafeRawPointer?
    var count = 0
    while unsafe calls.enumerate_data(journal, &data, &count) > 0 {
      guard let start = unsafe data else { continue }
      let field = unsafe Span<UInt8>(
        _unsafeElements: UnsafeRawBufferPointer(start: start, count: count).bindMemory(
          to: UInt8.self))
      guard let equals = field.firstIndex(of: 0x3d), !field.has("_BOOT_ID=", at: 0) else {
        continue
      }
      let value = field.extracting((equals + 1)...)
      let isWritten: Bool
      if value.scan(for: 0x0a) == nil {
        isWritten = arena.append(field) != nil && arena.append(0x0a)
      } else {
        isWritten =
          arena.append(field.extracting(..<equals)) != nil && arena.append(0x0a)
          && arena.append(word: UInt64(value.count)) && arena.append(value) != nil
          && arena.append(0x0a)
      }
      if !isWritten { return false }
    }
    return true
  }
}

extension SystemJournal.Place {
  var name: String {
    switch self {
    case .machine: "journal"
    case .folder(let path): path.text
    case .files(let paths): paths.first?.text ?? "journal"
    }
  }
}
