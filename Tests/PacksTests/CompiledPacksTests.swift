import Bytes
import Foundation
import Model
import Testing

@testable import Packs

/// A compiled file gives what the packs give, or is not used.
@Suite struct CompiledPacksTests {
  private struct Loaded {
    let tables: PackTables
    let names: FieldNames
    let bytes: [UInt8]
    let key: StableHash
  }

  private static let key = StableHash(high: 1, low: 2)

  private func builtIn() throws -> Loaded {
    var names = FieldNames()
    let library = try PackLibrary(
      [.path(BuiltInPacksTests.folder)], names: &names, verification: .none)
    return Loaded(
      tables: library.tables, names: names,
      bytes: CompiledPacks.bytes(of: library.tables, names, key: Self.key), key: Self.key)
  }

  /// What a matcher makes of texts: pattern, severity, fields with their values.
  private func results(
    _ tables: PackTables, _ names: FieldNames, _ items: [TestEntry]
  ) -> [String] {
    var matcher = PackMatcher(tables)
    let batch = BatchMaker().make(items)
    matcher.process(batch)
    return batch.entries.map { entry in
      let id = entry.pattern > 0 ? tables.ids[Int(entry.pattern) - 1] : "-"
      let fields = batch.fields[entry.captureRange].map {
        "\(names[$0.name])=\(batch.arenas.text($0.value)):\($0.kind)"
      }
      return "\(id) \(entry.severity) \(entry.category) \(entry.outcome) \(fields)"
    }
  }

