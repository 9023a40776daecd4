/// Which build of the program runs, told by the id that the linker wrote into it (ELF note
/// NT_GNU_BUILD_ID): what one build has prepared, another one does not take.
package enum BuildIdentity {
  /// The id's bytes; nil where the program has none.
  package static func current() -> [UInt8]? {
    (try? WholeFile.start(of: "/proc/self/exe", count: 16 << 10)).flatMap { find(in: $0.span) }
  }

  /// Looks for the id in the first bytes of a 64-bit little-endian ELF file.
  package static func find(in file: Span<UInt8>) -> [UInt8]? {
    guard file.has("\u{7f}ELF\u{2}\u{1}", at: 0), file.count >= 64 else { return nil }
    let headers = number(file, 32, size: 8)
    let size = number(file, 54, size: 2)
    for index in 0..<number(file, 56, size: 2) {
      let at = headers + index * size
      // PT_NOTE is 4; its place and size stand 8 and 32 bytes in.
      guard size >= 56, at >= 0, at + 56 <= file.count else { return nil }
      guard number(file, at, size: 4) == 4 else { continue }
      let start = number(file, at + 8, size: 8)
      let end = start &+ number(file, at + 32, size: 8)
      guard start >= 0, end >= start, end <= file.count else { continue }
      if let id = note(in: file, start, end) { return id }
    }
    return nil
  }

  private static func note(in file: Span<UInt8>, _ start: Int, _ end: Int) -> [UInt8]? {
    var at = start
    while at + 12 <= end {
      let nameCount = number(file, at, size: 4)
      let count = number(file, at + 4, size: 4)
      let name = at + 12
      let text = name + (nameCount + 3) & ~3
      guard text >= name, count <= 64, text + count <= end else { return nil }
      if number(file, at + 8, size: 4) == 3, file.has("GNU\u{0}", at: name), count >= 8 {
        return (text..<(text + count)).map { file[$0] }
      }
      at = text + (count + 3) & ~3
    }
    return nil
  }

  private static func number(_ file: Span<UInt8>, _ at: Int, size: Int) -> Int {
    guard at >= 0, at + size <= file.count else { return 0 }
    var value: UInt64 = 0
    for index in (0..<size).reversed() { value = value << 8 | UInt64(file[at + index]) }
    // What is larger than the bytes at hand is refused by every caller's check of its bounds.
    return Int(min(value, UInt64(Int32.max)))
  }
}
