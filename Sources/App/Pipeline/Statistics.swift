internal import Bytes
internal import Flow
internal import Output

/// Speed and memory of a run, for `--stats`: words for stderr, never for stdout.
enum Statistics {
  static func print(_ ledger: Ledger, since started: ContinuousClock.Instant) {
    let elapsed = started.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let rate = seconds > 0 ? Int(Double(ledger.entries) / seconds) : 0
    Diagnostics.note(
      "\(ledger.entries) entries in \(Int(seconds * 1000)) ms, \(rate) a second, "
        + "peak memory \(peakMegabytes) MB")
    var book = ByteBuffer()
    SummaryJSON.write(ledger, to: &book)
    Diagnostics.note("ledger \(book.text())")
  }

  /// `VmHWM` of proc(5): what getrusage(2) tells begins with the size of the process that started this one.
  private static var peakMegabytes: Int {
    var status: [UInt8] = []
    guard WholeFile.read("/proc/self/status", into: &status) else { return 0 }
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return (kilobytes.flatMap { Int($0) } ?? 0) / 1024
  }
}
