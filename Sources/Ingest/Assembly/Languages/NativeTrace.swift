import Bytes

/// C and C++: the sanitizers, Valgrind, glibc's and glog's backtraces, gdb, systemd-coredump.
enum NativeTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x2a:
      return text.has("*** Error in ", at: 0) || text.has("*** Aborted at ", at: 0)
        || text.has("*** SIG", at: 0) || text.has("*** stack smashing", at: 0)
        ? .opener(.native) : nil
    case 0x3d: return equals(text)
    case 0x41: return text.has("Aborted (core dumped)", at: 0) ? .weakPart : nil
    case 0x50:
      if text.has("PC: @ ", at: 0) { return .weakPart }
      if text.has("Program received signal ", at: 0) { return .opener(.native) }
      if text.has("Program terminated with signal ", at: 0) { return .opener(.native) }
      return text.has("Process ", at: 0) && text.has("dumped core.", at: text.count - 12)
        ? .opener(.native) : nil
    case 0x53:
      return text.has("Stack trace of thread ", at: 0) || text.has("SUMMARY: ", at: 0)
        ? .weakPart : nil
    case 0x57: return text.has("WARNING: ThreadSanitizer: ", at: 0) ? .opener(.native) : nil
    case 0x74: return text.has("terminate called ", at: 0) ? .opener(.native) : nil
    default: return nil
    }
  }

  /// `==123==ERROR: AddressSanitizer: …`, `==123== Invalid read of size 4`, `=>0x0c04…`.
  private static func equals(_ text: Span<UInt8>) -> TraceLine? {
    guard text.count > 4 else { return nil }
    if text[1] == 0x3e { return .weakPart }
    guard text[1] == 0x3d else { return nil }
    if text.has("======= ", at: 0) { return .weakPart }
    let end = text.digitsEnd(2)
    guard end > 2, text.has("==", at: end) else { return nil }
    if end + 3 >= text.count { return .weakPart }
    if text.has("==ABORTING", at: end) { return .weakPart }
    if text[end + 2] == 0x20, text[end + 3] == 0x20 { return .weakPart }
    return .opener(.native)
  }

  static func goesOn(_ line: Span<UInt8>, _ shape: TraceLine) -> Bool {
    if shape.role == .opener { return false }
    switch line[0] {
    case 0x2f, 0x2e: return line.has("[0x", at: line.scan(for: 0x5b) ?? line.count)
    case 0x30: return line.has("0x", at: 0) || line.find(0x2d, 4, 17) != nil
    case 0x31...0x39, 0x61...0x66:
      if line.find(0x2d, 4, 17) != nil, line.count > 40 { return true }  // a memory map
      if line.holds(0x09, at: line.digitsEnd(0)), line[0].isDigit { return true }
    case 0x41: return line.has("Address ", at: 0)
    case 0x44: return line.has("Direct leak of ", at: 0)
    case 0x45: return line.has("ELF object binary ", at: 0)
    case 0x49: return line.has("Indirect leak of ", at: 0)
    case 0x4d: return line.has("Module ", at: 0)
    case 0x52: return line.has("READ of size ", at: 0)
    case 0x53: return line.has("Shadow byte", at: 0)
    case 0x54: return line.has("Thread T", at: 0)
    case 0x57: return line.has("WRITE of size ", at: 0)
    default: break
    }
    if let close = line.find(0x29, 0, line.count), line.has(") at ", at: close),
      line[line.count - 1].isDigit
    {
      return true
    }
    return line.has("freed by thread ", at: 0) || line.has("previously allocated by ", at: 0)
      || line.has("allocated by thread ", at: 0)
  }
}
