internal import Bytes
internal import Flow
internal import Glibc
internal import Output

/// Speed and memory of a run, for `--stats`: words for stderr, never for stdout.
enum Statistics {
  static func print(_ ledger: Ledger, since started: ContinuousClock.Instant) {
    let elapsed = started.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let rate = seconds > 0 ? Int(Double(ledger.entries) / seconds) : 0
    var usage = rusage()
    unsafe getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    Diagnostics.note(
      "\(ledger.entries) entries in \(Int(seconds * 1000)) ms, \(rate) a second, "
        + "peak memory \(usage.ru_maxrss / 1024) MB")
    var book = ByteBuffer()
    SummaryJSON.write(ledger, to: &book)
    Diagnostics.note("ledger \(book.text())")
  }
}
