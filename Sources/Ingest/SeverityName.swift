internal import Bytes
package import Model

/// The words and numbers that loggers use for levels.
package enum SeverityName {
  /// The severity that a level word means, in any case; nil for a word that is no level.
  ///
  /// - Parameter letters: whether single letters (`E`, `W`, `I`, `D`, `F`, `C`…) count.
  package static func read(_ word: Span<UInt8>, letters: Bool = false) -> Severity? {
    let count = word.count
    guard count > 0, count <= 13 else { return nil }
    if count == 1 { return letters ? letter(word[0]) : nil }
    switch word[0] | 0x20 {
    case 0x61:  // a
      return folds(word, "alert") ? .alert : nil
    case 0x63:  // c
      if folds(word, "critical") || folds(word, "crit") { return .critical }
      return folds(word, "config") ? .debug : nil
    case 0x64:  // d
      if folds(word, "debug") || folds(word, "dbg") || folds(word, "dbug") { return .debug }
      if folds(word, "dpanic") { return .critical }
      return count == 6 && isDebugLevel(word) ? .debug : nil
    case 0x65:  // e
      if folds(word, "error") || folds(word, "err") || folds(word, "eror") { return .error }
      return folds(word, "emergency") || folds(word, "emerg") ? .emergency : nil
    case 0x66:  // f
      if folds(word, "fatal") || folds(word, "ftl") || folds(word, "failure") { return .critical }
      if folds(word, "finest") || folds(word, "finer") { return .trace }
      return folds(word, "fine") ? .debug : nil
    case 0x69:  // i
      let isInfo =
        folds(word, "info") || folds(word, "information") || folds(word, "informational")
        || folds(word, "inf")
      return isInfo ? .info : nil
    case 0x6c:  // l
      return folds(word, "log") ? .info : nil
    case 0x6e:  // n
      return folds(word, "notice") || folds(word, "note") ? .notice : nil
    case 0x70:  // p
      return folds(word, "panic") ? .critical : nil
    case 0x73:  // s
      if folds(word, "severe") { return .error }
      return folds(word, "success") ? .info : nil
    case 0x74:  // t
      return folds(word, "trace") || folds(word, "trc") ? .trace : nil
    case 0x76:  // v
      return folds(word, "verbose") || folds(word, "vrb") ? .trace : nil
    case 0x77:  // w
      return folds(word, "warning") || folds(word, "warn") || folds(word, "wrn") ? .warning : nil
    default: return nil
    }
  }

  /// glog's, MongoDB's and Android's single letters.
  private static func letter(_ byte: UInt8) -> Severity? {
    switch byte | 0x20 {
    case 0x74, 0x76: .trace
    case 0x64: .debug
    case 0x69: .info
    case 0x6e: .notice
    case 0x77: .warning
    case 0x65: .error
    case 0x66, 0x63: .critical
    case 0x61: .alert
    default: nil
    }
  }

  /// PostgreSQL's and MongoDB's `DEBUG1` to `DEBUG5`.
  private static func isDebugLevel(_ word: Span<UInt8>) -> Bool {
    for index in 0..<5 where word[index] | 0x20 != debug(index) { return false }
    return (0x31...0x35).contains(word[5])
  }

  private static func debug(_ index: Int) -> UInt8 {
    switch index {
    case 0: 0x64
    case 1: 0x65
    case 2: 0x62
    case 3: 0x75
    default: 0x67
    }
  }

  /// Whether the word is `literal` (lower-case letters) but for case.
  @inline(__always)
  private static func folds(_ word: Span<UInt8>, _ literal: StaticString) -> Bool {
    let count = word.count
    guard count == literal.utf8CodeUnitCount else { return false }
    for index in 0..<count {
      let wanted = unsafe literal.utf8Start[index]
      if word[index] | 0x20 != wanted { return false }
    }
    return true
  }

  /// The severity of a numeric `level`: bunyan's and pino's tens, syslog's 0 to 7, Monolog's hundreds.
  package static func read(number: Int) -> Severity? {
    switch number {
    case 0...7: Severity(syslog: number)
    case 8...10: .trace
    case 11...20: .debug
    case 21...30: .info
    case 31...40: .warning
    case 41...50: .error
    case 51...60: .critical
    case 100..<200: .debug
    case 200..<250: .info
    case 250..<300: .notice
    case 300..<400: .warning
    case 400..<500: .error
    case 500..<550: .critical
    case 550..<600: .alert
    case 600..<700: .emergency
    default: nil
    }
  }

  /// OpenTelemetry's severity number, 1 to 24; FATAL is what loggers call fatal, so critical.
  package static func read(openTelemetry number: Int) -> Severity? {
    switch number {
    case 1...4: .trace
    case 5...8: .debug
    case 9: .info
    case 10...12: .notice
    case 13...16: .warning
    case 17: .error
    case 18: .critical
    case 19, 20: .alert
    case 21...24: .critical
    default: nil
    }
  }

  /// Google Cloud's `LogSeverity`, 0 (default) to 800.
  package static func read(google number: Int) -> Severity? {
    switch number {
    case 100..<200: .debug
    case 200..<300: .info
    case 300..<400: .notice
    case 400..<500: .warning
    case 500..<600: .error
    case 600..<700: .critical
    case 700..<800: .alert
    case 800..<900: .emergency
    default: nil
    }
  }
}
