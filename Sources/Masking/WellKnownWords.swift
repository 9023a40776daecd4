internal import Bytes

/// Words whose digits are part of their name: they stay literal, since they tell messages apart.
struct WellKnownWords {
  private static let words = [
    "ipv4", "ipv6", "ip4", "ip6", "inet6", "sha1", "sha224", "sha256", "sha384", "sha512", "md5",
    "crc32", "base64", "utf8", "utf-8", "utf-16", "utf16", "utf-32", "iso-8859-1", "latin1",
    "http/1.0", "http/1.1", "http/2", "http/2.0", "http/3", "http2", "http3", "h2", "h2c", "h3",
    "x86", "x86_64", "x64", "amd64", "arm64", "aarch64", "i386", "i686", "ppc64", "ppc64le",
    "win32", "win64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float32", "float64", "i32", "i64", "u32", "u64", "f32", "f64", "l1", "l2", "l3", "layer2",
    "layer3", "p2p", "b2b", "s3", "ec2", "k8s", "k3s", "oauth2", "tls1", "tlsv1", "tlsv1.0",
    "tlsv1.1", "tlsv1.2", "tlsv1.3", "sslv2", "sslv3", "ssh2", "ssh1", "smbv1", "smb2", "smb3",
    "nfs3", "nfs4", "nfsv3", "nfsv4", "ext2", "ext3", "ext4", "btrfs2", "raid0", "raid1", "raid5",
    "raid6", "raid10", "log4j", "log4j2", "slf4j", "python2", "python3", "lua5", "php7", "php8",
    "java8", "mp3", "mp4", "h264", "h265", "rfc3164", "rfc5424", "rc4", "aes128", "aes256",
    "bzip2", "bz2", "lz4", "7z", "usb2", "usb3", "802.11", "socks4", "socks5", "dhcpv4", "dhcpv6",
    "dhcp6", "icmp6", "icmpv6", "igmpv2", "igmpv3", "snmpv2", "snmpv3", "ikev1", "ikev2", "pkcs7",
    "pkcs8", "pkcs11", "pkcs12", "x509", "x.509", "ed25519", "secp256r1", "hs256", "rs256",
    "es256", "i2c", "ps2", "vt100", "cp1252", "ascii7", "d3d11", "d3d12", "sse2", "sse4", "avx2",
    "avx512", "neo4j", "v4", "v6", "level1", "level2", "u2f", "fido2", "2fa", "mfa2", "3des",
  ]

  /// Longest word, in bytes.
  static let longest = 10

  private let slots: [UInt64]
  private let lengths: [UInt8]
  /// For each length the lower six bits of the words' first bytes, as bits: most words are refused by them.
  private let leads: [UInt64]

  init() {
    var leads = [UInt64](repeating: 0, count: Self.longest + 1)
    var slots = [UInt64](repeating: 0, count: 1024)
    var lengths = [UInt8](repeating: 0, count: 1024)
    for word in Self.words {
      let bytes = Array(word.utf8)
      let key = Self.key(bytes.span, 0, bytes.count)
      var at = Self.place(key)
      while slots[at] != 0 { at = (at + 1) & 1023 }
      slots[at] = key
      lengths[at] = UInt8(bytes.count)
      leads[bytes.count] |= Self.lead(bytes[0])
    }
    self.leads = leads
    self.slots = slots
    self.lengths = lengths
  }

  /// Whether the bytes of `start ..< end`, in any case, are such a word.
  func holds(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let length = end - start
    guard length >= 2, length <= Self.longest, leads[length] & Self.lead(text[start]) != 0
    else { return false }
    let key = Self.key(text, start, end)
    var at = Self.place(key)
    while slots[at] != 0 {
      if slots[at] == key, Int(lengths[at]) == length { return true }
      at = (at &+ 1) & 1023
    }
    return false
  }

  /// The same bit for both cases of a letter.
  private static func lead(_ byte: UInt8) -> UInt64 { 1 &<< UInt64((byte | 0x20) & 63) }

  /// The bytes in lower case, packed into a number: 6 bits kept of each, exact for letters, digits and
  /// the few signs in use, up to ten of them.
  private static func key(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var key: UInt64 = 0
    let codes = codes
    for index in start..<end { key = key &<< 6 | UInt64(codes[text[index]]) }
    return key
  }

  private static let codes = ByteTable { byte in
    switch byte {
    case 0x61...0x7a: byte - 0x60
    case 0x41...0x5a: byte - 0x40
    case 0x30...0x39: byte - 0x30 + 27
    case 0x2e: 37
    case 0x2d: 38
    case 0x5f: 39
    case 0x2f: 40
    default: 63
    }
  }

  private static func place(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 54)
  }
}
