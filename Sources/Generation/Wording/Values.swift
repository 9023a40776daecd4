/// Values that need nothing but random numbers.
extension Wording {
  mutating func value(_ parameter: Parameter, _ buffer: inout FrameBuffer) {
    switch parameter {
    case .ip:
      buffer.append("10.20.")
      buffer.decimal(random.below(8))
      buffer.append(0x2e)
      buffer.decimal(1 + random.below(254))
    case .port: buffer.decimal(random.within(1024...65_535))
    case .small: buffer.decimal(1 + random.below(16))
    case .num: buffer.decimal(1 + random.below(999))
    case .big: buffer.decimal(random.within(1000...99_999))
    case .id: buffer.decimal(random.within(1_000_000...2_000_000_000))
    case .pct: buffer.decimal(random.below(101))
    case .ms: buffer.decimal(1 + min(random.below(900), random.below(900)))
    case .slowms: buffer.decimal(random.within(1000...30_000))
    case .sec: buffer.decimal(random.within(1...600))
    case .us: buffer.decimal(20 + min(random.below(5000), random.below(5000)))
    case .bytes, .inode: buffer.decimal(random.within(100...9_999_999))
    case .cpu: buffer.decimal(random.below(32))
    case .float: fixed(random.below(9999), 3, &buffer)
    case .dur:
      fixed(1 + min(random.below(400_000), random.below(400_000)), 3, &buffer)
      buffer.append("ms")
    case .size:
      fixed(random.within(10...9999), 1, &buffer)
      buffer.append(random.chance(0.6) ? "MiB" : "GiB")
    case .price: fixed(random.within(1000...999_999), 2, &buffer)
    case .qty: buffer.decimal(random.within(1...200) * 10)
    case .hex4: buffer.hex(random.next(), digits: 4)
    case .hex8, .session: buffer.hex(random.next(), digits: 8)
    case .hex12: buffer.hex(random.next(), digits: 12)
    case .hex16: buffer.hex(random.next(), digits: 16)
    case .hex32: hex(32, &buffer)
    case .hex64: hex(64, &buffer)
    case .uuid: uuid(&buffer)
    case .mac:
      for index in 0..<6 {
        if index > 0 { buffer.append(0x3a) }
        buffer.hex(random.next(), digits: 2)
      }
    case .exec:
      buffer.append("EX")
      buffer.decimal(random.within(1_000_000_000...9_999_999_999))
    case .account:
      buffer.append("ACC-")
      buffer.decimal(random.within(10_000...10_499))
    case .txid:
      buffer.append("TX-")
      buffer.hex(random.next(), digits: 10)
    case .b64: base64(43, &buffer)
    default: words.word(of: parameter.ordinal, &random, into: &buffer)
    }
  }

  mutating func publicAddress(_ buffer: inout FrameBuffer) {
    buffer.decimal(random.within(11...223))
    for _ in 0..<3 {
      buffer.append(0x2e)
      buffer.decimal(random.below(255))
    }
  }

  func dotted(_ major: Int, _ minor: Int, _ patch: Int, _ buffer: inout FrameBuffer) {
    buffer.decimal(major)
    buffer.append(0x2e)
    buffer.decimal(minor)
    buffer.append(0x2e)
    buffer.decimal(patch)
  }

  /// `value` with its last `digits` behind the point.
  func fixed(_ value: Int, _ digits: Int, _ buffer: inout FrameBuffer) {
    let unit = digits == 1 ? 10 : digits == 2 ? 100 : 1000
    buffer.decimal(value / unit)
    buffer.append(0x2e)
    buffer.decimal(value % unit, digits: digits)
  }

  private mutating func hex(_ digits: Int, _ buffer: inout FrameBuffer) {
    var left = digits
    while left > 0 {
      buffer.hex(random.next(), digits: min(left, 16))
      left -= 16
    }
  }

  /// Of version 4 (RFC 9562 section 5.4).
  private mutating func uuid(_ buffer: inout FrameBuffer) {
    let high = random.next()
    let low = random.next()
    buffer.hex(high >> 32, digits: 8)
    buffer.append(0x2d)
    buffer.hex(high >> 16, digits: 4)
    buffer.append("-4")
    buffer.hex(high, digits: 3)
    buffer.append(0x2d)
    buffer.hex(0x8000 | (low >> 48 & 0x3fff), digits: 4)
    buffer.append(0x2d)
    buffer.hex(low, digits: 12)
  }

  private mutating func base64(_ count: Int, _ buffer: inout FrameBuffer) {
    var word: UInt64 = 0
    for index in 0..<count {
      if index % 10 == 0 { word = random.next() }
      let six = UInt8(word & 63)
      word >>= 6
      switch six {
      case 0..<26: buffer.append(0x41 + six)
      case 26..<52: buffer.append(0x61 + six - 26)
      case 52..<62: buffer.append(0x30 + six - 52)
      case 62: buffer.append(0x2b)
      default: buffer.append(0x2f)
      }
    }
  }
}
