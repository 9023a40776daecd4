internal import Bytes

/// A sink that keeps what it is given, up to a limit.
package final class MemorySink: LineSink {
  private var kept = ByteBuffer()
  private let limit: Int

  /// - Parameter limit: bytes; what goes beyond it is refused as if the disk were full.
  package init(limit: Int = 64 << 20) { self.limit = limit }

  /// ENOSPC, as a full disk gives it.
  private static let noSpace: Int32 = 28

  package func write(_ lines: Span<UInt8>) -> SinkState {
    guard kept.count + lines.count <= limit else {
      return .failed(SinkFailure(name: "memory", errno: Self.noSpace))
    }
    kept.write(lines)
    return .open
  }

  package func flush() -> SinkState { .open }

  package var text: String { kept.text() }

  package var lines: [String] { text.split(separator: "\n").map(String.init) }
}
