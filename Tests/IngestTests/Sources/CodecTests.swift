import Bytes
import Ingest
import Testing

@Suite struct CodecTests {
  static let text = bytes((0..<9000).map { "entry \($0) of \($0 &* 7919 % 1000)\n" }.joined())

  static let programs: [(program: String, extension: String)] = [
    ("gzip", "gz"), ("zstd", "zst"), ("xz", "xz"), ("bzip2", "bz2"), ("lz4", "lz4"),
  ]

  /// The text compressed by the system's own program; nil, and a word, where there is none.
  func packed(_ index: Int, _ folder: TemporaryFolder) throws -> [UInt8]? {
    let (program, suffix) = Self.programs[index]
    try folder.write("x.log", Self.text)
    let output = program == "lz4" ? ["x.log.lz4"] : []
    guard try folder.run(program, ["-q", "x.log"] + output)
    else {
      print("skipped: no program \(program)")
      return nil
    }
    return try folder.read("x.log.\(suffix)")
  }

  @Test(arguments: 0..<5)
  func compressedFilesAreDecoded(_ index: Int) throws {
    let folder = try TemporaryFolder()
    guard let packed = try packed(index, folder) else { return }
    let plain = Reading(Self.text, chunk: .max)
    for chunk in [1, 7, 4096, Int.max] {
      #expect(Reading(packed, chunk: chunk) == plain, "chunk \(chunk)")
    }
    #expect(Reading(packed + packed, chunk: 4096).texts == plain.texts + plain.texts)
  }

  @Test(arguments: 0..<5)
  func whatIsReadableOfATornFileIsDelivered(_ index: Int) throws {
    let folder = try TemporaryFolder()
    guard let packed = try packed(index, folder) else { return }
    let plain = Reading(Self.text, chunk: .max)
    let torn = Reading(Array(packed.dropLast(9)), chunk: 4096)
    #expect(torn.problems.map(\.kind) == [.truncated])
    #expect(torn.problems.map(\.file) == ["test"])
    let whole = torn.texts.dropLast()
    #expect(whole.elementsEqual(plain.texts.prefix(whole.count)))
    if index != 3 { #expect(whole.count > 4000) }
  }

  @Test(arguments: 0..<5)
  func damageIsAProblemAndNoCrash(_ index: Int) throws {
    let folder = try TemporaryFolder()
    guard let packed = try packed(index, folder) else { return }
    let seed: UInt64 = 11
    var random = SeededBytes(seed)
    for round in 0..<40 {
      var damaged = packed
      for _ in 0..<3 {
        damaged[6 + Int(random.next() % UInt64(packed.count - 6))] ^= UInt8(random.next() & 255)
      }
      let reading = Reading(damaged, chunk: 1000)
      #expect(reading.problems.count <= 1, "seed \(seed), round \(round)")
    }
  }

  @Test func aHeaderAloneIsTorn() {
    let reading = Reading([0x1f, 0x8b, 0x08], chunk: 1)
    #expect(reading.frames.isEmpty)
    #expect(reading.problems.map(\.kind) == [.truncated])
  }

  @Test func bytesThatOnlyBeginAlikeAreText() {
    #expect(Reading(bytes("BZ"), chunk: 1).texts == ["BZ"])
    #expect(Reading(bytes("BZx\n(\n"), chunk: 1).texts == ["BZx", "("])
  }

  @Test(arguments: 0..<4)
  func damageOfALaterMemberIsToldFromPadding(_ index: Int) throws {
    let folder = try TemporaryFolder()
    guard let packed = try packed(index, folder) else { return }
    let plain = Reading(Self.text, chunk: .max)
    var second = packed
    for at in 4..<40 { second[at] ^= 0x5a }
    let damaged = Reading(packed + second, chunk: 4096)
    #expect(damaged.texts.starts(with: plain.texts))
    #expect(damaged.problems.count == 1)
    let padded = Reading(packed + [0, 0, 0, 0] + packed + bytes("rubbish"), chunk: 3)
    #expect(padded.texts == plain.texts + plain.texts)
    #expect(padded.problems.isEmpty)
  }

  @Test(arguments: ["-B4", "-B4 -BD", "-B7", "-B4 -BX -BD --content-size"], [3, 4096])
  func aTornBlockOfLz4IsDecodedAsFarAsItGoes(_ flags: String, _ chunk: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("x.log", Self.text)
    let words = flags.split(separator: " ").map(String.init)
    guard try folder.run("lz4", ["-q"] + words + ["x.log", "x.lz4"]) else {
      print("skipped: no program lz4")
      return
    }
    let packed = try folder.read("x.lz4")
    let plain = Reading(Self.text, chunk: .max)
    for share in [3, 5, 9] {
      let torn = Reading(Array(packed.prefix(packed.count * share / 10)), chunk: chunk)
      #expect(torn.problems.map(\.kind) == [.truncated])
      let whole = torn.texts.dropLast()
      #expect(whole.elementsEqual(plain.texts.prefix(whole.count)))
      #expect(whole.count > 900 * share - 900)
    }
  }

  @Test(arguments: 0..<5)
  func whatStandsBehindCompressedDataIsCounted(_ index: Int) throws {
    let folder = try TemporaryFolder()
    guard let packed = try packed(index, folder) else { return }
    for chunk in [1, 4096] {
      let reader = BatchReader(
        ChunkedBytes(packed + [0, 0] + bytes("rubbish, not a member"), size: chunk), name: "x")
      #expect(Reading(reader) == Reading(Self.text, chunk: .max))
      #expect(reader.trailedFiles == 1 && reader.trailingBytes == 21)
    }
  }

  @Test func rubbishBehindAMemberIsPassedOver() throws {
    let folder = try TemporaryFolder()
    guard let packed = try packed(0, folder) else { return }
    let reading = Reading(packed + [UInt8](repeating: 0, count: 600), chunk: 4096)
    #expect(reading == Reading(Self.text, chunk: .max))
  }
}
