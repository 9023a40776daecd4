import Foundation
import Model
import Testing

@testable import Store

/// The state's file: what is written comes back, and what can't be used is told with its path.
@Suite struct StateStoreTests {
  private final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "taffrail-state-\(UUID().uuidString)"
    ).path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/taffrail.db" }
  }

  private static var sample: KeptState {
    var state = KeptState()
    state.learned = 29_000_000...29_000_100
    state.names = [Array("nginx".utf8), [0xff, 0x00, 0x41]]
    state.parts = ["counts": [1, 2, 3], "nothing": []]
    state.baselines = [
      KeptState.Baseline(kind: "service", name: Array("nginx".utf8), bytes: [9, 8]),
      KeptState.Baseline(kind: "errors", name: [], bytes: [7]),
    ]
    state.shapes = [
      KeptState.Shape(
        text: Array("a <num>\nb".utf8), kind: .exception, group: "00ff", template: [0x61],
        bytes: [])
    ]
    return state
  }

  private func reason(_ folder: Folder, _ access: StateStore.Access = .writes) -> StateError.Reason?
  {
    do throws(StateError) {
      _ = try StateStore(folder: folder.path, access).read()
      return nil
    } catch {
      return error.path.hasPrefix(folder.path) ? error.reason : nil
    }
  }

  @Test func whatIsWrittenComesBack() throws {
    let folder = Folder()
    let store = try StateStore(folder: folder.path + "/in/side", .writes)
    #expect(try store.read() == KeptState())
    try store.write(Self.sample)
    #expect(try store.read() == Self.sample)
    try store.write(KeptState())
    #expect(try store.read() == KeptState())
    try store.write(Self.sample)
    // Beside a run that has it.
    let reader = try StateStore(folder: folder.path + "/in/side", .reads)
    #expect(try reader.read() == Self.sample)
    #expect(try reader.findDamage() == [])
  }

  @Test func oneRunAtATime() throws {
    let folder = Folder()
    do {
      let store = try StateStore(folder: folder.path, .writes)
      #expect(reason(folder) == .inUse)
      _ = store.path
    }
    #expect(reason(folder) == nil)
  }

  @Test func whatIsNoStateIsToldWithItsPath() throws {
    let missing = Folder()
    #expect(reason(missing, .reads) == .missing)
    let foreign = Folder()
    try StateStore(folder: foreign.path, .writes).write(Self.sample)
    try SQLiteDatabase(foreign.file, .writes).run("PRAGMA application_id = 7")
    #expect(reason(foreign) == .foreign)
    let newer = Folder()
    try StateStore(folder: newer.path, .writes).write(Self.sample)
    try SQLiteDatabase(newer.file, .writes).run("PRAGMA user_version = 12")
    #expect(reason(newer) == .newer(12))
    let text = Folder()
    try FileManager.default.createDirectory(
      atPath: text.path, withIntermediateDirectories: true)
    try Data("no database at all, but long enough to be looked at".utf8).write(
      to: URL(filePath: text.file))
    guard case .damaged = reason(text) else {
      Issue.record("text was taken for a state")
      return
    }
    let file = Folder()
    try Data().write(to: URL(filePath: file.path))
    guard case .closed = reason(file) else {
      Issue.record("a file was taken for a folder")
      return
    }
  }

  /// Bytes of the file are overwritten at random: it is read, or told to be damaged, and nothing traps.
  /// A file that was made and never written, and one that is no file, are told at once.
  @Test func whatIsEmptyOrNoFileIsTold() throws {
    let folder = Folder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: folder.file))
    #expect(reason(folder, .reads) == .missing)
    #expect(reason(folder) == nil)
    let pipe = Folder()
    try FileManager.default.createDirectory(atPath: pipe.path, withIntermediateDirectories: true)
    let made = unsafe mkfifo(pipe.file, 0o600)
    #expect(made == 0)
    #expect(reason(pipe, .reads) == .closed("it is no regular file"))
  }

  /// What a hostile file says of itself: a view without end in a table's place, a time that no clock tells.
  @Test(arguments: [
    """
    DROP TABLE names; CREATE VIEW names AS WITH RECURSIVE c(x) AS
    (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS position, 'a' AS name FROM c
    """,
    "DROP TABLE parts",
    "UPDATE learned SET first = 9223372036854775806, last = 9223372036854775807",
    "UPDATE learned SET first = last + 1",
  ])
  func aHostileFileIsDamaged(_ statements: String) throws {
    let folder = Folder()
    try StateStore(folder: folder.path, .writes).write(Self.sample)
    try SQLiteDatabase(folder.file, .writes).run(statements)
    for access in [StateStore.Access.reads, .writes] {
      guard case .damaged = reason(folder, access) else {
        Issue.record("\(String(describing: reason(folder, access)))")
        return
      }
    }
  }

  /// Nothing can be made beside the file, as by a user who may only look: it is read as it is.
  @Test func aFileAloneIsReadAsItIs() throws {
    let folder = Folder()
    try StateStore(folder: folder.path + "/a?b#%", .writes).write(Self.sample)
    let alone = try SQLiteDatabase(folder.path + "/a?b#%/taffrail.db", .readsAlone)
    #expect(try alone.number("SELECT count(*) FROM names") == Self.sample.names.count)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/a?b#%/taffrail.db-shm"))
  }

  @Test func aDamagedFileIsToldOrRead() throws {
    var random = SystemRandomNumberGenerator()
    let seed = random.next()
    print("seed \(seed)")
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let folder = Folder()
    var sample = Self.sample
    for number in 0..<300 {
      sample.baselines.append(
        KeptState.Baseline(
          kind: "group", name: Array("\(number)".utf8),
          bytes: Array(repeating: UInt8(number & 0xff), count: 500)))
    }
    try StateStore(folder: folder.path, .writes).write(sample)
    let whole = try Data(contentsOf: URL(filePath: folder.file))
    var told = 0
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<20 { bytes[next(bytes.count)] = UInt8(next(256)) }
      try bytes.write(to: URL(filePath: folder.file))
      if reason(folder) != nil { told += 1 }
    }
    #expect(told > 0)
  }
}
