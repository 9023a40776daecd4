import Bytes

/// Java, Kotlin, Scala and what else runs on a JVM: exceptions, thread dumps, reports of the JVM itself.
///
/// Exceptions are told by their names (`ExceptionName`), as those of .NET, JavaScript and others.
enum JavaTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x2e:  // `... 12 more`, `... 27 common frames omitted`
      return text.has("... ", at: 0) && text.count > 4 && text[4].isDigit ? .part : nil
    case 0x22: return nil
    case 0x23: return text.has("# A fatal error has been detected by", at: 0) ? .opener(.java) : nil
    case 0x43:
      return text.has("Caused by: ", at: 0) || text.equals("Caused by:") ? .part : nil
    case 0x45:
      // Python names threads in the same words, with a colon behind.
      return text.has("Exception in thread \"", at: 0) ? .opener(.any) : nil
    case 0x46:
      if text.has("Full thread dump ", at: 0) { return .opener(.java) }
      return text.has("Found one Java-level deadlock", at: 0) ? .weakPart : nil
    case 0x53: return text.has("Suppressed: ", at: 0) ? .part : nil
    case 0x57: return text.has("Wrapped by: ", at: 0) ? .part : nil
    case 0x61: return text.has("at ", at: 0) && TraceFrame.hasPlace(text) ? .part : nil
    default: return nil
    }
  }

  /// Threads of a dump, and the commented lines of a crash report.
  static func goesOn(_ line: Span<UInt8>) -> Bool {
    switch line[0] {
    case 0x22:
      guard let close = line.find(0x22, 1, line.count) else { return false }
      return line.has(" #", at: close + 1) || line.has(" prio=", at: close + 1)
        || line.has(" daemon ", at: close + 1) || line.has(" os_prio=", at: close + 1)
        || line.has(":", at: close + 1)
    case 0x23: return true
    case 0x3d: return line.has("=====", at: 0)
    case 0x4a: return line.has("JNI global ref", at: 0) || line.has("Java stack information", at: 0)
    case 0x54: return line.has("Threads class SMR info:", at: 0)
    case 0x5f: return line.has("_java_thread_list=", at: 0)
    case 0x7d: return line.count == 1
    default: return false
    }
  }
}
