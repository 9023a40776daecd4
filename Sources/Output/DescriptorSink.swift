internal import Bytes

/// A sink that writes to a file descriptor through a buffer of 64 KiB.
///
/// SIGPIPE must be ignored by the process; a closed pipe is then the state `closed`.
package final class DescriptorSink: LineSink {
  package enum Flushing: Sendable {
    /// After each call, for files that others follow and for live streams.
    case eachWrite
    /// Once the buffer is full, and at `flush`.
    case whenFull
  }

  /// 64 KiB: what a pipe takes at once. Larger gains nothing, smaller costs system calls.
  package static let bufferSize = 64 << 10

  package let name: String
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  package var flushing: Flushing
  private var held = ByteBuffer(capacity: DescriptorSink.bufferSize)
  private var state = SinkState.open

  /// Writes to a descriptor that stays the caller's.
  package init(descriptor: Int32, name: String, flushing: Flushing) {
    self.descriptor = descriptor
    self.name = name
    self.flushing = flushing
    ownsDescriptor = false
  }

  package static func standardOutput(flushing: Flushing) -> DescriptorSink {
    DescriptorSink(descriptor: 1, name: "standard output", flushing: flushing)
  }

  /// Appends to the file at `path`, which is made where it doesn't exist.
  package convenience init(
    appendingTo path: String, flushing: Flushing = .eachWrite
  ) throws(SinkFailure) {
    try self.init(DescriptorOutput.openAppending(path), path, flushing)
  }

  /// Writes the file at `path` anew.
  package convenience init(
    replacing path: String, flushing: Flushing = .eachWrite
  ) throws(SinkFailure) {
    try self.init(DescriptorOutput.openReplacing(path), path, flushing)
  }

  private init(_ opened: Int32, _ path: String, _ flushing: Flushing) throws(SinkFailure) {
    guard opened >= 0 else { throw SinkFailure(name: path, errno: -opened) }
    descriptor = opened
    name = path
    self.flushing = flushing
    ownsDescriptor = true
  }

  deinit {
    if ownsDescriptor { DescriptorOutput.close(descriptor) }
  }

  package func write(_ lines: Span<UInt8>) -> SinkState {
    guard state == .open else { return state }
    if held.count + lines.count > Self.bufferSize { _ = flush() }
    if lines.count >= Self.bufferSize {
      if state == .open { put(lines) }
    } else {
      held.write(lines)
    }
    return flushing == .eachWrite ? flush() : state
  }

  package func flush() -> SinkState {
    guard state == .open, !held.isEmpty else { return state }
    switch DescriptorOutput.write(held.span, to: descriptor) {
    case .written: break
    case .closed: state = .closed
    case .failed(let errno): state = .failed(SinkFailure(name: name, errno: errno))
    }
    held.removeAll(keeping: 2 * Self.bufferSize)
    return state
  }

  private func put(_ lines: Span<UInt8>) {
    switch DescriptorOutput.write(lines, to: descriptor) {
    case .written: break
    case .closed: state = .closed
    case .failed(let errno): state = .failed(SinkFailure(name: name, errno: errno))
    }
  }
}
