internal import Glibc

/// Waiting for several descriptors at once.
package enum Descriptors {
  /// Waits until one of them can be read, was hung up or has failed.
  ///
  /// - Parameters:
  ///   - numbers: at most 64.
  ///   - milliseconds: 0 doesn't wait, -1 waits without end.
  /// - Returns: one bit for each that is ready, in their order; 0 when the time is up or a signal came.
  @discardableResult
  package static func wait(for numbers: [Int32], milliseconds: Int32) -> UInt64 {
    var polled = numbers.prefix(64).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let count = unsafe polled.withUnsafeMutableBufferPointer {
      unsafe poll($0.baseAddress, nfds_t($0.count), milliseconds)
    }
    guard count > 0 else { return 0 }
    var ready: UInt64 = 0
    for (index, one) in polled.enumerated() where one.revents != 0 { ready |= 1 << UInt64(index) }
    return ready
  }
}

/// A call that ends a wait: what a signal handler writes to, so that a reader comes back.
package final class WakeUp: Sendable {
  /// The end that is waited for.
  package let number: Int32
  /// The end that is written to; for `WakeUp.call` in a signal handler.
  package let caller: Int32

  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    let made = unsafe ends.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return -1 }
      return unsafe pipe(base)
    }
    guard made == 0 else { throw .last }
    number = ends[0]
    caller = ends[1]
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(number)
    close(caller)
  }

  /// Ends the wait that is going on, and every later one until `clear`.
  package func call() { WakeUp.call(caller) }

  /// The same by number, as a signal handler may do it.
  package static func call(_ caller: Int32) {
    var one: UInt8 = 1
    _ = unsafe write(caller, &one, 1)
  }

  package func clear() {
    _ = unsafe withUnsafeTemporaryAllocation(byteCount: 512, alignment: 1) { buffer in
      while unsafe read(number, buffer.baseAddress, buffer.count) > 0 {}
    }
  }
}