  @Test func everySampleOfEveryPackIsMatchedAlike() throws {
    let loaded = try builtIn()
    var names = FieldNames()
    let tables = try #require(
      CompiledPacks.tables(loaded.bytes, key: Self.key, names: &names))
    #expect(tables.ids == loaded.tables.ids)
    #expect(tables.scopes == loaded.tables.scopes)
    #expect(names.names == loaded.names.names)
    var all = FieldNames()
    let library = try PackLibrary(
      [.path(BuiltInPacksTests.folder)], names: &all, verification: .none)
    var items: [TestEntry] = []
    for pattern in library.patterns {
      let scope = library.scopes[pattern.scope]
      for sample in pattern.samples {
        items.append(
          TestEntry(
            sample.text, program: scope.programs.first ?? "", service: scope.units.first ?? "",
            format: scope.formats.first ?? .plain))
      }
    }
    let expected = results(loaded.tables, loaded.names, items)
    #expect(results(tables, names, items) == expected)
    #expect(expected.count { !$0.hasPrefix("- ") } > items.count / 2)
  }

  @Test func namesThatAreDeclaredAlreadyKeepTheirNumbers() throws {
    let loaded = try builtIn()
    var names = FieldNames()
    _ = names.declare("declared.before")
    let tables = try #require(
      CompiledPacks.tables(loaded.bytes, key: Self.key, names: &names))
    let item = TestEntry(
      "Accepted publickey for ann from 192.0.2.7 port 4242 ssh2", program: "sshd")
    #expect(results(tables, names, [item]) == results(loaded.tables, loaded.names, [item]))
  }

  @Test func anotherKeyIsNotTaken() throws {
    let loaded = try builtIn()
    var names = FieldNames()
    let other = StableHash(high: 1, low: 3)
    #expect(CompiledPacks.tables(loaded.bytes, key: other, names: &names) == nil)
    #expect(names.names == FieldNames().names)
  }

  @Test func everyCutAndManyFlippedBitsAreRefused() throws {
    let bytes = try builtIn().bytes
    var names = FieldNames()
    for count in stride(from: 0, to: bytes.count, by: 997) {
      #expect(
        CompiledPacks.tables(Array(bytes.prefix(count)), key: Self.key, names: &names) == nil)
    }
    #expect(CompiledPacks.tables(bytes + [0], key: Self.key, names: &names) == nil)
    for at in stride(from: 0, to: bytes.count, by: 1009) {
      var damaged = bytes
      damaged[at] ^= 1 << UInt8(at % 8)
      #expect(CompiledPacks.tables(damaged, key: Self.key, names: &names) == nil)
    }
  }

  /// Tables under a right hash that are wrong all the same must not crash a run.
  @Test func forgedTablesAreRefusedOrHarmless() throws {
    let bytes = try builtIn().bytes
    let head = CompiledPacks.headCount
    var state: UInt64 = 0x5eed_0006
    for _ in 0..<400 {
      var forged = Array(bytes[head...])
      for _ in 0..<3 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        forged[Int(state % UInt64(forged.count))] = UInt8(truncatingIfNeeded: state >> 32)
      }
      var names = FieldNames()
      var reader = TableReader(forged)
      guard let tables = PackTables.read(&reader, names: &names) else { continue }
      let items = [
        TestEntry("Failed password for root from 203.0.113.9 port 4242 ssh2", program: "sshd"),
        TestEntry("order filled", program: "x"),
      ]
      _ = results(tables, names, items)
    }
  }

  @Test func aRunTakesTheFileAndGoesOnWithoutIt() throws {
    let folder = try TemporaryFolder()
    let pack = "pack: a\npatterns:\n  - id: a.b\n    match: '^one'\n    samples: [{ text: one }]\n"
    try folder.write("a.yaml", pack)
    func ids() throws -> [String] {
      var names = FieldNames()
      return try PackTables.load([.path(folder.path)], names: &names).ids
    }
    let written = try CompiledPacks.write([.path(folder.path)])
    #expect(written.path == folder.path + "/.compiled")
    #expect(written.patterns == 1)
    #expect(try ids() == ["a.b"])
    // A pack that changed, one that came, and a file that is none of ours.
    try folder.write("a.yaml", pack.replacingOccurrences(of: "a.b", with: "a.c"))
    #expect(try ids() == ["a.c"])
    try folder.write(
      "b.yaml", "pack: b\npatterns:\n  - id: b.b\n    match: x\n    samples: [{ text: x }]\n")
    #expect(try ids() == ["a.c", "b.b"])
    try folder.write(".compiled", "not ours")
    #expect(try ids() == ["a.c", "b.b"])
  }

  @Test func whatHasNotBeenTouchedIsNotRead() throws {
    let folder = try TemporaryFolder()
    let pack = "pack: a\npatterns:\n  - id: a.b\n    match: '^one'\n    samples: [{ text: one }]\n"
    try folder.write("a.yaml", pack)
    let sources = [PackSource.path(folder.path)]
    var names = FieldNames()
    #expect(CompiledPacks.untouched(sources, names: &names) == nil)
    _ = try CompiledPacks.write(sources)
    #expect(CompiledPacks.untouched(sources, names: &names)?.ids == ["a.b"])
    // The same content, written anew: its key still fits, its stamp does not.
    try folder.write("a.yaml", pack)
    #expect(CompiledPacks.untouched(sources, names: &names) == nil)
    #expect(try PackTables.load(sources, names: &names).ids == ["a.b"])
    // One file more, and a text that is no file.
    _ = try CompiledPacks.write(sources)
    try folder.write("b.yaml", pack.replacingOccurrences(of: "a.b", with: "b.b"))
    #expect(CompiledPacks.untouched(sources, names: &names) == nil)
    let text = PackSource.pack(file: "c.yaml", text: pack)
    #expect(CompiledPacks.untouched(sources + [text], names: &names) == nil)
    #expect(CompiledPacks.untouched([], names: &names) == nil)
  }

  @Test func aMistakeIsToldWhileCompiling() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.yaml", "pack: a\npatterns:\n  - id: a.b\n    match: x\n    samples: [{ text: y }]\n")
    #expect(throws: ConfigurationError.self) { try CompiledPacks.write([.path(folder.path)]) }
  }
}
