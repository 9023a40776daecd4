/// What a value that is kept over restarts does: it walks over its own fields, once for writing and for reading.
///
/// Read bytes may be anything: a field outside its range breaks the reading, and what was read is thrown away as a whole.
package protocol Kept {
  init()
  mutating func carry(_ bytes: inout KeptBytes)
}

/// The bytes of kept values: either written field by field, or read in the same order.
///
/// Whole numbers are LEB128, signed ones folded (zigzag); numbers with a fraction are the IEEE bits, lowest byte first. Behind the
/// first field that is not there, or not in its range, it is broken, and fields stay as they are.
package struct KeptBytes: ~Copyable {
  private enum Direction { case writes, reads }

  private let direction: Direction
  private var output: ByteBuffer
  private let input: [UInt8]
  private var cursor = ByteCursor()
  private var isOutside = false

  /// To write into.
  package init() {
    direction = .writes
    output = ByteBuffer(capacity: 256)
    input = []
  }

  /// To read.
  package init(_ bytes: [UInt8]) {
    direction = .reads
    output = ByteBuffer(capacity: 64)
    input = bytes
  }

  package var isReading: Bool { direction == .reads }
  package var isBroken: Bool { cursor.isBroken || isOutside }
  /// Whether all that was read made sense, and nothing is left.
  package var hasEnded: Bool { !isOutside && cursor.hasEnded(input.span) }
  /// What was written.
  package var written: [UInt8] {
    var bytes: [UInt8] = []
    bytes.replaceAll(with: output.span)
    return bytes
  }

  /// What was read makes no sense.
  package mutating func refuse() { isOutside = true }

  package mutating func carry<Number: FixedWidthInteger>(
    _ value: inout Number, in range: ClosedRange<Number>
  ) {
    if direction == .writes { return output.write(signed: Int64(clamping: value)) }
    let input = input
    let number = cursor.signed(input.span)
    guard !isBroken, let exact = Number(exactly: number), range.contains(exact) else {
      isOutside = true
      return
    }
    value = exact
  }

  /// A number of 64 bits that mean nothing as a whole.
  package mutating func carry(bits value: inout UInt64) {
    if direction == .writes { return output.write(number: value) }
    let input = input
    let number = cursor.number(input.span)
    if !isBroken { value = number }
  }

  package mutating func carry(_ value: inout Float, in range: ClosedRange<Float>) {
    var bits = UInt64(value.bitPattern)
    fixed(&bits, count: 4)
    let number = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
    if isReading { take(number, range.contains(number), &value) }
  }

  package mutating func carry(_ value: inout Double, in range: ClosedRange<Double>) {
    var bits = value.bitPattern
    fixed(&bits, count: 8)
    let number = Double(bitPattern: bits)
    if isReading { take(number, range.contains(number), &value) }
  }

  package mutating func carry(_ value: inout Bool) {
    var number: UInt8 = value ? 1 : 0
    carry(&number, in: 0...1)
    value = number == 1
  }

  package mutating func carry(_ value: inout some Kept) { value.carry(&self) }

  /// A value that may be missing.
  package mutating func carry<Value: Kept>(_ value: inout Value?) {
    var isThere = value != nil
    carry(&isThere)
    guard isThere, !isBroken else { return value = nil }
    var inner = value ?? Value()
    inner.carry(&self)
    value = inner
  }

  /// A list: how many, and each of them; `empty` gives what one is read into.
  package mutating func carryList<Element>(
    _ list: inout [Element], limit: Int, _ carry: (inout KeptBytes, inout Element) -> Void,
    empty: () -> Element
  ) {
    var count = list.count
    self.carry(&count, in: 0...limit)
    if isReading {
      list.removeAll()
      while list.count < count, !isBroken {
        var element = empty()
        carry(&self, &element)
        list.append(element)
      }
    } else {
      for index in list.indices { carry(&self, &list[index]) }
    }
  }

  package mutating func carry(text: inout [UInt8], limit: Int) {
    if direction == .writes { return output.write(counted: text.span) }
    let input = input
    let stretch = cursor.stretch(input.span)
    guard !isBroken, stretch.count <= limit else {
      isOutside = true
      return
    }
    text = Array(input[stretch])
  }

  private mutating func take<Number>(_ number: Number, _ isInside: Bool, _ value: inout Number) {
    guard isInside, !isBroken else {
      isOutside = true
      return
    }
    value = number
  }

  private mutating func fixed(_ bits: inout UInt64, count: Int) {
    if direction == .writes {
      for place in 0..<count { output.write(UInt8(truncatingIfNeeded: bits >> UInt64(8 * place))) }
      return
    }
    bits = 0
    let input = input
    for place in 0..<count { bits |= UInt64(cursor.byte(input.span)) << UInt64(8 * place) }
  }
}

/// Kept bytes behind a version and their hash, so that what was damaged or is of another version is told from what is well.
package enum Sealed {
  package static func write(version: UInt8, _ carry: (inout KeptBytes) -> Void) -> [UInt8] {
    var bytes = KeptBytes()
    carry(&bytes)
    let written = bytes.written
    var sealed: [UInt8] = [version]
    let hash = StableHash(written.span).high
    for place in 0..<8 { sealed.append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * place))) }
    return sealed + written
  }

  /// False where the bytes are damaged, of another version, or make no sense: what was read is to be thrown away then.
  package static func read(
    _ sealed: [UInt8], version: UInt8, _ carry: (inout KeptBytes) -> Void
  ) -> Bool {
    guard sealed.count >= 9, sealed[0] == version else { return false }
    let body = Array(sealed[9...])
    var hash: UInt64 = 0
    for place in 0..<8 { hash |= UInt64(sealed[1 + place]) << UInt64(8 * place) }
    guard StableHash(body.span).high == hash else { return false }
    var bytes = KeptBytes(body)
    carry(&bytes)
    return bytes.hasEnded
  }
}

extension Kept {
  package func sealed(version: UInt8) -> [UInt8] {
    var copy = self
    return Sealed.write(version: version) { copy.carry(&$0) }
  }

  /// - Returns: nil where the bytes are damaged, or of another version.
  package init?(sealed: [UInt8], version: UInt8) {
    self.init()
    var copy = self
    guard Sealed.read(sealed, version: version, { copy.carry(&$0) }) else { return nil }
    self = copy
  }

  /// - Returns: nil where a field is missing or outside its range, or bytes are left.
  package init?(unsealed body: [UInt8]) {
    self.init()
    var bytes = KeptBytes(body)
    carry(&bytes)
    guard bytes.hasEnded else { return nil }
  }
}
