internal import Bytes

/// How a file is compressed, told by its first bytes.
///
/// Each is decoded with its own library rather than through libarchive, which gives up what it has decoded
/// of its last block (64 KiB) when a file breaks off.
enum Codec: CaseIterable, Equatable {
  case gzip, zstd, xz, bzip2, lz4

  enum Recognition: Equatable {
    case plain
    /// More bytes are needed.
    case open
    case codec(Codec)
  }

  var magic: [UInt8] {
    switch self {
    case .gzip: [0x1f, 0x8b]
    case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
    case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
    case .bzip2: [0x42, 0x5a, 0x68]
    case .lz4: [0x04, 0x22, 0x4d, 0x18]
    }
  }

  /// Whether a member may begin with this byte; Zstandard also has frames to be skipped.
  func mayBegin(with byte: UInt8) -> Bool {
    byte == magic[0] || self == .zstd && byte & 0xf0 == 0x50
  }

  static func recognise(_ bytes: Span<UInt8>) -> Recognition {
    for codec in allCases {
      let magic = codec.magic
      let seen = min(magic.count, bytes.count)
      var same = 0
      while same < seen, bytes[same] == magic[same] { same += 1 }
      if same == magic.count { return .codec(codec) }
      if same == bytes.count { return .open }
    }
    return .plain
  }

  /// The decoded bytes of a compressed source, of which `first` has been read.
  func decoded(
    _ source: any ByteSource, first: Arena, name: String
  ) throws(ReadProblem) -> any ByteSource {
    let decoder: (any Decompressor)?
    switch self {
    case .gzip: decoder = GzipDecompressor()
    case .zstd: decoder = ZstdDecompressor()
    case .xz: decoder = XzDecompressor()
    case .bzip2: decoder = Bzip2Decompressor()
    case .lz4: decoder = Lz4Decompressor()
    }
    guard let decoder else {
      throw ReadProblem(.failed, file: name, reason: "no memory to decompress it")
    }
    return CompressedSource(source, first: first, codec: self, decoder: decoder, name: name)
  }
}
