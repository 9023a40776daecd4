internal import Bytes
package import Model
internal import PatternMatching

/// The compiled file of a folder of packs: a cache of what `PackLibrary` makes of them.
///
/// Layout: the magic, the key, the stamp, the hash of the rest, the rest (`PackTables` as flat tables). The
/// key is a hash over the name and content of every file of all sources in their order, the build of the
/// program and the version of PCRE2; the stamp one over their names, inodes, sizes and times instead of their
/// content (`PackStamp`). A file that has neither this key nor this stamp, whose hash is another, or whose
/// tables don't fit together, is not used, and the packs are read as they are written: it can make a start
/// faster and nothing else.
///
/// A start takes 9.7 ms by the stamp of 125 files, 10.7 by their content, and 100 without a compiled file.
package struct CompiledPacks {
  static let fileName = ".compiled"
  private static let magic = Array("taffrail packs 2\n".utf8)

  /// Bytes before the tables.
  static let headCount = magic.count + 48

  private let path: String
  private let key: StableHash

  /// Nil where there is no place for such a file: the first source is no folder, or the program does not
  /// know which build it is.
  init?(_ files: [SourceFiles]) {
    guard let folder = files.first?.folder, let build = BuildIdentity.current() else { return nil }
    path = "\(folder)/\(Self.fileName)"
    key = Self.key(files, build)
  }

  /// Compiles packs, checked as ever, and writes the file beside them; its path, and how many patterns.
  package static func write(
    _ sources: [PackSource]
  ) throws(ConfigurationError) -> (path: String, patterns: Int) {
    // Before they are read: what is touched in between is not taken for what was compiled.
    let stamp = PackStamp.of(sources) ?? PackStamp.none
    let files = try SourceFiles.read(sources)
    guard let compiled = CompiledPacks(files) else {
      throw ConfigurationError(
        file: "", problem: "only a folder of packs can be compiled",
        hint: "name a folder by --patterns, or none for the built-in packs")
    }
    var names = FieldNames()
    let tables = try PackLibrary(files, names: &names, verification: .samples).tables
    let bytes = bytes(of: tables, names, key: compiled.key, stamp: stamp)
    guard case .written = FileReplacement.replace(compiled.path, with: bytes.span) else {
      throw ConfigurationError(file: compiled.path, problem: "can't be written")
    }
    return (compiled.path, tables.count)
  }

  static func bytes(
    of tables: PackTables, _ names: FieldNames, key: StableHash,
    stamp: StableHash = PackStamp.none
  ) -> [UInt8] {
    var body = TableWriter()
    tables.write(to: &body, names)
    var out = ByteWriter(reserving: body.out.bytes.count + 64)
    out.write(contentsOf: magic)
    write(key, to: &out)
    write(stamp, to: &out)
    write(StableHash(body.out.bytes.span), to: &out)
    out.write(contentsOf: body.out.bytes)
    return out.bytes
  }

  /// The tables, if the file is there and fits; `names` is changed only then.
  func read(names: inout FieldNames) -> PackTables? {
    guard let bytes = try? WholeFile.read(path, limit: 64 << 20) else { return nil }
    return Self.tables(bytes, key: key, names: &names)
  }

  static func tables(
    _ bytes: [UInt8], key: StableHash, names: inout FieldNames
  ) -> PackTables? {
    guard bytes.count >= headCount, bytes.starts(with: magic), hash(bytes, magic.count) == key
    else { return nil }
    return tables(bytes, &names)
  }

  /// The tables, if a compiled file is there whose packs have not been touched since; nothing else is read.
  static func untouched(_ sources: [PackSource], names: inout FieldNames) -> PackTables? {
    guard case .path(let first)? = sources.first, let folder = SourceFiles.folder(first),
      let stamp = PackStamp.of(sources),
      let bytes = try? WholeFile.read("\(folder)/\(fileName)", limit: 64 << 20),
      bytes.count >= headCount, bytes.starts(with: magic),
      hash(bytes, magic.count + 16) == stamp
    else { return nil }
    return tables(bytes, &names)
  }

  private static func tables(_ bytes: [UInt8], _ names: inout FieldNames) -> PackTables? {
    let body = headCount
    guard hash(bytes, magic.count + 32) == StableHash(bytes.span.extracting(body...)) else {
      return nil
    }
    var reader = TableReader(bytes, from: body)
    return PackTables.read(&reader, names: &names)
  }

  private static func key(_ files: [SourceFiles], _ build: [UInt8]) -> StableHash {
    var state = StableHash.Absorber()
    var count = 0
    func absorb(_ bytes: [UInt8]) {
      let hash = StableHash(bytes.span)
      state.absorb(hash.high)
      state.absorb(hash.low)
      count += 1
    }
    absorb(build)
    absorb(Array(Pattern.engineVersion.utf8))
    for source in files {
      absorb(Array("source".utf8))
      for file in source.all {
        absorb(Array(file.name.utf8))
        absorb(file.bytes)
      }
    }
    return state.finish(length: count)
  }

  private static func write(_ hash: StableHash, to out: inout ByteWriter) {
    for lane in [hash.high, hash.low] {
      for shift in stride(from: 0, to: 64, by: 8) {
        out.write(UInt8(truncatingIfNeeded: lane >> UInt64(shift)))
      }
    }
  }

  private static func hash(_ bytes: [UInt8], _ at: Int) -> StableHash {
    StableHash(high: bytes.span.word(at: at), low: bytes.span.word(at: at + 8))
  }
}
